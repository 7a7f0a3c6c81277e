"""The authors' pages: who sees them, nothing typed is lost, two windows, deadlines while one types, late links."""

import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import User
from conferences.actions import calls, submission_files
from conferences.actions import submissions as actions
from conferences.forms.submissions import SubmissionForm
from conferences.models import AnswerKind, CallQuestion, CommitteeRole, DateKind, Slot, Submission, SubmissionFile
from conferences.states import EditionState, SubmissionState
from tests.conferences.conftest import Clock
from tests.conferences.papers import everything_in, pdf
from tests.factories.accounts import make_user
from tests.factories.conferences import (
    ABSTRACT,
    committee,
    make_edition,
    make_file,
    make_submission,
    make_track,
    set_date,
    some_author,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission() -> Submission:
    track = make_track(make_edition(), wants="both")
    draft = actions.start(track, by=some_author())
    return actions.save(draft, {"title_id": "Judul awal", "abstract_id": ABSTRACT}, by=draft.submitter)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def url(name: str, submission: Submission, *more: Any) -> str:
    return reverse(f"conferences:{name}", args=[submission.edition.slug, submission.pk, *more])


def typed(submission: Submission, **values: Any) -> dict[str, Any]:
    """What the page sends: the named blocks with what they were when it was opened."""
    form = SubmissionForm(submission)
    bases = {f"base-{name}": form.digests[name] for name in values}
    return {"block": list(values), **bases, **values}


PARTS = ("", "_edit", "_files", "_review", "_withdraw", "_discard")
OF_ONE = [f"submission{part}" for part in PARTS]


@pytest.mark.parametrize("name", OF_ONE)
def test_pages_of_a_submission_are_its_submitters_alone(name: str, submission: Submission) -> None:
    address = url(name, submission)
    assert Client().get(address).status_code == 302
    assert signed_in(make_user()).get(address).status_code == 404
    assert signed_in(committee(submission.edition, CommitteeRole.CHAIR)).get(address).status_code == 404
    answer = signed_in(submission.submitter).get(address)
    assert answer.status_code == (302 if name == "submission_withdraw" else 200)
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("name", ["submission_autosave", "submission_file_change"])
def test_changes_are_its_submitters_alone(name: str, submission: Submission) -> None:
    more = [1] if name == "submission_file_change" else []
    assert signed_in(make_user()).post(url(name, submission, *more)).status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_stands_in_both_languages(language: str, submission: Submission) -> None:
    client = signed_in(submission.submitter)
    with override(language):
        addresses = [url(name, submission) for name in OF_ONE if name != "submission_withdraw"]
        addresses.append(reverse("conferences:submit", args=[submission.edition.slug]))
        addresses.append(reverse("conferences:my_submissions"))
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200 and f'<html lang="{language}"' in answer.content.decode(), address


def test_choosing_a_track_begins_a_draft() -> None:
    edition = make_edition()
    track, author = make_track(edition), some_author()
    client, address = signed_in(author), reverse("conferences:submit", args=[edition.slug])
    assert client.post(address, {"track": "x"}).status_code == 200
    answer = client.post(address, {"track": track.pk})
    draft = Submission.objects.get()
    assert answer["Location"] == url("submission_edit", draft)
    assert draft.submitter == author


def test_an_edition_in_preparation_takes_nothing_and_is_not_seen() -> None:
    edition = make_edition(EditionState.DRAFT)
    address = reverse("conferences:submit", args=[edition.slug])
    assert signed_in(make_user()).get(address).status_code == 404


def test_a_closed_call_says_so(clock: Clock) -> None:
    clock(2026, 8, 5, 12, 0)
    edition = make_edition(dates={DateKind.SUBMISSIONS_CLOSE: 1})
    track = make_track(edition)
    clock(2026, 8, 6, 12, 0)
    client, address = signed_in(some_author()), reverse("conferences:submit", args=[edition.slug])
    assert "sudah ditutup" in client.get(address).content.decode()
    client.post(address, {"track": track.pk})
    assert not Submission.objects.exists()


def test_saving_without_script_and_errors_lose_nothing(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    answer = client.post(
        url("submission_edit", submission),
        typed(submission, title_id="Judul baru", keywords="; ".join(["k"] * 1 + [f"kata {n}" for n in range(30)])),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert Submission.objects.get().title_id == "Judul baru"  # what was right is saved
    assert "kata 29" in page  # what was not stays in the form


@pytest.mark.parametrize(
    ("row", "expected"),
    [("authors:up:1", ["Dua", "Satu"]), ("authors:down:0", ["Dua", "Satu"]), ("authors:remove:0", ["Dua"])],
)
def test_authors_are_moved_and_removed_by_buttons_without_script(
    row: str, expected: list[str], submission: Submission
) -> None:
    data = {
        "block": ["authors"],
        "authors-row": ["0", "1"],
        "authors-0-family_name": "Satu",
        "authors-1-family_name": "Dua",
        "row": row,
    }
    answer = signed_in(submission.submitter).post(url("submission_edit", submission), data)
    assert answer.status_code == 200
    assert [author.family_name for author in submission.authors.all()] == expected


def test_a_row_is_added_without_script(submission: Submission) -> None:
    data = {"block": ["authors"], "authors-row": ["0"], "authors-0-family_name": "Satu", "row": "authors:add"}
    page = signed_in(submission.submitter).post(url("submission_edit", submission), data).content.decode()
    assert 'name="authors-1-family_name"' in page


def test_a_single_name_and_an_orcid_are_checked(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    data = {
        "block": ["authors"],
        "authors-row": ["0"],
        "authors-0-given_name": "Sukarno",
        "authors-0-orcid": "https://orcid.org/0000-0002-1825-0097",
        "authors-0-affiliation": "Universitas Yang Tak Terdaftar",
        "authors-0-is_presenter": "on",
    }
    assert client.post(url("submission_edit", submission), data).status_code == 302
    (author,) = submission.authors.all()
    assert (author.given_name, author.family_name, author.orcid) == ("", "Sukarno", "0000-0002-1825-0097")
    assert author.affiliation_name == "Universitas Yang Tak Terdaftar"
    wrong = {**data, "authors-0-orcid": "0000-0002-1825-0098"}
    assert client.post(url("submission_edit", submission), wrong).status_code == 422
    assert submission.authors.get().orcid == "0000-0002-1825-0097"


QUESTIONS = [
    (AnswerKind.LINE, "jawaban", "jawaban", "x" * 501),
    (AnswerKind.TEXT, "satu dua", "satu dua", "kata " * 4),
    (AnswerKind.NUMBER, "1.250", 1250, "banyak"),
    (AnswerKind.YES_NO, "no", False, "mungkin"),
    (AnswerKind.ONE, "1", 1, "7"),
    (AnswerKind.SOME, ["1", "0"], [0, 1], ["0", "9"]),
]


@pytest.mark.parametrize(("kind", "sent", "stored", "wrong"), QUESTIONS)
def test_every_kind_of_question_is_validated(
    kind: str, sent: Any, stored: Any, wrong: Any, submission: Submission
) -> None:
    options = [{"id": "Ya, semua", "en": "Yes, all"}, {"id": "Sebagian", "en": "Some"}]
    most = 3 if kind == AnswerKind.TEXT else None
    question = CallQuestion.objects.create(
        edition=submission.edition, label_id="Soal", kind=kind, options=options, words_max=most
    )
    client, name = signed_in(submission.submitter), f"q-{question.pk}"
    assert client.post(url("submission_edit", submission), typed(submission, **{name: sent})).status_code == 302
    assert submission.answers.get().value == stored
    answer = client.post(url("submission_edit", submission), {"block": [name], name: wrong})
    assert answer.status_code == 422
    assert submission.answers.get().value == stored
    page = client.get(url("submission", submission)).content.decode()
    assert "Soal" in page
    empty = {} if kind == AnswerKind.SOME else {name: ""}
    client.post(url("submission_edit", submission), {"block": [name], **empty})
    assert not submission.answers.exists()


def test_two_windows_are_shown_both_texts(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    here = typed(submission, title_id="Dari jendela ini")
    client.post(url("submission_edit", submission), typed(submission, title_id="Dari jendela lain"))
    answer = client.post(url("submission_edit", submission), here)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Dari jendela ini" in page and "Dari jendela lain" in page
    assert Submission.objects.get().title_id == "Dari jendela lain"


def test_autosave_answers_what_its_script_needs(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    body = client.post(url("submission_autosave", submission), typed(submission, title_id="Judul")).json()
    assert set(body) == {"message", "bases", "errors", "suggested", "elsewhere", "conflict", "aside"}
    assert set(body["bases"]) == {"title_id"}
    old = {"block": ["title_id"], "base-title_id": "lama", "title_id": "Lain lagi"}
    answer = client.post(url("submission_autosave", submission), old)
    assert answer.status_code == 409 and "Lain lagi" in answer.json()["conflict"]


def test_what_is_typed_when_the_deadline_passes_is_shown_to_be_copied(clock: Clock, submission: Submission) -> None:
    now = clock(2026, 8, 5, 23, 59, 0)
    set_date(submission.edition, DateKind.CALL_OPENS, now - datetime.timedelta(days=9))
    set_date(submission.edition, DateKind.SUBMISSIONS_CLOSE, now + datetime.timedelta(seconds=30))
    client, words = signed_in(submission.submitter), "Kalimat panjang yang baru saja diketik"
    data = typed(submission, title_id=words)
    clock(2026, 8, 5, 23, 59, 30)
    answer = client.post(url("submission_edit", submission), data)
    assert answer.status_code == 409 and words in answer.content.decode()
    closed = client.post(url("submission_autosave", submission), data)
    assert closed.status_code == 403 and "Batas waktu" in closed.json()["closed"]
    assert Submission.objects.get().title_id == "Judul awal"


def test_handed_in_it_refuses_what_would_spoil_it(submission: Submission) -> None:
    track = make_track(submission.edition, wants="abstract")
    sent = make_submission(track, pmks=["PMKS-08"])
    client = signed_in(sent.submitter)
    answer = client.post(url("submission_edit", sent), typed(sent, abstract_id="terlalu pendek"))
    assert answer.status_code == 422 and "terlalu pendek" in answer.content.decode()
    assert client.post(url("submission_edit", sent), typed(sent, title_id="Boleh")).status_code == 302


def test_handing_in_through_the_pages(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    answer = client.post(url("submission_review", submission))
    assert answer.status_code == 422
    data = {"block": ["pmks", "keywords"], "pmks": ["PMKS-08"], "keywords": "satu; dua; tiga"}
    client.post(url("submission_edit", submission), data)
    paper = SimpleUploadedFile("siti.pdf", pdf("Ucapan terima kasih"), "application/pdf")
    answer = client.post(url("submission_files", submission), {"slot": "anonymous", "file": paper})
    assert answer.status_code == 302
    file = SubmissionFile.objects.get()
    assert client.post(url("submission_review", submission)).status_code == 422
    client.post(url("submission_file_change", submission, file.pk), {"looked": "1", "seen": file.blob.sha256})
    answer = client.post(url("submission_review", submission))
    assert answer["Location"] == url("submission", submission)
    assert Submission.objects.get().number == 1


def test_a_refused_file_says_why(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    bad = SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 99)
    answer = client.post(url("submission_files", submission), {"slot": "anonymous", "file": bad})
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert client.post(url("submission_files", submission), {"slot": "answer"}).status_code == 404
    assert client.post(url("submission_files", submission), {"slot": "full"}).status_code == 422


# --- files -----------------------------------------------------------------------------------------------------------

MAY_LIST = {"chair", "secretary", "programme_chair", "track_chair", "editor"}


@pytest.mark.parametrize("role", CommitteeRole)
@pytest.mark.parametrize("slot", Slot)
def test_files_are_for_the_submitter_and_those_who_may_list(role: str, slot: str) -> None:
    submission = make_submission(make_track(make_edition()))
    file = make_file(submission, slot)
    address = url("submission_file", submission, file.pk)
    assert signed_in(submission.submitter).get(address).status_code == 200
    assert signed_in(make_user()).get(address).status_code == 404
    expected = 200 if role in MAY_LIST else 404
    assert signed_in(committee(submission.edition, role)).get(address).status_code == expected


def test_files_are_not_found_by_guessing_and_drafts_are_their_authors() -> None:
    submission = make_submission(make_track(make_edition()), SubmissionState.DRAFT)
    file = make_file(submission)
    other = make_submission(submission.track, by=submission.submitter)
    chair = committee(submission.edition, "chair")
    assert signed_in(chair).get(url("submission_file", submission, file.pk)).status_code == 404
    assert signed_in(submission.submitter).get(url("submission_file", other, file.pk)).status_code == 404
    name = signed_in(submission.submitter).get(url("submission_file", submission, file.pk))["Content-Disposition"]
    assert "naskah-anonim-r1.pdf" in name


def test_a_chair_in_conflict_reads_no_file() -> None:
    submission = make_submission(make_track(make_edition()))
    chair = committee(submission.edition, "chair")
    submission.authors.filter(position=1).update(email=chair.email)
    file = make_file(submission)
    assert signed_in(chair).get(url("submission_file", submission, file.pk)).status_code == 404


def test_a_planted_name_is_in_no_byte_that_is_handed_out(submission: Submission) -> None:
    token = "Qzpenulisrahasia"
    actions.save(submission, {"authors": [{"family_name": token, "is_presenter": True}]}, by=submission.submitter)
    upload = SimpleUploadedFile(f"{token}.pdf", pdf("Isi makalah", token=token))
    file = submission_files.add_file(submission, Slot.ANONYMOUS, upload, by=submission.submitter)
    answer: Any = signed_in(submission.submitter).get(url("submission_file", submission, file.pk))
    headers = " ".join(f"{name}: {value}" for name, value in answer.items())
    assert token.casefold() not in headers.casefold()
    assert token.encode() not in everything_in(b"".join(answer.streaming_content))


# --- late links ------------------------------------------------------------------------------------------------------


def test_a_late_link_begins_one_submission_and_says_nothing_to_others() -> None:
    edition = make_edition(dates={DateKind.SUBMISSIONS_CLOSE: -1})
    track = make_track(edition)
    expires = timezone.now() + datetime.timedelta(days=1)
    _link, token = calls.make_late_link(
        edition, track=track, note="x", expires_at=expires, by=committee(edition, "chair")
    )
    address = reverse("conferences:submit_late", args=[edition.slug, token])
    author = some_author()
    client = signed_in(author)
    assert Client().get(address).status_code == 302
    assert client.get(address.replace(token, "salah")).status_code == 404
    assert client.get(address).status_code == 200
    answer = client.post(address, {"track": track.pk})
    assert answer["Location"] == url("submission_edit", Submission.objects.get())
    assert client.get(answer["Location"]).status_code == 200
    assert client.get(address)["Location"] == answer["Location"]
    assert signed_in(some_author()).get(address).status_code == 410


# --- withdraw, throw away --------------------------------------------------------------------------------------------


def test_withdrawing_needs_a_reason() -> None:
    submission = make_submission(make_track(make_edition()))
    client = signed_in(submission.submitter)
    assert client.post(url("submission_withdraw", submission), {"reason": " "}).status_code == 422
    assert client.post(url("submission_withdraw", submission), {"reason": "Salah data"}).status_code == 302
    assert Submission.objects.get().state == SubmissionState.WITHDRAWN
    assert "Salah data" in client.get(url("submission", submission)).content.decode()


def test_a_draft_is_thrown_away_only_by_a_post(submission: Submission) -> None:
    client = signed_in(submission.submitter)
    client.get(url("submission_discard", submission))
    assert Submission.objects.exists()
    client.post(url("submission_discard", submission))
    assert not Submission.objects.exists()


def test_the_list_of_ones_own_costs_the_same_however_long() -> None:
    track, author = make_track(make_edition()), some_author()
    client, address = signed_in(author), reverse("conferences:my_submissions")
    counts = []
    for number in (2, 9):
        for _ in range(number):
            make_submission(track, by=author)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
