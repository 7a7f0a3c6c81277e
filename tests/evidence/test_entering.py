"""Entering and editing findings through the pages, without script."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from accounts.models import LogEntry, User
from evidence.actions import findings
from evidence.models import Finding
from evidence.states import FindingState
from publications.models import Blob, Output, Version
from taxonomy.models import Method, Outcome, Pmks, Province, Service
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, finding_data, make_finding, version_of
from tests.factories.publications import make_draft, make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ROLES = [None, "researcher", "policymaker", "curator", "administrator", "owner", "colleague"]


def typed(**changes: Any) -> dict[str, Any]:
    """A whole finding as a browser sends it."""
    terms = {
        "pmks": [Pmks.objects.get(code="PMKS-08").pk],
        "provinces": [Province.objects.get(code="ID-JT").pk],
        "service": Service.objects.get(code="REHSOS-02").pk,
        "outcome": Outcome.objects.get(code="FUN").pk,
        "method": Method.objects.get(code="kuasi").pk,
    }
    plain = {name: value for name, value in finding_data().items() if name not in terms}
    return plain | {"size_value": "4,2", "cost_amount": "Rp 1.250.000"} | terms | changes


def signed_in(client: Client, role: str | None, output: Output) -> User | None:
    if role is None:
        return None
    user = output.owner if role == "owner" else some_user() if role == "colleague" else make_user(role=role)
    if role == "colleague":
        output.co_owners.add(user)
    client.force_login(user)
    return user


@pytest.fixture
def output() -> Output:
    return make_output()


@pytest.fixture
def version(output: Output) -> Version:
    return version_of(output)


@pytest.fixture
def owner(client: Client, output: Output) -> Client:
    client.force_login(output.owner)
    return client


def add_url(version: Version) -> str:
    return f"/unggah/{version.pk}/temuan/baru/"


class TestWhoMay:
    @pytest.mark.parametrize("role", ROLES)
    def test_every_page_and_role(self, client: Client, output: Output, version: Version, role: str | None) -> None:
        finding = make_finding(output, FindingState.DRAFT)
        signed_in(client, role, output)
        may_enter = role in ("curator", "administrator", "owner", "colleague")
        may_edit = role in ("owner", "colleague")
        for path, may in (
            (f"/unggah/{version.pk}/temuan/", may_enter),
            (add_url(version), may_enter),
            (f"/unggah/{version.pk}/rekomendasi/baru/", may_enter),
            (f"/unggah/{version.pk}/ringkasan/", may_enter),
            (f"/unggah/temuan/{finding.pk}/", may_edit),
        ):
            expected = 302 if role is None else 200 if may else 302 if may_enter else 404
            response = client.get(path)
            assert response.status_code == expected, path
            kept_by_nobody = ("no-store",) if expected == 200 else ("no-store", "private")
            assert role is None or any(word in response["Cache-Control"] for word in kept_by_nobody)

    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("action", ["edit", "propose", "discard"])
    def test_every_change_and_role(self, client: Client, output: Output, role: str | None, action: str) -> None:
        finding = make_finding(output, FindingState.DRAFT)
        signed_in(client, role, output)
        ending = {"edit": "", "propose": "ajukan/", "discard": "buang/"}[action]
        entries = LogEntry.objects.count()
        data = typed(page=7, revision=0) if action == "edit" else {}
        response = client.post(f"/unggah/temuan/{finding.pk}/{ending}", data)
        may = role in ("owner", "colleague")
        assert (LogEntry.objects.count() > entries) == may
        if role in ("researcher", "policymaker"):
            assert response.status_code == 404

    def test_nobody_for_what_is_withdrawn(self, owner: Client, output: Output, version: Version) -> None:
        withdraw(output)
        assert owner.get(add_url(version)).status_code == 404

    def test_changes_need_a_post(self, owner: Client, output: Output) -> None:
        finding = make_finding(output, FindingState.DRAFT)
        for ending in ("ajukan/", "buang/"):
            assert owner.get(f"/unggah/temuan/{finding.pk}/{ending}").status_code == 405

    @pytest.mark.parametrize("pk", ["0", "9" * 30])
    def test_hostile_numbers(self, owner: Client, pk: str) -> None:
        for path in (f"/unggah/{pk}/temuan/", f"/unggah/{pk}/temuan/baru/", f"/unggah/temuan/{pk}/"):
            assert owner.get(path).status_code == 404


class TestEntering:
    def test_at_deposit_before_the_paper_is_sent(self, client: Client) -> None:
        version = make_draft()
        client.force_login(version.output.owner)
        response = client.post(add_url(version), typed(do="propose"))
        assert response.status_code == 302
        assert Finding.objects.get().state == FindingState.PROPOSED

    def test_everything_arrives(self, owner: Client, output: Output, version: Version) -> None:
        main = version.files.get()
        owner.post(add_url(version), typed(do="save", file=main.pk))
        finding = Finding.objects.get()
        assert finding.state == FindingState.DRAFT
        assert finding.file == main
        for name, value in finding_data().items():
            found = getattr(finding, name)
            if name in ("pmks", "provinces"):
                found = list(found.all())
            assert found == value, name

    def test_begins_with_what_the_paper_says(self, owner: Client, version: Version) -> None:
        html = owner.get(add_url(version)).content.decode()
        assert "Lanjut Usia Terlantar</summary>" in html
        assert "Jawa Tengah</summary>" in html

    def test_a_draft_may_be_almost_empty_and_says_what_is_missing(self, owner: Client, version: Version) -> None:
        response = owner.post(add_url(version), {"do": "propose", "statement_id": "Sebuah temuan."}, follow=True)
        assert Finding.objects.get().state == FindingState.DRAFT
        html = response.content.decode()
        for label in ("Belum dapat dilanjutkan", str(_("At least one PMKS")), "Arah", "Luaran"):
            assert label in html

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("statement_id", "x" * 401),
            ("size_value", "banyak"),
            ("size_high", "0,5"),
            ("years_to", "2011"),
            ("years_from", "1800"),
            ("sample_size", "0"),
            ("sample_size", "9999999999999"),
            ("page", "-1"),
            ("cost_amount", "-5"),
            ("cost_amount", "1" * 30),
            ("direction", "sideways"),
            ("outcome", "999999"),
            ("pmks", ["x"]),
            ("pmks", ["999999"]),
            ("file", "999999"),
        ],
    )
    def test_errors_keep_what_was_typed(self, owner: Client, version: Version, name: str, value: Any) -> None:
        response = owner.post(add_url(version), typed(**{"harms_id": "Yang sudah diketik.", name: value}))
        assert response.status_code == 422
        assert name in response.context["form"].errors
        html = response.content.decode()
        assert "Yang sudah diketik." in html
        assert "error-summary" in html
        assert not Finding.objects.exists()

    def test_a_page_behind_the_end_is_refused(self, owner: Client, version: Version) -> None:
        file = version.files.get()
        Blob.objects.filter(pk=file.blob_id).update(page_count=4)
        response = owner.post(add_url(version), typed(file=str(file.pk), page="5"))
        assert response.status_code == 422 and "halaman 4" in response.content.decode()
        assert owner.post(add_url(version), typed(file=str(file.pk), page="4")).status_code == 302
        Blob.objects.filter(pk=file.blob_id).update(page_count=None)  # not read yet
        assert owner.post(add_url(version), typed(file=str(file.pk), page="5")).status_code == 302

    def test_hostile_texts_are_tidied(self, owner: Client, version: Version) -> None:
        evil = "Baris\u202e satu\r\n<script>\x07alert(1)</script>"
        owner.post(add_url(version), typed(statement_id=evil))
        finding = Finding.objects.get()
        assert finding.statement_id == "Baris satu <script> alert(1)</script>"
        assert "<script>alert" not in owner.get(f"/unggah/temuan/{finding.pk}/").content.decode()

    def test_nul_becomes_a_space(self, owner: Client, version: Version) -> None:
        assert owner.post(add_url(version), typed(statement_id="a\x00b")).status_code == 302
        assert Finding.objects.get().statement_id == "a b"

    def test_files_of_other_papers_are_not_offered(self, owner: Client, version: Version) -> None:
        other = version_of(make_output()).files.get()
        assert owner.post(add_url(version), typed(file=other.pk)).status_code == 422

    def test_retired_terms_stay_where_they_are_and_are_not_offered(self, owner: Client, output: Output) -> None:
        finding = make_finding(output, FindingState.DRAFT)
        outcome = finding.outcome
        assert outcome is not None
        Outcome.objects.filter(pk=outcome.pk).update(retired_on="2026-01-01")
        form = owner.get(f"/unggah/temuan/{finding.pk}/").context["form"]
        assert outcome in form.fields["outcome"].queryset
        form = owner.get(add_url(finding.version)).context["form"]
        assert outcome not in form.fields["outcome"].queryset

    def test_what_was_typed_waits_while_the_session_had_ended(self, client: Client, output: Output) -> None:
        path = add_url(version_of(output))
        assert client.post(path, typed(statement_id="Diketik sebelum keluar.")).status_code == 302
        session = dict(client.session)
        client.force_login(output.owner)
        kept = client.session
        kept.update({name: session[name] for name in session if name.startswith("unsaved")})
        kept.save()
        assert "Diketik sebelum keluar." in client.get(path).content.decode()


class TestEditing:
    def test_saves_and_says_so(self, owner: Client, output: Output) -> None:
        finding = make_finding(output, FindingState.DRAFT)
        response = owner.post(f"/unggah/temuan/{finding.pk}/", typed(page=9, revision=0), follow=True)
        assert str(_("Saved.")) in response.content.decode()
        finding.refresh_from_db()
        assert (finding.page, finding.revision) == (9, 1)

    def test_two_at_once_are_told(self, owner: Client, output: Output) -> None:
        finding = make_finding(output, FindingState.DRAFT)
        findings.edit(finding, {"page": 5}, by=output.owner)
        response = owner.post(f"/unggah/temuan/{finding.pk}/", typed(page=9, revision=0))
        assert response.status_code == 409
        html = response.content.decode()
        assert "Orang lain telah menyimpan" in html
        assert 'name="revision" value="1"' in html
        assert 'value="9"' in html
        assert "Yang tersimpan sekarang" in html and "<dd>5</dd>" in html, "both are to be compared"
        assert owner.post(f"/unggah/temuan/{finding.pk}/", typed(page=9, revision=1)).status_code == 302

    def test_what_is_with_the_curators_is_shown_to_be_copied(self, owner: Client, output: Output) -> None:
        finding = make_finding(output, FindingState.PROPOSED)
        response = owner.post(f"/unggah/temuan/{finding.pk}/", typed(harms_id="Panjang sekali yang sudah diketik."))
        assert response.status_code == 409
        assert "Panjang sekali yang sudah diketik." in response.content.decode()
        assert owner.get(f"/unggah/temuan/{finding.pk}/").status_code == 302

    def test_a_returned_one_says_why(self, owner: Client, output: Output) -> None:
        finding = make_finding(output, FindingState.RETURNED)
        assert "Sebutkan satuannya." in owner.get(f"/unggah/temuan/{finding.pk}/").content.decode()
        owner.post(f"/unggah/temuan/{finding.pk}/ajukan/")
        finding.refresh_from_db()
        assert finding.state == FindingState.PROPOSED

    def test_a_curator_mends_what_is_withdrawn(self, client: Client) -> None:
        finding = make_finding(state=FindingState.WITHDRAWN)
        client.force_login(curator(2))
        path = f"/unggah/temuan/{finding.pk}/"
        assert "Angka pada tabel 3 keliru." in client.get(path).content.decode()
        assert client.post(path, typed(page=3, revision=0)).status_code == 302
        finding.refresh_from_db()
        assert (finding.page, finding.edited_by) == (3, curator(2))

    @pytest.mark.parametrize("do", ["propose", "discard"])
    def test_too_late_says_so_and_changes_nothing(self, owner: Client, output: Output, do: str) -> None:
        finding = make_finding(output, FindingState.CHECKED)
        ending = {"propose": "ajukan/", "discard": "buang/"}[do]
        response = owner.post(f"/unggah/temuan/{finding.pk}/{ending}", follow=True)
        assert response.status_code in (200, 403)
        finding.refresh_from_db()
        assert finding.state == FindingState.CHECKED


def statements(client: Client, path: str) -> int:
    assert client.get(path).status_code == 200
    cache.clear()
    with CaptureQueriesContext(connection) as seen:
        client.get(path)
    return len(seen)


def test_the_list_costs_the_same_for_one_and_for_five(owner: Client, output: Output, version: Version) -> None:
    path = f"/unggah/{version.pk}/temuan/"
    make_finding(output, FindingState.DRAFT)
    one = statements(owner, path)
    for _number in range(4):
        make_finding(output, FindingState.DRAFT)
    assert statements(owner, path) == one


@pytest.mark.parametrize("make", [make_output, lambda: make_draft().output])
def test_the_way_there_is_on_the_desk_of_the_paper(client: Client, make: Callable[[], Output]) -> None:
    output = make()
    version = version_of(output)
    client.force_login(output.owner)
    link = f'href="/unggah/{version.pk}/temuan/"'
    assert link in client.get(f"/unggah/{version.pk}/status/").content.decode()
    if output.public_id is None:
        assert link in client.get(f"/unggah/{version.pk}/pratinjau/").content.decode()
    else:
        assert link in client.get(f"/publikasi/{output.public_id}/").content.decode()
        client.force_login(some_user())
        assert link not in client.get(f"/publikasi/{output.public_id}/").content.decode()
