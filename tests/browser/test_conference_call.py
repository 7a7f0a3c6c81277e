"""An author writes and hands in a submission, with and without script; axe on the pages of authors and of the call."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from conferences.actions import calls
from conferences.models import CallQuestion, CallTheme, CommitteeRole, Slot, Submission
from conferences.states import SubmissionState
from tests.conferences.papers import pdf
from tests.factories.conferences import (
    ABSTRACT,
    committee,
    make_edition,
    make_file,
    make_submission,
    make_track,
    some_author,
)

from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


@pytest.mark.parametrize(("width", "script"), [(1280, True), (320, False)], ids=["desktop", "phone-no-script"])
def test_a_submission_written_and_handed_in(
    site: str, new_context: Contexts, tmp_path: Path, width: int, script: bool
) -> None:
    edition = make_edition()
    make_track(edition)
    context = new_context(width=width, java_script_enabled=script)
    sign_in(context, site, some_author())
    page = context.new_page()
    page.goto(reverse("conferences:submit", args=[edition.slug]))
    page.locator("[name=track]").check()
    page.get_by_role("button", name="Mulai").click()
    _write(page, script)
    _hand_in_file(page, tmp_path)
    page.get_by_role("link", name="Lanjut: periksa dan kirim").click()
    page.get_by_role("main").get_by_role("button", name="Kirim", exact=True).click()
    expect(page.get_by_text("Kiriman diterima dengan nomor 1")).to_be_visible()
    submission = Submission.objects.get()
    assert (submission.number, submission.state) == (1, SubmissionState.SUBMITTED)
    assert [author.family_name for author in submission.authors.all()][-1] == "Sukarno"


def _write(page: Page, script: bool) -> None:
    page.locator("[name=title_id]").fill("Perawatan berbasis keluarga")
    page.locator("[name=abstract_id]").fill(ABSTRACT)
    if script:
        expect(page.locator("[data-words-of=id_abstract_id]")).to_contain_text("180 kata")
        expect(page.locator("#deposit-checks")).to_contain_text("180 kata")  # autosaved, counted by the server
    page.locator("[name=keywords]").fill("lanjut usia; perawatan; keluarga")
    page.locator("#isi-pmks summary").click()
    page.locator("[name=pmks][value=PMKS-08]").check()
    page.get_by_role("button", name="Tambah orang").first.click()
    row = page.locator("[data-rows=authors] [data-row]").nth(1)
    row.locator("[name$=-family_name]").fill("Sukarno")
    page.get_by_role("button", name="Lanjut: berkas").click()


def _hand_in_file(page: Page, folder: Path) -> None:
    paper = folder / "siti-rahmawati.pdf"
    paper.write_bytes(pdf("Menurut Sukarno, layanan perlu diperluas"))
    page.locator("#anonymous input[type=file]").set_input_files(paper)
    page.locator("#anonymous").get_by_role("button", name="Unggah").click()
    expect(page.locator("#anonymous")).to_contain_text("Nama penulis")
    page.locator("[name=looked]").check()
    page.get_by_role("button", name="Catat").click()
    expect(page.locator("#anonymous")).to_contain_text("sudah diperiksa")


def test_pages_of_authors_and_of_the_call_are_accessible(
    site: str, page: Page, accessible: Callable[[Page, str], None]
) -> None:
    edition = make_edition()
    track = make_track(edition, pmks=["PMKS-08"])
    secretary = committee(edition, CommitteeRole.SECRETARY)
    CallQuestion.objects.create(
        edition=edition, label_id="Disetujui?", label_en="Approved?", kind="some", options=[{"id": "a"}, {"id": "b"}]
    )
    CallTheme.objects.create(edition=edition, text_id="Tema", text_en="Theme")
    expires = timezone.now() + datetime.timedelta(days=1)
    calls.make_late_link(edition, track=track, note="Bu Siti", expires_at=expires, by=secretary)
    draft = make_submission(track, SubmissionState.DRAFT, by=secretary)
    make_file(draft, Slot.ANONYMOUS, findings={"warnings": [{"kind": "name", "text": "Sukarno", "page": 1}]})
    sent = make_submission(track)
    make_file(sent)
    sign_in(page.context, site, secretary)
    mine, theirs = [edition.slug, draft.pk], [edition.slug, sent.pk]
    for name, args in (
        ("submit", [edition.slug]), ("my_submissions", []), ("submission", mine), ("submission_edit", mine),
        ("submission_files", mine), ("submission_review", mine), ("desk_call", [edition.slug]),
        ("desk_questions", [edition.slug]), ("desk_templates", [edition.slug]), ("desk_themes", [edition.slug]),
        ("desk_late_links", [edition.slug]), ("desk_submissions", [edition.slug]), ("desk_submission", theirs),
    ):  # fmt: skip
        path = reverse(f"conferences:{name}", args=args)
        for prefix in ("", "/en"):
            accessible(page, prefix + path)
