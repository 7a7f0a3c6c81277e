"""The pages of the proceedings: at the desk, with the curators, on the site, in the copy for keeping."""

import csv
import io
import json
import zipfile
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conferences.actions import builds, volume_outputs, volumes
from conferences.exporting import zipped
from conferences.models import Build, CommitteeRole, Edition, Volume
from conferences.proceedings.facts import facts_of
from conferences.proceedings.front import fingerprint_of
from conferences.states import BuildState
from publications.actions import review
from publications.models import Version
from tests.factories.conferences import committee, make_edition, make_submission, make_track, some_author
from tests.factories.proceedings import build, editor_of, make_paper, make_volume, paper_pdf, stored
from tests.factories.publications import some_curator

pytestmark = pytest.mark.django_db
DESK = ("desk_proceedings", "edit_volume", "volume_progress", "download_volume", "desk_volume_papers")


def at(name: str, edition: Edition, *args: Any) -> str:
    return reverse(f"conferences:{name}", args=[edition.slug, *args])


def as_editor(client: Client, edition: Edition) -> Client:
    client.force_login(editor_of(edition))
    return client


def as_built(volume: Volume) -> Build:
    """A finished build without typesetting anything."""
    volumes.take_in(volume)
    volume = Volume.objects.select_related("edition__series", "licence").get(pk=volume.pk)
    facts = facts_of(volume)
    fields: dict[str, Any] = {"state": BuildState.DONE, "blob": stored(paper_pdf(1)), "pages": 12}
    fields["finished_at"] = timezone.now()
    made = Build.objects.create(
        volume=volume, by=editor_of(volume.edition), fingerprint=fingerprint_of(facts), **fields
    )
    for paper in facts.papers:
        row = paper.entry.row
        assert row is not None
        row.first_page, row.last_page = paper.first, paper.last
        row.save()
        made.papers.create(
            paper=row, blob=stored(paper_pdf(paper.entry.final.pages)), fingerprint=paper.fingerprint,
            first_page=paper.first, last_page=paper.last,
        )  # fmt: skip
    return made


def as_published(volume: Volume, *, public: bool = True) -> Volume:
    by = editor_of(volume.edition)
    volumes.publish(volume, by=by, seen=as_built(volume).pk)
    volume = Volume.objects.select_related("edition__series", "licence", "output").get(pk=volume.pk)
    volume_outputs.hand_in_all(volume, by=by)
    if public:
        for version in Version.objects.all():
            review.publish(version, by=some_curator())
    return volume


def test_from_nothing_to_a_published_volume_at_the_desk(client: Client) -> None:
    edition = make_edition()
    make_paper(make_track(edition, pmks=["PMKS-08"]))
    as_editor(client, edition)
    assert "belum dimulai" in client.get(at("desk_proceedings", edition)).content.decode()
    assert client.post(at("begin_volume", edition))["Location"] == at("edit_volume", edition)
    page = client.get(at("edit_volume", edition)).content.decode()
    assert f"Prosiding {edition.title_id}" in page
    typed = {
        "title_id": "Prosiding",
        "publisher": "Kemensos",
        "year": "2027",
        "editors": "Siregar, Dewi",
        "licence": "",
    }
    base = page.split('name="base" value="')[1].split('"')[0]
    wrong = client.post(at("edit_volume", edition), {**typed, "isbn": "978-1", "base": base})
    assert wrong.status_code == 422 and "978-1" in wrong.content.decode() and "Kemensos" in wrong.content.decode()
    assert client.post(at("edit_volume", edition), {**typed, "base": base}).status_code == 302
    other = client.post(at("edit_volume", edition), {**typed, "publisher": "Lain", "base": base})
    assert other.status_code == 409 and "Lain" in other.content.decode()
    assert "Lisensi" in client.get(at("desk_proceedings", edition)).content.decode()


