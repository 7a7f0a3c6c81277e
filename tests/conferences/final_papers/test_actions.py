"""Final papers: every step from every state, who may, dates to the moment, two windows, letters, reminders."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import LogEntry, User
from conferences.actions import final_papers as actions
from conferences.actions import final_requests as requests
from conferences.actions import letters, submissions
from conferences.actions.final_papers import ChangedMeanwhile, Closed, FileRefused, HasFaults
from conferences.models import CommitteeRole, DateKind, Edition, FinalPaper, Letter, LetterKind, Submission, Volume
from conferences.queries import final_papers as queries
from conferences.states import FINAL_TRANSITIONS, FinalState, LetterState, SubmissionState
from evidence.actions.common import ReasonMissing
from publications.models import Blob, Page
from publications.states import IllegalTransition
from taxonomy.models import Licence
from tests.conferences.conftest import Clock
from tests.conferences.mails import send_mails
from tests.conferences.papers import pdf
from tests.factories.accounts import make_user
from tests.factories.conferences import DAY, committee, make_edition, make_submission, make_track, set_date
from tests.factories.final_papers import final_pdf, make_final_paper

pytestmark = pytest.mark.django_db
EDITORS = {CommitteeRole.CHAIR, CommitteeRole.SECRETARY, CommitteeRole.EDITOR}
FAULT = [{"check": "lock", "level": "fault", "told": {}}]


def upload(content: bytes | None = None, name: str = "makalah Siti.pdf") -> Any:
    return SimpleUploadedFile(name, content if content is not None else final_pdf())


def cc_by() -> Licence:
    return Licence.objects.get(code="CC-BY-4.0")


def hand_in(submission: Submission, by: User | None = None, content: bytes | None = None, **more: Any) -> FinalPaper:
    known = FinalPaper.objects.filter(submission=submission).first()
    more.setdefault("seen", known.revision if known else None)
    return actions.hand_in(submission, upload(content), cc_by(), by=by or submission.submitter, **more)


def editor(submission: Submission) -> User:
    return committee(submission.edition, "editor")


@pytest.fixture
def submission() -> Submission:
    return make_submission(make_track(make_edition()), "accepted", title_id="Perawatan berbasis keluarga")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file itself does not matter, no child opens it."""
    from publications.pdf.reading import Page as ReadPage
    from publications.pdf.reading import PdfReading

    facts = {"sizes": [(595, 842)], "fonts": {}, "encrypted": False, "carries": []}
    read = PdfReading(page_count=1, pages=(ReadPage(1, "Perawatan berbasis keluarga di desa"),))
    monkeypatch.setattr(actions, "printing_facts", lambda path: facts)
    monkeypatch.setattr(actions, "read_pdf", lambda path: read)


def publish_volume(edition: Edition) -> None:
    values = {"title_id": "Prosiding", "publisher": "Penerbit", "year": 2026}
    volume = Volume(edition=edition, **values)
    volume.state, volume.published_at, volume.published_by = "published", timezone.now(), committee(edition, "editor")
    Volume.objects.bulk_create([volume])


