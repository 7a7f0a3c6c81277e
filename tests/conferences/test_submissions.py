"""What authors do: every transition, deadlines at midnight in Jakarta, numbers, late links, files."""

import datetime
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from django.utils.translation import override

from accounts.models import LogEntry
from conferences.actions import calls, submission_files
from conferences.actions import submissions as actions
from conferences.models import AnswerKind, CallQuestion, ConflictKind, DateKind, LateLink, Slot, Submission
from conferences.rules import submissions as rules
from conferences.states import SUBMISSION_TRANSITIONS, SubmissionState
from conferences.submission_checks import unmet
from publications.states import IllegalTransition
from taxonomy.models import Pmks
from tests.conferences.conftest import Clock
from tests.conferences.papers import docx, pdf
from tests.factories.conferences import (
    ABSTRACT,
    committee,
    make_edition,
    make_submission,
    make_track,
    set_date,
    some_author,
)

S = SubmissionState
pytestmark = pytest.mark.django_db


def data(**changes: Any) -> dict[str, Any]:
    return {
        "title_id": "Perawatan berbasis keluarga",
        "abstract_id": ABSTRACT,
        "keywords": ["lanjut usia", "perawatan", "keluarga"],
        "pmks": [Pmks.objects.get(code="PMKS-08")],
        **changes,
    }


def upload(content: bytes | None = None, name: str = "naskah.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf())


def started(wants: str = "abstract", **fields: Any) -> Submission:
    track = make_track(make_edition(**fields), wants=wants)
    submission = actions.start(track, by=some_author())
    return actions.save(submission, data(), by=submission.submitter)


def missing(submission: Submission) -> set[str]:
    return {check.field for check in unmet(Submission.objects.get(pk=submission.pk))}


def test_a_draft_begins_with_its_submitter_as_presenting_author() -> None:
    author = some_author(name="Siti Aminah")
    submission = actions.start(make_track(make_edition()), by=author)
    (only,) = submission.authors.all()
    assert (only.name, only.email, only.is_presenter) == ("Siti Aminah", author.email, True)
    assert submission.state == S.DRAFT and submission.number is None


def test_handing_in_gives_numbers_one_after_the_other() -> None:
    track = make_track(make_edition(), wants="abstract")
    numbers = []
    for _number in range(3):
        submission = actions.start(track, by=some_author())
        submission = actions.save(submission, data(), by=submission.submitter)
        numbers.append(actions.submit(submission, by=submission.submitter).number)
    other = started()
    assert numbers == [1, 2, 3]
    assert actions.submit(other, by=other.submitter).number == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_id": ""}, "title_id"),
        ({"abstract_id": ""}, "abstract_id"),
        ({"abstract_id": "kata " * 149}, "abstract_id"),
        ({"abstract_id": "kata " * 301}, "abstract_id"),
        ({"abstract_en": "word " * 10}, "abstract_en"),
        ({"keywords": ["satu", "dua"]}, "keywords"),
        ({"pmks": []}, "pmks"),
        ({"authors": []}, "authors"),
        ({"authors": [{"family_name": "Sukarno"}]}, "authors"),
    ],
)
def test_what_is_missing_keeps_it_from_being_handed_in(changes: dict[str, Any], field: str) -> None:
    submission = started()
    submission = actions.save(submission, data(**changes), by=submission.submitter)
    with pytest.raises(actions.Incomplete) as incomplete:
        actions.submit(submission, by=submission.submitter)
    assert {check.field for check in incomplete.value.missing} == {field}
    assert Submission.objects.get(pk=submission.pk).number is None


@pytest.mark.parametrize(("words", "fits"), [(149, False), (150, True), (300, True), (301, False)])
def test_the_limits_of_words_are_kept_exactly(words: int, fits: bool) -> None:
    submission = started()
    submission = actions.save(submission, data(abstract_id="kata " * words), by=submission.submitter)
    assert ("abstract_id" not in missing(submission)) == fits