def test_the_page_shows_progress_and_failure_and_asks_anew_when_it_is_over(client: Client) -> None:
    volume = make_volume(1)
    as_editor(client, volume.edition)
    assert client.post(at("build_volume", volume.edition)).status_code == 302
    page = client.get(at("desk_proceedings", volume.edition)).content.decode()
    assert 'hx-trigger="every 2s"' in page and "0 dari 2 langkah" in page
    fragment = client.get(at("volume_progress", volume.edition))
    assert "HX-Refresh" not in fragment
    Build.objects.update(state=BuildState.FAILED, reason="Makalah 1: berkas tidak dapat dibuka.")
    assert client.get(at("volume_progress", volume.edition))["HX-Refresh"] == "true"
    assert "berkas tidak dapat dibuka" in client.get(at("desk_proceedings", volume.edition)).content.decode()


@pytest.mark.parametrize("name", DESK)
def test_only_editors_and_curators_for_the_papers(client: Client, name: str) -> None:
    volume = make_volume(0)
    address = at(name, volume.edition)
    assert client.get(address).status_code == 302
    for user in (some_author(), committee(volume.edition, CommitteeRole.PROGRAMME_CHAIR)):
        client.force_login(user)
        assert client.get(address).status_code == 403
    client.force_login(some_curator())
    assert client.get(address).status_code == (200 if name == "desk_volume_papers" else 403)
    as_editor(client, volume.edition)
    assert client.get(address).status_code == (404 if name == "download_volume" else 200)


@pytest.mark.parametrize(
    ("name", "args"),
    [("begin_volume", []), ("arrange_volume", []), ("move_volume_paper", [1]), ("build_volume", []),
     ("publish_volume", []), ("hand_in_volume", [])],
)  # fmt: skip
def test_nobody_else_changes_anything(client: Client, name: str, args: list[int]) -> None:
    volume = make_volume(1)
    address = at(name, volume.edition, *args)
    client.force_login(some_author())
    assert client.post(address).status_code == 403
    as_editor(client, volume.edition)
    assert client.get(address).status_code == 405
    assert client.post(address, {"place": "x", "seen": "99999999999999999999"}).status_code == 302


def test_papers_are_moved_by_button_and_by_number(client: Client) -> None:
    volume = make_volume(3)
    as_editor(client, volume.edition)
    first = volume.papers.order_by("position")[0].submission_id
    volume.refresh_from_db()
    down = {"place": 1, "seen": volume.revision, "ke": "bawah"}
    assert client.post(at("move_volume_paper", volume.edition, first), down).status_code == 302
    assert [row.submission_id for row in volume.papers.all()].index(first) == 1
    old = client.post(
        at("move_volume_paper", volume.edition, first), {"place": 3, "seen": volume.revision}, follow=True
    )
    assert "jendela lain" in old.content.decode()
    volume.refresh_from_db()
    client.post(at("arrange_volume", volume.edition), {"seen": volume.revision})
    assert [row.submission_id for row in volume.papers.all()].index(first) == 0


def test_the_desk_reads_as_much_for_three_papers_as_for_one(client: Client, django_assert_num_queries: Any) -> None:
    volume = make_volume(1)
    as_built(volume)
    make_submission(volume.edition.tracks.get(), "accepted")
    as_editor(client, volume.edition)
    address = at("desk_proceedings", volume.edition)
    client.get(address)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(2):
        make_paper(volume.edition.tracks.get())
        make_submission(volume.edition.tracks.get(), "accepted")
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_volume_papers_and_packets_are_downloaded(client: Client) -> None:
    volume = make_volume(1, foreword_id="Puji syukur.", issn="2085-9112")
    made = build(volume)
    as_editor(client, volume.edition)
    whole = client.get(at("download_volume", volume.edition))
    assert whole["Content-Type"] == "application/pdf" and "no-store" in whole["Cache-Control"]
    paper = client.get(at("download_volume_paper", volume.edition, made.papers.get().pk))
    assert paper.status_code == 200
    assert client.get(at("download_volume_paper", make_volume(0).edition, made.papers.get().pk)).status_code == 403
    for kind in ("isbn", "issn"):
        packed = zipfile.ZipFile(io.BytesIO(client.get(at("volume_packet", volume.edition, kind)).content))
        names = [name.partition("-")[2] or name for name in packed.namelist()]
        assert names[:3] == ["sampul.pdf", "halaman-judul.pdf", "balik-halaman-judul.pdf"]
        assert {"kata-pengantar.pdf", "daftar-isi.pdf", "data.csv", "data.json", "data.txt"} <= set(names)
        told = json.loads(packed.read("data.json"))
        assert told["Judul"] == "Prosiding Konferensi Contoh" and told["Penyunting"] == "Siregar, Dewi"
        assert dict(csv.reader(io.StringIO(packed.read("data.csv").decode("utf-8-sig")))) == told
        title = next(name for name in packed.namelist() if name.endswith("-halaman-judul.pdf"))
        assert len(pikepdf.open(io.BytesIO(packed.read(title))).pages) == 1
        if kind == "isbn":
            assert told["Halaman"] == str(made.pages)
    assert client.get(at("volume_packet", volume.edition, "lain")).status_code == 404


