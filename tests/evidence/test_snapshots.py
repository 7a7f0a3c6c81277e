"""Snapshots of the map: taken once, never changed, and honest about what happened since."""

import hashlib
import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import LogEntry
from evidence import rules
from evidence.actions import findings, snapshots
from evidence.mapping.asked import Asked
from evidence.models import Finding, Snapshot, SnapshotFile
from evidence.queries.snapshots import snapshots as all_snapshots
from publications.typesetting import NotTypeset
from tests.factories.evidence import curator, make_finding, make_ratings
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
BASE = "https://contoh.id"
FILES = {
    "peta.json", "peta-id.csv", "peta-en.csv", "peta-id.svg", "peta-en.svg", "peta-id.png", "peta-en.png",
}  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def take(asked: Asked | None = None, by: Any = None, note: str = "") -> Snapshot:
    return snapshots.take(asked or Asked(), note, by=by or curator(), base=BASE)[0]


def files_of(client: Client, snapshot: Snapshot) -> dict[str, bytes]:
    return {name: client.get(f"/bukti/potret/{snapshot.code}/{name}").content for name in FILES}


def page_of(client: Client, snapshot: Snapshot, language: str = "") -> str:
    return str(client.get(f"{language}/bukti/potret/{snapshot.code}/").content.decode())