def test_a_paper_only_needs_no_abstract_and_a_manuscript() -> None:
    submission = started("paper")
    submission = actions.save(submission, data(abstract_id=""), by=submission.submitter)
    assert missing(submission) == {"files"}


def test_what_was_handed_in_stays_complete() -> None:
    submission = started()
    submission = actions.submit(submission, by=submission.submitter)
    with pytest.raises(actions.Incomplete):
        actions.save(submission, {"abstract_id": "pendek"}, by=submission.submitter)
    assert Submission.objects.get(pk=submission.pk).abstract_id == ABSTRACT
    assert actions.save(submission, {"title_id": "Judul baru"}, by=submission.submitter).title_id == "Judul baru"


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("after", S)
def test_only_legal_transitions_happen(state: str, after: str) -> None:
    """Of those that authors make: hand in, hand in a revision, withdraw."""
    if after not in (S.SUBMITTED, S.WITHDRAWN):
        return
    track = make_track(make_edition(), wants="abstract")
    submission = make_submission(track, state, pmks=["PMKS-08"])
    is_legal = after in SUBMISSION_TRANSITIONS[state]

    def act() -> Submission:
        if after == S.SUBMITTED:
            return actions.submit(submission, by=submission.submitter)
        return actions.withdraw(submission, "Data belum lengkap.", by=submission.submitter)

    if not is_legal:
        with pytest.raises(IllegalTransition):
            act()
    elif state == S.REVISION and after == S.SUBMITTED:
        with pytest.raises(actions.Incomplete):  # the answer to the reviewers
            act()
    else:
        assert act().state == after


# --- deadlines -------------------------------------------------------------------------------------------------------

DEADLINE = (2026, 8, 5, 23, 59)


def at_deadline(clock: Clock) -> Submission:
    clock(2026, 8, 5, 12, 0)
    submission = started()
    moment = datetime.datetime(*DEADLINE, tzinfo=datetime.timezone(datetime.timedelta(hours=7)))  # type: ignore[misc]
    set_date(submission.edition, DateKind.SUBMISSIONS_CLOSE, moment)
    return submission


def test_until_the_very_moment_of_the_deadline_in_jakarta(clock: Clock) -> None:
    submission = at_deadline(clock)
    clock(2026, 8, 5, 23, 58, 59)
    actions.save(submission, {"title_id": "Masih sempat"}, by=submission.submitter)
    clock(*DEADLINE)
    with pytest.raises(actions.Closed):
        actions.save(submission, {"title_id": "Terlambat"}, by=submission.submitter)
    with pytest.raises(actions.Closed):
        actions.submit(submission, by=submission.submitter)
    assert Submission.objects.get(pk=submission.pk).title_id == "Masih sempat"


def test_a_midnight_deadline_is_jakartas_midnight(clock: Clock) -> None:
    submission = at_deadline(clock)
    midnight = clock(2026, 8, 6, 0, 0)
    set_date(submission.edition, DateKind.SUBMISSIONS_CLOSE, midnight)
    clock(2026, 8, 5, 23, 59, 59)
    assert actions.submit(submission, by=submission.submitter).state == S.SUBMITTED
    clock(2026, 8, 6, 0, 0)
    with pytest.raises(actions.Closed):
        actions.save(submission, {"title_id": "Terlambat"}, by=submission.submitter)


def test_nothing_begins_before_the_call_opens_or_on_a_closed_track(clock: Clock) -> None:
    clock(2026, 8, 5, 12, 0)
    edition = make_edition(dates={DateKind.CALL_OPENS: 1})
    with pytest.raises(actions.Closed):
        actions.start(make_track(edition), by=some_author())
    with pytest.raises(actions.Closed):
        actions.start(make_track(make_edition(), is_open=False), by=some_author())