class TestHandingIn:
    def test_a_good_file_waits_for_the_editor(self, submission: Submission) -> None:
        paper = hand_in(submission)
        assert (paper.state, paper.pages, paper.blob.page_count) == ("waiting", 2, 2)
        assert paper.original_name == "makalah Siti.pdf"
        assert not [check for check in paper.checks if check["level"] != "ok"]
        assert "dua tahun" in Page.objects.get(blob=paper.blob, number=2).text
        entry = LogEntry.objects.get(action="final_paper.handed_in")
        assert "Siti" not in str(entry.changes)
        assert not send_mails()

    def test_one_with_faults_is_kept_and_never_approved(self, submission: Submission) -> None:
        paper = hand_in(submission, content=pdf("Perawatan berbasis keluarga", pages=13))
        assert {c["check"] for c in paper.checks if c["level"] == "fault"} == {"fonts", "limit"}
        with pytest.raises(HasFaults):
            actions.approve(paper, by=editor(submission), seen=0)
        assert actions.give_back(paper, "Tanamkan fon.", by=editor(submission), seen=0).state == "returned"
        again = hand_in(submission)
        assert (again.pk, again.state, again.reason, again.decided_by) == (paper.pk, "waiting", "", None)
        assert actions.approve(again, by=editor(submission), seen=again.revision).state == "approved"

    @pytest.mark.parametrize(
        ("content", "name"),
        [
            (b"PK\x03\x04rubbish", "a.pdf"),
            (b"", "a.pdf"),
            (b"%PDF-1.7\nrubbish", "a.pdf"),
            (b"MZ" + b"\0" * 99, "a.pdf"),
            (b"halo", "a.txt"),
        ],
    )
    def test_what_is_no_pdf_is_refused(self, submission: Submission, content: bytes, name: str) -> None:
        with pytest.raises(FileRefused):
            actions.hand_in(submission, upload(content, name), cc_by(), by=submission.submitter, seen=None)
        assert not FinalPaper.objects.exists() and not Blob.objects.exists()

    def test_for_a_late_author_who_gets_a_mail(self, submission: Submission, unread: None) -> None:
        set_date(submission.edition, DateKind.CAMERA_READY, -1)
        with pytest.raises(Closed):
            hand_in(submission)
        hand_in(submission, by=editor(submission))
        (mail,) = send_mails()
        assert mail.to == [submission.submitter.email]
        assert f"/akun/kiriman/{submission.pk}/makalah-akhir/" in mail.body

    @pytest.mark.parametrize("role", [*CommitteeRole.values, "", "administrator"])
    def test_who_may(self, role: str, submission: Submission, unread: None) -> None:
        by = somebody(role, submission.edition)
        if role in EDITORS or role == "administrator":
            assert hand_in(submission, by=by).uploaded_by == by
        else:
            with pytest.raises(PermissionDenied):
                hand_in(submission, by=by)

    @pytest.mark.parametrize("state", [state for state in SubmissionState if state != "accepted"])
    def test_only_of_what_is_accepted(self, state: str) -> None:
        other = make_submission(make_track(make_edition()), state)
        for by in (other.submitter, editor(other)):
            with pytest.raises(Closed):
                hand_in(other, by=by)

    def test_until_the_moment_in_jakarta(self, submission: Submission, clock: Clock, unread: None) -> None:
        set_date(submission.edition, DateKind.CAMERA_READY, clock(2027, 6, 1, 23, 59))
        clock(2027, 6, 1, 23, 58, 59)
        hand_in(submission)
        clock(2027, 6, 1, 23, 59)
        with pytest.raises(Closed):
            hand_in(submission)

    def test_without_a_date_and_when_given_back_it_is_open(self, submission: Submission, unread: None) -> None:
        set_date(submission.edition, DateKind.CAMERA_READY, None)
        paper = hand_in(submission)
        set_date(submission.edition, DateKind.CAMERA_READY, -3)
        actions.give_back(paper, "Halaman 2 kosong.", by=editor(submission), seen=0)
        assert hand_in(submission).state == "waiting"
        with pytest.raises(Closed):
            hand_in(submission)

    def test_not_once_the_volume_is_published_nor_by_authors_in_the_archive(
        self, submission: Submission, unread: None
    ) -> None:
        Edition.objects.filter(pk=submission.edition_id).update(state="archived")
        submission.edition.refresh_from_db()
        with pytest.raises(Closed):
            hand_in(submission)
        paper = hand_in(submission, by=editor(submission))
        publish_volume(submission.edition)
        for by in (submission.submitter, editor(submission)):
            with pytest.raises(Closed):
                hand_in(submission, by=by)
        with pytest.raises(PermissionDenied):
            actions.approve(paper, by=editor(submission), seen=0)

    def test_a_second_window_replaces_nothing(self, submission: Submission, unread: None) -> None:
        first = hand_in(submission, seen=None)
        stored = set(Blob.objects.values_list("content", flat=True))
        with pytest.raises(ChangedMeanwhile):
            hand_in(submission, seen=None)
        assert hand_in(submission, seen=first.revision).revision == 1
        with pytest.raises(ChangedMeanwhile):
            hand_in(submission, seen=0)
        assert Blob.objects.count() == len(stored) + 1


