"""Pages of final papers: who sees what, the way through them, two windows, bad input, how many statements."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from conferences.models import CommitteeRole, Conflict, DateKind, Edition, FinalPaper, Letter, LetterKind, Submission
from tests.conferences.papers import pdf
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track, set_date
from tests.factories.final_papers import final_pdf, make_final_paper

pytestmark = pytest.mark.django_db
EDITORS = {CommitteeRole.CHAIR, CommitteeRole.SECRETARY, CommitteeRole.EDITOR}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"conferences:{name}", args=args)


def form(content: bytes | None = None, **more: Any) -> dict[str, Any]:
    from taxonomy.models import Licence

    file = SimpleUploadedFile("makalah.pdf", final_pdf() if content is None else content)
    return {"file": file, "licence": Licence.objects.get(code="CC-BY-4.0").pk, "revision": "", **more}


@pytest.fixture
def submission() -> Submission:
    return make_submission(make_track(make_edition()), "accepted", title_id="Perawatan berbasis keluarga")


@pytest.fixture
def paper(submission: Submission) -> FinalPaper:
    return make_final_paper(submission, state="waiting", content=b"%PDF-")


@pytest.mark.parametrize("role", [*CommitteeRole, "", "administrator", "author", "anonymous"])
def test_every_page_for_every_role(role: str, paper: FinalPaper) -> None:
    submission, edition = paper.submission, paper.submission.edition
    mine = [url("final_paper", submission.pk), url("final_paper_file", submission.pk)]
    one = (edition.slug, submission.number)
    pages = [url("desk_final_papers", edition.slug), url("desk_final_paper", *one), url("desk_final_paper_file", *one)]
    posts = [
        url("ask_for_final_papers", edition.slug), url("approve_final_paper", *one), url("give_back_final_paper", *one),
        url("upload_final_paper", *one),
    ]  # fmt: skip
    if role == "anonymous":
        client = Client()
    elif role in CommitteeRole.values:
        client = signed_in(committee(edition, role))
    else:
        others = make_user("lain@contoh.id", role=role if role == "administrator" else "researcher")
        client = signed_in(submission.submitter if role == "author" else others)
    may = role in EDITORS or role == "administrator"
    refused = 302 if role == "anonymous" else 403
    for page in pages:
        assert client.get(page).status_code == (200 if may else refused), page
    for page in mine:
        expected = 200 if role == "author" else 302 if role == "anonymous" else 404
        assert client.get(page).status_code == expected, page
    for page in posts:
        answer = client.post(page).status_code
        assert answer in ((302, 422) if may else (refused,)), page
        assert client.get(page).status_code in (405, 302, 403)


def test_what_is_not_there(submission: Submission) -> None:
    edition = submission.edition
    desk = signed_in(committee(edition, "editor"))
    assert desk.get(url("desk_final_paper", edition.slug, submission.number)).status_code == 200
    assert desk.get(url("desk_final_paper", edition.slug, 99)).status_code == 404
    assert desk.get(url("desk_final_paper_file", edition.slug, submission.number)).status_code == 404
    for name in ("approve_final_paper", "give_back_final_paper"):
        assert desk.post(url(name, edition.slug, submission.number)).status_code == 404
    rejected = make_submission(submission.track, "rejected")
    assert signed_in(rejected.submitter).get(url("final_paper", rejected.pk)).status_code == 404
    assert desk.get(url("desk_final_paper", edition.slug, rejected.number)).status_code == 404
    elsewhere = signed_in(committee(make_edition(), "editor"))
    assert elsewhere.get(url("desk_final_paper", edition.slug, submission.number)).status_code == 403


def test_the_whole_way(submission: Submission) -> None:
    edition = submission.edition
    author, desk = signed_in(submission.submitter), signed_in(committee(edition, "editor"))
    page, at_desk = url("final_paper", submission.pk), url("desk_final_paper", edition.slug, submission.number)
    assert page in author.get(url("submission", edition.slug, submission.pk)).content.decode()
    answer = author.post(page, form(pdf("Perawatan berbasis keluarga")), follow=True)
    html = answer.content.decode()
    assert "Helvetica" in html and "PDF/A" in html
    assert "approve" not in desk.get(at_desk).content.decode()
    assert "setujui" not in desk.get(at_desk).content.decode()
    assert desk.post(f"{at_desk}setujui/", {"revision": 0}).status_code == 302
    assert FinalPaper.objects.get().state == "waiting"
    assert desk.post(f"{at_desk}kembalikan/", {"revision": 0, "reason": " "}).status_code == 422
    assert desk.post(f"{at_desk}kembalikan/", {"revision": 0, "reason": "Tanamkan <fon>."}).status_code == 302
    assert "Tanamkan &lt;fon&gt;." in author.get(page).content.decode()
    assert author.post(page, form(revision=1)).status_code == 302
    assert f"{at_desk}setujui/" in desk.get(at_desk).content.decode()
    desk.post(f"{at_desk}setujui/", {"revision": 2})
    assert FinalPaper.objects.get().state == "approved"
    sent = b"".join(author.get(url("final_paper_file", submission.pk)).streaming_content)  # type: ignore[attr-defined]
    assert sent == final_pdf()
    served = desk.get(f"{at_desk}berkas/")
    assert f"{edition.slug}-{submission.number:03d}-makalah-akhir.pdf" in served["Content-Disposition"]
    assert "no-store" in served["Cache-Control"]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"file": ""}, 422),
        ({"licence": "99999"}, 422),
        ({"licence": "x"}, 422),
        ({"file": SimpleUploadedFile("a.pdf", b"MZ" + b"\0" * 99)}, 422),
        ({"revision": "7"}, 409),
        ({"revision": "x" * 99}, 302),
    ],
)
def test_bad_input_is_said(changes: dict[str, Any], status: int, submission: Submission) -> None:
    page = url("final_paper", submission.pk)
    answer = signed_in(submission.submitter).post(page, {**form(), **changes})
    assert answer.status_code == status
    assert FinalPaper.objects.exists() == (status == 302)


def test_a_second_window_is_told(paper: FinalPaper) -> None:
    submission = paper.submission
    answer = signed_in(submission.submitter).post(url("final_paper", submission.pk), form())
    assert answer.status_code == 409
    assert "berkas lain sudah diserahkan" in answer.content.decode()
    desk = signed_in(committee(submission.edition, "editor"))
    at_desk = url("desk_final_paper", submission.edition.slug, submission.number)
    FinalPaper.objects.update(revision=4)
    desk.post(f"{at_desk}setujui/", {"revision": 0})
    answer = desk.post(f"{at_desk}kembalikan/", {"revision": 0, "reason": "Kata saya."})
    assert answer.status_code == 409 and "Kata saya." in answer.content.decode()
    assert desk.post(f"{at_desk}unggah/", form(revision=0)).status_code == 409
    assert FinalPaper.objects.get().state == "waiting"


def test_too_late_is_said_and_the_committee_uploads(submission: Submission) -> None:
    set_date(submission.edition, DateKind.CAMERA_READY, -1)
    page = url("final_paper", submission.pk)
    author = signed_in(submission.submitter)
    html = author.get(page).content.decode()
    assert 'type="file"' not in html and submission.edition.contact_email in html
    assert author.post(page, form()).status_code == 409
    at_desk = url("desk_final_paper", submission.edition.slug, submission.number)
    desk = signed_in(committee(submission.edition, "secretary"))
    assert desk.post(f"{at_desk}unggah/", form(b"")).status_code == 422
    assert desk.post(f"{at_desk}unggah/", form()).status_code == 302
    assert FinalPaper.objects.get().uploaded_by == committee(submission.edition, "secretary")


def test_lists_are_narrowed_and_letters_written(submission: Submission) -> None:
    edition, track = submission.edition, submission.track
    other = make_track(edition)
    states = {submission: "belum"}
    for state, word in (("waiting", "menunggu"), ("returned", "dikembalikan"), ("approved", "disetujui")):
        made = make_submission(other, "accepted")
        make_final_paper(made, state=state, content=b"%PDF-")
        states[made] = word
    desk = signed_in(committee(edition, "editor"))
    page = url("desk_final_papers", edition.slug)
    for made, word in states.items():
        assert list(desk.get(page, {"status": word}).context["page"]) == [made]
    assert list(desk.get(page, {"jalur": track.pk}).context["page"]) == [submission]
    for nonsense in ({"status": "x", "jalur": "²"}, {"halaman": "999"}, {"jalur": "9" * 30}):
        assert desk.get(page, nonsense).status_code == 200
    desk.post(url("ask_for_final_papers", edition.slug), {"chosen": ["x", "²", str(submission.pk)]})
    assert Letter.objects.get().submission == submission
    assert "surat di kotak keluar" in desk.get(page).content.decode()
    desk.post(url("ask_for_final_papers", edition.slug), {"all": "1"})
    assert Letter.objects.filter(kind=LetterKind.CAMERA_READY).count() == 2


def test_a_chair_in_conflict_edits_and_still_sees_no_review(paper: FinalPaper) -> None:
    submission = paper.submission
    chair = committee(submission.edition, "chair")
    Conflict.objects.create(submission=submission, kind="found", user=chair, made_by=chair)
    client = signed_in(chair)
    assert client.get(url("desk_final_paper", submission.edition.slug, submission.number)).status_code == 200
    assert client.get(url("desk_review", submission.edition.slug, submission.number)).status_code == 403


def test_the_same_number_of_statements(submission: Submission) -> None:
    edition = submission.edition
    desk = signed_in(committee(edition, "editor"))
    make_final_paper(submission, content=b"%PDF-")
    page = url("desk_final_papers", edition.slug)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page).status_code == 200
        return len(queries)

    statements()
    before = statements()
    for state in ("waiting", "returned", "approved", ""):
        made = make_submission(submission.track, "accepted")
        if state:
            make_final_paper(made, state=state, content=b"%PDF-")
    assert statements() == before


@pytest.mark.parametrize("language", ["id", "en"])
def test_in_both_languages(language: str, paper: FinalPaper) -> None:
    submission = paper.submission
    FinalPaper.objects.update(
        checks=[{"check": "size", "level": "fault", "told": {"pages": [1, 2, 4], "count": 3, "first": [216, 279]}}]
    )
    prefix = "/en" if language == "en" else ""
    page, at_desk = url("final_paper", submission.pk), url("desk_final_papers", submission.edition.slug)
    html = signed_in(submission.submitter).get(f"{prefix}{page}").content.decode()
    assert ("pages 1–2, 4" if language == "en" else "halaman 1–2, 4") in html
    desk = signed_in(committee(submission.edition, "editor"))
    assert desk.get(f"{prefix}{at_desk}").status_code == 200


def test_an_archived_edition_still_takes_papers_from_its_editors(submission: Submission) -> None:
    Edition.objects.filter(pk=submission.edition_id).update(state="archived")
    desk = signed_in(committee(submission.edition, "editor"))
    page = url("desk_final_papers", submission.edition.slug)
    assert "minta/" not in desk.get(page).content.decode().split("<tbody>")[-1].split("</table>")[-1]
    assert desk.post(f"{page}minta/", {"all": "1"}).status_code == 403
    assert desk.post(f"{page}{submission.number}/unggah/", form()).status_code == 302
    assert FinalPaper.objects.exists()