def test_a_revision_is_due_by_its_own_date(clock: Clock) -> None:
    clock(2026, 8, 5, 12, 0)
    edition = make_edition(dates={DateKind.SUBMISSIONS_CLOSE: -5, DateKind.REVISIONS_CLOSE: 1})
    submission = make_submission(make_track(edition, wants="abstract"), S.REVISION, pmks=["PMKS-08"])
    by = submission.submitter
    submission_files.add_file(submission, Slot.ANSWER, upload(name="jawaban.pdf"), by=by)
    clock(2026, 8, 6, 12, 0)
    with pytest.raises(actions.Closed):
        actions.submit(submission, by=by)
    clock(2026, 8, 6, 11, 59, 59)
    sent = actions.submit(submission, by=by)
    assert (sent.state, sent.round) == (S.SUBMITTED, 2)
    assert not rules.may_edit(by, sent)
    assert sent.files.get().round == 2


# --- people ----------------------------------------------------------------------------------------------------------


def test_nobody_but_its_submitter_changes_it() -> None:
    submission = started()
    chair = committee(submission.edition, "chair")
    for act in (
        lambda: actions.save(submission, {"title_id": "Lain"}, by=chair),
        lambda: actions.submit(submission, by=chair),
        lambda: actions.discard(submission, by=chair),
        lambda: submission_files.add_file(submission, Slot.ANONYMOUS, upload(), by=chair),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_old_window_overwrites_nothing() -> None:
    submission = started()
    old = submission.revision
    actions.save(submission, {"title_id": "Dari jendela lain"}, by=submission.submitter)
    with pytest.raises(actions.Conflict):
        actions.save(submission, {"title_id": "Dari sini"}, by=submission.submitter, base_revision=old)


def test_authors_named_as_no_reviewers_by_address_or_by_word() -> None:
    submission = started()
    by_word = [{"email": "", "note": note} for note in ("Prof. A, pembimbing", "Dr. B")]
    rows = [{"email": "Lawan@contoh.id", "note": ""}, *by_word]
    actions.save(submission, {"named": rows}, by=submission.submitter)
    named = submission.conflicts.filter(kind=ConflictKind.NAMED).order_by("pk")
    assert [(row.email, row.note) for row in named] == [
        ("lawan@contoh.id", ""), ("", "Prof. A, pembimbing"), ("", "Dr. B")
    ]  # fmt: skip


def test_the_log_tells_no_words_of_a_submission() -> None:
    submission = started()
    actions.save(submission, data(title_id="Rahasia besar", note="Catatan rahasia"), by=submission.submitter)
    changes = str(list(LogEntry.objects.values_list("changes", flat=True)))
    assert "rahasia" not in changes.casefold()


def test_mails_leave_in_the_language_of_each(django_capture_on_commit_callbacks: Any) -> None:
    submission = started()
    submission.submitter.language = "en"
    submission.submitter.save()
    authors = [
        {"family_name": "Sukarno", "email": submission.submitter.email, "is_presenter": True},
        {"family_name": "Lain", "email": "lain@contoh.id"},
        {"family_name": "Tanpa"},
    ]
    submission = actions.save(submission, {"authors": authors}, by=submission.submitter)
    with override("id"):
        actions.submit(submission, by=submission.submitter)
    from tests.conferences.mails import send_mails

    sent = {message.to[0]: message for message in send_mails()}
    assert set(sent) == {submission.submitter.email, "lain@contoh.id"}
    assert "Handed in as number 1" in sent[submission.submitter.email].subject
    assert "/en/konferensi/" in sent[submission.submitter.email].body
    assert "http" not in sent["lain@contoh.id"].body
    assert not mail.outbox[len(sent) :]


# --- questions -------------------------------------------------------------------------------------------------------


def test_questions_of_all_tracks_and_of_ones_own_are_asked() -> None:
    submission = started()
    other = make_track(submission.edition)
    asked = {
        scope: CallQuestion.objects.create(
            edition=submission.edition, track=track, label_id=scope, kind=AnswerKind.NUMBER, is_required=True
        )
        for scope, track in (("semua", None), ("sini", submission.track), ("lain", other))
    }
    assert missing(submission) == {f"q-{asked['semua'].pk}", f"q-{asked['sini'].pk}"}
    answers = {asked["semua"]: 0, asked["sini"]: 12}
    actions.save(submission, {"answers": answers}, by=submission.submitter)
    assert missing(submission) == set()
    actions.save(submission, {"answers": {asked["semua"]: None}}, by=submission.submitter)
    assert missing(submission) == {f"q-{asked['semua'].pk}"}


# --- late links ------------------------------------------------------------------------------------------------------


def closed_edition() -> Any:
    return make_edition(dates={DateKind.SUBMISSIONS_CLOSE: -1})


def make_link(edition: Any, **fields: Any) -> tuple[LateLink, str]:
    values = {"track": None, "note": "Pak A sakit", "expires_at": timezone.now() + datetime.timedelta(days=2)}
    return calls.make_late_link(edition, **{**values, **fields}, by=committee(edition, "chair"))


def test_a_late_link_lets_one_person_send_once() -> None:
    edition = closed_edition()
    track = make_track(edition, wants="abstract")
    link, token = make_link(edition)
    assert token not in str(link.__dict__) and link.token_sha256 == calls.token_hash(token)
    author = some_author()
    with pytest.raises(actions.Closed):
        actions.start(track, by=author)
    submission = actions.start_late(link, track, by=author)
    assert actions.start_late(link, track, by=author).pk == submission.pk
    with pytest.raises(PermissionDenied):
        actions.start_late(link, track, by=some_author())
    submission = actions.save(submission, data(), by=author)
    assert actions.submit(submission, by=author).number == 1
    link.refresh_from_db()
    assert link.used_at is not None
    with pytest.raises(actions.Closed):
        actions.start_late(link, track, by=author)
    with pytest.raises(actions.Closed):
        actions.save(submission, {"title_id": "Sesudahnya"}, by=author)


def test_a_late_link_ends_when_it_expires_or_is_revoked() -> None:
    edition = closed_edition()
    track = make_track(edition, wants="abstract")
    link, _token = make_link(edition, expires_at=timezone.now() - datetime.timedelta(seconds=1))
    with pytest.raises(actions.Closed):
        actions.start_late(link, track, by=some_author())
    link, _token = make_link(edition)
    author = some_author()
    submission = actions.save(actions.start_late(link, track, by=author), data(), by=author)
    calls.revoke_late_link(link, by=committee(edition, "chair"))
    with pytest.raises(actions.Closed):
        actions.submit(submission, by=author)


def test_a_late_link_for_a_track_is_for_that_track() -> None:
    edition = closed_edition()
    mine, other = make_track(edition), make_track(edition)
    link, _token = make_link(edition, track=mine)
    author = some_author()
    with pytest.raises(actions.Closed):
        actions.start_late(link, other, by=author)
    submission = actions.start_late(link, mine, by=author)
    with pytest.raises(actions.Closed):
        actions.save(submission, {"track": other}, by=author)


def test_a_draft_that_is_thrown_away_gives_its_late_link_back() -> None:
    edition = closed_edition()
    track = make_track(edition)
    link, _token = make_link(edition)
    author = some_author()
    actions.discard(actions.start_late(link, track, by=author), by=author)
    assert actions.start_late(LateLink.objects.get(), track, by=author).pk


@pytest.mark.parametrize("role", ["programme_chair", "track_chair", "registration", "editor", "steering", "member"])
def test_only_organisers_make_late_links(role: str) -> None:
    edition = closed_edition()
    expires = timezone.now() + datetime.timedelta(days=1)
    with pytest.raises(PermissionDenied):
        calls.make_late_link(edition, track=None, note="x", expires_at=expires, by=committee(edition, role))


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_manuscript_without_names_is_made_anew_and_its_warnings_are_to_be_looked_at() -> None:
    submission = started("both")
    by = submission.submitter
    text = f"Makalah oleh {submission.authors.get().name}"
    file = submission_files.add_file(submission, Slot.ANONYMOUS, upload(pdf(text, token="Rahasianya")), by=by)
    with file.blob.content.open() as stored:
        assert b"Rahasianya" not in stored.read()
    assert "Rahasianya" not in str(file.blob.content.name)
    assert file.blob.page_count == 1 and file.blob.pages.get().text.strip() == text
    assert {warned["kind"] for warned in file.findings["warnings"]} == {"name"}
    assert missing(submission) == {"files"}
    with pytest.raises(PermissionDenied):
        submission_files.look_at_warnings(file, by=by, seen="another content")
    submission_files.look_at_warnings(file, by=by, seen=file.blob.sha256)
    assert actions.submit(submission, by=by).state == S.SUBMITTED


def test_a_new_author_found_in_the_text_has_to_be_looked_at_again() -> None:
    submission = started("both")
    by = submission.submitter
    file = submission_files.add_file(submission, Slot.ANONYMOUS, upload(docx("menurut Sukarno"), "a.docx"), by=by)
    assert file.findings["warnings"] == []
    authors = [{"family_name": "Sukarno", "is_presenter": True}]
    actions.save(submission, {"authors": authors}, by=by)
    assert missing(submission) == {"files"}


def test_pages_without_text_are_to_be_looked_at() -> None:
    submission = started("both")
    file = submission_files.add_file(submission, Slot.ANONYMOUS, upload(pdf("")), by=submission.submitter)
    assert [warned["kind"] for warned in file.findings["warnings"]] == ["no_text"]
    assert missing(submission) == {"files"}


def test_too_many_pages_are_told() -> None:
    submission = started("both")
    submission_files.add_file(submission, Slot.ANONYMOUS, upload(pdf(pages=13)), by=submission.submitter)
    assert missing(submission) == {"files"}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<html>", "a.pdf"),
        (b"MZ" + b"\0" * 80, "a.docx"),
        (b"%PDF-1.4 x", "a.pdf"),
        (b"", "a.pdf"),
        (b"teks", "a.txt"),
    ],
)
def test_files_that_are_no_manuscripts_are_refused(content: bytes, name: str) -> None:
    submission = started("both")
    with pytest.raises(submission_files.FileRefused):
        file = SimpleUploadedFile(name, content)
        submission_files.add_file(submission, Slot.ANONYMOUS, file, by=submission.submitter)
    assert not submission.files.exists()