STEPS: dict[str, tuple[Callable[[FinalPaper], Any], str]] = {
    "approve": (lambda p: actions.approve(p, by=editor(p.submission), seen=p.revision), "approved"),
    "give back": (lambda p: actions.give_back(p, "Perbaiki.", by=editor(p.submission), seen=p.revision), "returned"),
    "hand in": (lambda p: hand_in(p.submission), "waiting"),
}


class TestSteps:
    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("state", list(FinalState))
    def test_each_from_each_state(self, step: str, state: str, submission: Submission, unread: None) -> None:
        paper = make_final_paper(submission, state=state, content=b"%PDF-")
        act, after = STEPS[step]
        if after in FINAL_TRANSITIONS[state] or after == state == "waiting":
            assert act(paper).state == after
        else:
            with pytest.raises(IllegalTransition):
                act(paper)
            paper.refresh_from_db()
            assert (paper.state, paper.revision) == (state, 0)

    @pytest.mark.parametrize("role", [*CommitteeRole.values, "", "administrator"])
    def test_who_may_judge(self, role: str, submission: Submission) -> None:
        paper = make_final_paper(submission, state="waiting", content=b"%PDF-")
        by = somebody(role, submission.edition)
        if role in EDITORS or role == "administrator":
            assert actions.approve(paper, by=by, seen=0).decided_by == by
        else:
            for act in (actions.approve, lambda *a, **k: actions.give_back(paper, "x", by=by, seen=0)):
                with pytest.raises(PermissionDenied):
                    act(paper, by=by, seen=0)

    def test_only_what_was_looked_at_and_with_a_reason(self, submission: Submission) -> None:
        paper = make_final_paper(submission, state="waiting", content=b"%PDF-", revision=3)
        by = editor(submission)
        for seen in (2, None):
            with pytest.raises(ChangedMeanwhile):
                actions.approve(paper, by=by, seen=seen)
        with pytest.raises(ReasonMissing):
            actions.give_back(paper, "  ", by=by, seen=3)
        assert not send_mails()

    @pytest.mark.parametrize("language", ["id", "en"])
    def test_the_author_hears_of_both_in_her_language(self, language: str, submission: Submission) -> None:
        User.objects.filter(pk=submission.submitter_id).update(language=language)
        paper = make_final_paper(submission, state="waiting", content=b"%PDF-")
        paper = actions.give_back(paper, "Gambar 2 <buram>.", by=editor(submission), seen=0)
        FinalPaper.objects.filter(pk=paper.pk).update(state="waiting", decided_by=None, decided_at=None)
        actions.approve(paper, by=editor(submission), seen=1)
        back, taken = send_mails()
        assert "Gambar 2 <buram>." in back.body
        prefix = "/en" if language == "en" else ""
        assert all(f"{prefix}/akun/kiriman/{submission.pk}/makalah-akhir/" in mail.body for mail in (back, taken))
        assert ("proceedings" if language == "en" else "prosiding") in taken.subject

    def test_what_is_withdrawn_is_not_printed(self, submission: Submission) -> None:
        paper = make_final_paper(submission, content=b"%PDF-")
        submissions.withdraw(submission, "Data keliru.", by=submission.submitter)
        assert not queries.approved(submission.edition)
        with pytest.raises(PermissionDenied):
            actions.give_back(paper, "x", by=editor(submission), seen=0)


def somebody(role: str, edition: Edition) -> User:
    if role in CommitteeRole.values:
        return committee(edition, role)
    return make_user("lain@contoh.id", role=role or "researcher")


def asked(edition: Edition) -> list[Letter]:
    return list(Letter.objects.filter(edition=edition, kind=LetterKind.CAMERA_READY).order_by("pk"))


@pytest.fixture
def five() -> list[Submission]:
    """Missing, with faults, given back, waiting, approved."""
    track = make_track(make_edition(), pages_max=7)
    made = [make_submission(track, "accepted") for _ in range(5)]
    make_final_paper(made[1], state="waiting", content=b"%PDF-", checks=FAULT)
    for submission, state in zip(made[2:], ("returned", "waiting", "approved"), strict=True):
        make_final_paper(submission, state=state, content=b"%PDF-")
    make_submission(track, "rejected")
    return made