class TestTaking:
    def test_keeps_every_format_and_what_it_counts(self, client: Client) -> None:
        make_ratings(make_finding(), 3)
        snapshot = take(Asked(chosen=(("provinsi", "jawa-tengah"),)), note="Untuk Rakernas")
        files = files_of(client, snapshot)
        data = json.loads(files["peta.json"])
        assert data["total"]["findings"] == 1 and data["filters"] == [["provinsi", "jawa-tengah"]]
        assert data["findings"] == [[finding.pk, finding.output.public_id] for finding in Finding.objects.all()]
        assert hashlib.sha256(files["peta.json"]).hexdigest() == snapshot.digest
        assert files["peta-id.png"].startswith(b"\x89PNG")
        assert f"{BASE}/bukti/potret/{snapshot.code}/" in files["peta-id.svg"].decode()
        assert "studi" in files["peta-id.svg"].decode() and "study" in files["peta-en.svg"].decode()
        html = page_of(client, snapshot)
        for text in ("Untuk Rakernas", "Jawa Tengah", snapshot.digest, f"/bukti/potret/{snapshot.code}/", *FILES):
            assert text in html
        assert LogEntry.objects.filter(action="snapshot.taken").count() == 1

    def test_the_same_map_of_a_day_is_kept_once_and_others_get_numbers(self) -> None:
        make_finding()
        first, again, other = take(), take(), take(Asked(strength=4))
        today = timezone.localdate().isoformat()
        assert first == again
        assert [first.code, other.code] == [today, f"{today}-2"]
        assert [one.code for one in all_snapshots()] == [other.code, first.code]

    def test_folding_does_not_matter(self) -> None:
        make_finding()
        assert take() == take(Asked(folded=("anak",), page=3))

    @pytest.mark.parametrize(("role", "noted"), [("policymaker", 0), ("curator", 200), ("administrator", 200)])
    def test_whoever_was_given_a_role_may_take_one(self, client: Client, settings: Any, role: str, noted: int) -> None:
        settings.SITE_URL = BASE
        make_finding()
        client.force_login(some_user(role=role))
        html = client.get("/bukti/").content.decode()
        assert "/bukti/potret/simpan/" in html and ('name="catatan"' in html) == bool(noted)
        response = client.post("/bukti/potret/simpan/", {"kolom": "luaran", "kekuatan": "9", "catatan": "x" * 999})
        snapshot = Snapshot.objects.get()
        assert response["Location"] == f"/bukti/potret/{snapshot.code}/"
        assert (snapshot.axis, len(snapshot.note)) == ("outcome", noted)
        files = files_of(client, snapshot)
        assert f"{BASE}/bukti/potret/{snapshot.code}/" in files["peta-id.svg"].decode()
        assert not [name for name, content in files.items() if b"testserver" in content]

    def test_nobody_else_may(self, client: Client) -> None:
        assert client.post("/bukti/potret/simpan/")["Location"].startswith("/akun/masuk/")
        client.force_login(some_user())
        assert client.post("/bukti/potret/simpan/", {"catatan": "x"}).status_code == 403
        for user in (AnonymousUser(), some_user(), some_user(role="curator", is_active=False)):
            assert not rules.may_take_snapshot(user) and not rules.may_note_snapshot(user)  # type: ignore[arg-type]
        for reader in (client, Client()):
            html = reader.get("/bukti/").content.decode()
            assert "/bukti/potret/simpan/" not in html
            assert "Kurator, administrator, dan pembuat kebijakan dapat membuatnya" in html
        assert client.get("/bukti/potret/simpan/").status_code == 405
        assert not Snapshot.objects.exists()

    def test_a_person_takes_a_few_a_day(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(snapshots, "MOST_A_DAY", 1)
        user = some_user(role="policymaker")
        take(by=user)
        client.force_login(user)
        response = client.post("/bukti/potret/simpan/", {"kekuatan": "4"}, follow=True)
        assert "Silakan membuat yang berikutnya besok" in response.content.decode()
        assert Snapshot.objects.count() == 1

    def test_is_kept_whole_or_not_at_all(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        make_finding()
        drawn: list[Any] = []

        def give_up_at_the_second(drawing: Any, **_options: Any) -> bytes:
            drawn.append(drawing)
            if len(drawn) == 2:
                raise NotTypeset("too many at once")
            return b"\x89PNG"

        monkeypatch.setattr(snapshots, "as_png", give_up_at_the_second)
        client.force_login(curator())
        response = client.post("/bukti/potret/simpan/", {"kolom": "luaran"}, follow=True)
        assert response.redirect_chain == [("/bukti/?kolom=luaran", 302)]
        assert "tidak ada yang disimpan" in response.content.decode()
        assert not Snapshot.objects.exists() and not SnapshotFile.objects.exists()
        assert not LogEntry.objects.filter(action="snapshot.taken").exists()
        client.post("/bukti/potret/simpan/", {"kolom": "luaran"})
        assert Snapshot.objects.get().files.count() == len(FILES)


class TestStaying:
    def test_bytes_never_change_whatever_happens(self, client: Client) -> None:
        changed, gone, lost = make_finding(), make_finding(statement_id="Lain."), make_finding(make_output())
        snapshot = take()
        before = files_of(client, snapshot)
        table = page_of(client, snapshot).split("<table")[1].split("</table>")[0]
        make_ratings(changed, 4, 4)
        changed.pmks.clear()
        findings.withdraw(gone, "Angka keliru.", by=curator())
        withdraw(lost.output)
        make_finding()
        cache.clear()
        assert files_of(client, snapshot) == before
        assert page_of(client, snapshot).split("<table")[1].split("</table>")[0] == table

    @pytest.mark.parametrize("model", [Snapshot, SnapshotFile])
    def test_the_database_refuses_to_change_or_delete_it(self, model: Any) -> None:
        make_finding()
        take()
        for act in (lambda: model.objects.update(digest="0" * 64), lambda: model.objects.all()._raw_delete("default")):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()

    def test_files_are_kept_for_ever_by_who_has_them(self, client: Client) -> None:
        make_finding()
        snapshot = take()
        for name in FILES:
            path = f"/bukti/potret/{snapshot.code}/{name}"
            response = client.get(path)
            assert response["Cache-Control"] == "public, max-age=31536000, immutable"
            assert response["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in response["Content-Security-Policy"]
            again = client.get(path, headers={"If-None-Match": response["ETag"]})
            assert (again.status_code, again.content) == (304, b"")
            assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'

    @pytest.mark.parametrize("name", ["peta.csv", "peta-id.json", "peta-fr.csv", "x", "peta-id.exe", "%00", "..%2F"])
    def test_other_names_are_nothing(self, client: Client, name: str) -> None:
        make_finding()
        assert client.get(f"/bukti/potret/{take().code}/{name}").status_code == 404
        assert client.get("/bukti/potret/2020-01-01/").status_code == 404


class TestSince:
    def test_nothing_yet(self, client: Client) -> None:
        make_finding()
        assert "Belum ada yang berubah sejak itu" in page_of(client, take())

    def test_a_withdrawn_study_leaves_the_map_and_the_snapshot_says_so(self, client: Client) -> None:
        finding, other = make_finding(), make_finding(make_output())
        snapshot = take()
        withdraw(finding.output)
        cache.clear()
        assert client.get("/bukti/").context["map"].total.findings == 1
        html = page_of(client, snapshot)
        assert "1 studinya telah ditarik." in html
        assert f'href="/publikasi/{finding.output.public_id}/"' in html
        assert f'href="/publikasi/{other.output.public_id}/"' not in html
        assert "1 of its studies has been withdrawn." in page_of(client, snapshot, "/en")

    def test_withdrawn_and_new_findings(self, client: Client) -> None:
        gone = make_finding()
        make_finding()
        snapshot = take()
        findings.withdraw(gone, "Angka keliru.", by=curator())
        make_finding()
        cache.clear()
        html = page_of(client, snapshot)
        assert "1 temuannya telah ditarik." in html and f'href="/bukti/temuan/{gone.pk}/"' in html
        assert "1 temuan telah ditambahkan." in html
        assert client.get(f"/bukti/temuan/{gone.pk}/").status_code == 410

    def test_same_statements_for_one_finding_and_for_many(
        self, client: Client, django_assert_max_num_queries: Any
    ) -> None:
        make_finding()
        one = take()
        for number in range(4):
            make_finding(statement_id=f"Temuan {number}.")
        many = take()
        for snapshot in (one, many):
            with django_assert_max_num_queries(9):
                page_of(client, snapshot)
        with django_assert_max_num_queries(5):
            client.get("/bukti/potret/")