def test_a_file_of_what_was_handed_in_is_replaced_not_removed() -> None:
    submission = started("both")
    by = submission.submitter
    file = submission_files.add_file(submission, Slot.ANONYMOUS, upload(), by=by)
    submission = actions.submit(submission, by=by)
    with pytest.raises(actions.Incomplete):
        submission_files.remove_file(file, by=by)
    assert submission.files.count() == 1
    submission_files.add_file(submission, Slot.ANONYMOUS, upload(pdf("Versi kedua")), by=by)
    assert "Versi kedua" in submission.files.get().blob.pages.get().text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers_and_a_failure_leaves_no_gap(vocabularies: Any) -> None:
    track = make_track(make_edition(), wants="abstract")
    drafts = [actions.start(track, by=some_author()) for _number in range(4)]
    drafts = [actions.save(draft, data(), by=draft.submitter) for draft in drafts]
    failing = actions.save(drafts[1], {"title_id": ""}, by=drafts[1].submitter)
    numbers: list[int | None] = []

    def send(draft: Submission) -> None:
        try:
            numbers.append(actions.submit(draft, by=draft.submitter).number)
        except actions.Incomplete:
            numbers.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(draft,)) for draft in (drafts[0], failing, *drafts[2:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(number for number in numbers if number) == [1, 2, 3] and numbers.count(None) == 1