class TestRequests:
    def test_all_who_owe_one_once(self, five: list[Submission]) -> None:
        edition = five[0].edition
        by = committee(edition, "editor")
        assert requests.write(edition, None, by=by) == 3
        assert [letter.submission for letter in asked(edition)] == five[:3]
        assert requests.write(edition, None, by=by) == 0
        body = asked(edition)[0].body
        assert f"/akun/kiriman/{five[0].pk}/makalah-akhir/" in body and "paling banyak 7 halaman" in body
        assert edition.get_zone_display() in body

    def test_those_chosen_alone(self, five: list[Submission]) -> None:
        edition = five[0].edition
        other = make_submission(make_track(make_edition()), "accepted")
        chosen = {five[1].pk, five[4].pk, other.pk}
        assert requests.write(edition, chosen, by=committee(edition, "chair")) == 1
        assert requests.write(edition, set(), by=committee(edition, "chair")) == 0

    @pytest.mark.parametrize("role", [*CommitteeRole.values, "", "administrator"])
    def test_who_may(self, role: str) -> None:
        edition = make_edition()
        by = somebody(role, edition)
        if role in EDITORS or role == "administrator":
            assert requests.write(edition, None, by=by) == 0
        else:
            with pytest.raises(PermissionDenied):
                requests.write(edition, None, by=by)

    def test_what_came_meanwhile_is_not_asked_for(self, five: list[Submission], unread: None) -> None:
        edition, chair = five[0].edition, committee(five[0].edition, "chair")
        requests.write(edition, None, by=chair)
        first, second, third = asked(edition)
        hand_in(five[0])
        first.refresh_from_db()
        assert first.state == LetterState.DROPPED
        FinalPaper.objects.filter(submission=five[1]).update(checks=[])
        with pytest.raises(IllegalTransition):
            letters.send(second, by=chair, seen=0)
        assert letters.send(third, by=chair, seen=0).state == LetterState.SENT

    def test_statements_stay_the_same(self, five: list[Submission]) -> None:
        edition, chair = five[0].edition, committee(five[0].edition, "chair")
        counts = []
        for chosen in (five[:1], [make_submission(five[0].track, "accepted") for _ in range(4)]):
            with CaptureQueriesContext(connection) as queries:
                requests.write(edition, {row.pk for row in chosen}, by=chair)
            counts.append(len(queries))
        assert counts[1] <= counts[0]
        assert len(asked(edition)) == 5


class TestReminders:
    def test_a_week_and_two_days_before_to_those_who_were_asked(self, five: list[Submission]) -> None:
        edition, chair = five[0].edition, committee(five[0].edition, "chair")
        due = timezone.now() + 20 * DAY
        set_date(edition, DateKind.CAMERA_READY, due)
        requests.write(edition, {five[0].pk, five[1].pk}, by=chair)
        letters.send(asked(edition)[0], by=chair, seen=0)
        letters.drop(asked(edition)[1], by=chair, seen=0)
        late, second = due - datetime.timedelta(days=1), datetime.timedelta(seconds=1)
        assert requests.remind(due - 7 * DAY - second) == 0
        assert requests.remind(late) == 1
        assert asked(edition)[-1].submission == five[0] and asked(edition)[-1].made_by is None
        assert requests.remind(late) == 0
        Letter.objects.filter(pk=asked(edition)[-1].pk).update(state="dropped", made_at=due - 7 * DAY)
        assert requests.remind(due - 5 * DAY) == 0
        assert requests.remind(late) == 1
        assert requests.remind(due) == 0

    def test_nobody_who_has_handed_in(self, five: list[Submission]) -> None:
        edition, chair = five[0].edition, committee(five[0].edition, "chair")
        set_date(edition, DateKind.CAMERA_READY, 20)
        requests.write(edition, {five[0].pk}, by=chair)
        letters.send(asked(edition)[0], by=chair, seen=0)
        make_final_paper(five[0], state="waiting", content=b"%PDF-")
        assert requests.remind(timezone.now() + 15 * DAY) == 0