def test_a_curator_publishes_what_is_chosen(client: Client) -> None:
    volume = as_published(make_volume(2), public=False)
    client.force_login(some_curator())
    page = client.get(at("desk_volume_papers", volume.edition)).content.decode()
    assert page.count('name="pilih"') == 3  # two papers and the volume
    version = Version.objects.filter(type__code="c_5794")[0]
    address = at("desk_volume_papers", volume.edition)
    done = client.post(address, {"pilih": [f"{version.pk}:{version.revision}", "x:y", "1"]}, follow=True)
    assert "1 publikasi kini terbuka" in done.content.decode()
    assert "Pilih sedikitnya satu" in client.post(address, {}, follow=True).content.decode()
    as_editor(client, volume.edition)
    assert 'name="pilih"' not in client.get(address).content.decode()
    assert client.post(address, {"pilih": "1:1"}).status_code == 403


def test_the_site_shows_the_volume_and_gives_only_what_is_public(client: Client) -> None:
    volume = make_volume(1, isbn="9786020000008", foreword_id="Puji **syukur**.", foreword_by="Dr. Ketua")
    edition = volume.edition
    assert client.get(at("edition_proceedings", edition)).status_code == 404
    volume = as_published(volume, public=False)
    page = client.get(at("edition_proceedings", edition)).content.decode()
    assert "978-602-00-0000-8" in page and "Siti Rahmawati, Sukarno" in page and "<strong>syukur</strong>" in page
    assert ".pdf" not in page
    for version in Version.objects.all():
        review.publish(version, by=some_curator())
    for prefix in ("", "/en"):
        page = client.get(prefix + at("edition_proceedings", edition)).content.decode()
        assert page.count(".pdf") == 2
    home = client.get(at("edition", edition)).content.decode()
    assert at("edition_proceedings", edition) in home
    paper = Version.objects.get(type__code="c_5794")
    assert client.get(reverse("publications:output", args=[paper.output.public_id])).status_code == 200


def test_the_page_reads_as_much_for_three_papers_as_for_one(client: Client, django_assert_max_num_queries: Any) -> None:
    volume = as_published(make_volume(3))
    with django_assert_max_num_queries(22):
        client.get(at("edition_proceedings", volume.edition))


def test_the_copy_for_keeping_has_the_page_and_the_volume() -> None:
    volume = as_published(make_volume(1))
    edition = Edition.objects.select_related("series").prefetch_related("dates").get(pk=volume.edition_id)
    packed = zipfile.ZipFile(io.BytesIO(zipped(edition)))
    found = {name.partition("/")[2] if name.startswith(edition.slug) else name: name for name in packed.namelist()}
    page = packed.read(next(name for name in found.values() if name.endswith("id/prosiding.html"))).decode()
    assert "../berkas/prosiding.pdf#h1" in page
    assert packed.read(next(name for name in found.values() if name.endswith("berkas/prosiding.pdf"))).startswith(
        b"%PDF"
    )
    facts = json.loads(packed.read(next(name for name in found.values() if name.endswith("data.json"))))
    assert facts["proceedings"]["contents"][0]["pages"] == "1–2"


def test_a_busy_volume_is_said_so(client: Client) -> None:
    volume = make_volume(1)
    builds.start(volume, by=editor_of(volume.edition))
    as_editor(client, volume.edition)
    assert "sudah sedang disusun" in client.post(at("build_volume", volume.edition), follow=True).content.decode()
