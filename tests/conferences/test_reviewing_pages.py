"""Pages of reviewers and chairs: who sees what, what a conflict hides, what blinding hides, how many statements."""

import datetime
import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.mail import deliver_text
from conferences.actions import assignments, decisions, reminders, reviews
from conferences.models import Answer, Assignment, Conflict, ConflictKind, Letter, LetterKind, Review
from conferences.queries.values import token_of
from conferences.states import AssignmentState, LetterState, ReviewerState
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_file, make_submission, make_track
from tests.factories.publications import PDF
from tests.factories.reviewing import (
    REVIEW,
    chair,
    give_review,
    letter_of,
    make_assignment,
    make_review_round,
    make_reviewer,
    send,
)

pytestmark = pytest.mark.django_db
TOKEN = "Zyxomma77"  # stands nowhere else
SECRET = "SangatRahasia42"


def client_of(user: Any) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def body(response: Any) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return f"{response.headers}\n{content.decode('utf-8', 'replace')}"


def reviewer_paths(assignment: Assignment) -> list[str]:
    pk = assignment.pk
    return [
        reverse("conferences:reviews"),
        reverse("conferences:assignment", args=[pk]),
        reverse("conferences:review_file", args=[pk, "anonymous"]),
        reverse("conferences:review_file", args=[pk, "answer"]),
        reverse("conferences:review_file", args=[pk, "full"]),
    ]


def desk_paths(assignment: Assignment, letter: Letter) -> tuple[list[str], list[str]]:
    """Pages of the edition, and pages of the submission."""
    slug, number = assignment.submission.edition.slug, assignment.submission.number
    names = ["desk_reviewers", "desk_assignment", "desk_progress", "desk_outbox", "desk_rubrics", "desk_wordings"]
    return (
        [reverse(f"conferences:{name}", args=[slug]) for name in names],
        [
            reverse("conferences:desk_review", args=[slug, number]),
            reverse("conferences:desk_letter", args=[slug, letter.pk]),
        ],
    )


def desk_posts(assignment: Assignment, letter: Letter) -> list[str]:
    slug, number = assignment.submission.edition.slug, assignment.submission.number
    one = [("add_assignment", number), ("discuss", number), ("enter_conflict", number), ("take_decision_back", number)]
    two = [("discard_assignment", assignment.pk), ("cancel_assignment", assignment.pk)]
    three = [("extend_assignment", assignment.pk), ("send_letter", letter.pk), ("drop_letter", letter.pk)]
    return [reverse(f"conferences:{name}", args=[slug, key]) for name, key in (*one, *two, *three)]


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """All that any logger says, down to the statements."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def send_mails() -> None:
    for waiting in DBTaskResult.objects.ready():
        if waiting.task_path == deliver_text.module_path:
            deliver_text.func(*waiting.args_kwargs["args"])


def pdf_with(text: str) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Author"] = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def marked_submission(track: Any) -> Any:
    """The token wherever an author can be told by it; the anonymous file is as the checker leaves it."""
    author = make_user(f"{TOKEN.lower()}@contoh.id", name=f"Sri {TOKEN}")
    submission = make_submission(
        track,
        by=author,
        authors=[
            {"given_name": "Sri", "family_name": TOKEN, "email": author.email, "affiliation_name": f"Univ {TOKEN}"}
        ],
        note=f"Dari {TOKEN}",
    )
    make_file(submission, "anonymous", original_name=f"{TOKEN}.pdf", content=PDF)
    make_file(submission, "answer", original_name=f"jawaban-{TOKEN}.pdf", content=PDF + b"%")
    make_file(submission, "full", original_name=f"{TOKEN}-lengkap.pdf", content=pdf_with(TOKEN))
    question = track.edition.questions.create(label_id="Pernah terbit?", for_reviewers=True)
    private = track.edition.questions.create(label_id="Siapa promotor?", for_reviewers=False)
    Answer.objects.create(submission=submission, question=question, value="Belum pernah.")
    Answer.objects.create(submission=submission, question=private, value=TOKEN)
    return submission


def visit_everything(assignment: Assignment) -> str:
    """All that a reviewer gets at all, joined: pages in both languages, files, mails, answers of every form."""
    client, found = client_of(assignment.reviewer.user), []
    token = reverse("conferences:reviewer_invitation", args=[token_of(assignment.reviewer)])
    paths = [*reviewer_paths(assignment), token, reverse("account"), reverse("account_data"), "/cari/?q=" + "perawatan"]
    for path in paths:
        found += [body(client.get(prefix + path)) for prefix in ("", "/en") if not path.startswith("/en")]
    data = {"to_authors": "Baik.", "revision": "0"}
    save = reverse("conferences:save_review", args=[assignment.pk])
    found.append(body(client.post(save, {**data, "revision": "99"}, headers={"accept": "application/json"})))
    found.append(body(client.post(save, {**data, "hand_over": "1"})))
    return "\n".join(found)


class TestAnonymity:
    @pytest.mark.parametrize("state", [AssignmentState.SENT, AssignmentState.ACCEPTED, AssignmentState.REVIEWED])
    def test_a_reviewer_learns_nothing_of_the_authors(self, state: str, logged: io.StringIO) -> None:
        edition, track, _none = make_review_round(0)
        submission = marked_submission(track)
        reviewer = make_reviewer(edition)
        assignments.propose(edition, by=chair(edition))
        assignments.write_letters(edition, edition.dates.get(kind="reviews_due").at, by=chair(edition))
        send(letter_of(LetterKind.ASSIGNMENT))
        assignment = Assignment.objects.get(submission=submission, reviewer=reviewer)
        if state != AssignmentState.SENT:
            reviews.accept(assignment, by=reviewer.user)
            assignment.refresh_from_db()
        if state == AssignmentState.REVIEWED:
            give_review(assignment)
            make_assignment(submission, AssignmentState.REVIEWED)
            reviews.remark(submission, "Setuju?", by=chair(edition))
        else:
            reminders.remind(assignment.due_at)
            send(letter_of(LetterKind.REMINDER))
        send_mails()
        assert len(mail.outbox) >= 1
        mails = "\n".join(str(message.message()) for message in mail.outbox)
        seen = visit_everything(assignment)
        for text in (seen, mails, logged.getvalue()):
            assert TOKEN.lower() not in text.lower()
        assert ("Belum pernah." in seen) == (state != AssignmentState.SENT)

    def test_files_and_answers_only_once_it_is_taken_on(self) -> None:
        edition, track, _none = make_review_round(0)
        assignment = make_assignment(marked_submission(track), AssignmentState.SENT)
        page, *files = reviewer_paths(assignment)[1:]
        client = client_of(assignment.reviewer.user)
        assert "Penelitian ini menilai" in body(client.get(page))
        assert "berkas" not in client.get(page).content.decode()
        assert [client.get(path).status_code for path in files] == [404, 404, 404]
        client.post(reverse("conferences:accept_assignment", args=[assignment.pk]))
        assert [client.get(path).status_code for path in files] == [200, 200, 404]
        assert TOKEN not in client.get(files[0]).headers["Content-Disposition"]
        assert edition

    def test_single_blind_shows_authors_and_the_full_file_in_its_round_alone(self) -> None:
        _edition, track, _none = make_review_round(0, first_blinding="double", revision_blinding="single")
        submission = marked_submission(track)
        first = make_assignment(submission, AssignmentState.ACCEPTED)
        full = reviewer_paths(first)[-1]
        assert client_of(first.reviewer.user).get(full).status_code == 404
        submission.round = 2
        submission.save()
        second = make_assignment(submission, AssignmentState.ACCEPTED)
        client = client_of(second.reviewer.user)
        assert TOKEN in body(client.get(reviewer_paths(second)[1]))
        assert client.get(reviewer_paths(second)[-1]).status_code == 200

    def test_authors_and_other_reviewers_never_read_who_reviewed(self) -> None:
        edition, _track, (submission,) = make_review_round()
        one, two = (make_assignment(submission, AssignmentState.REVIEWED) for _ in range(2))
        reviews.remark(submission, "Saya setuju.", by=two.reviewer.user)
        page = body(client_of(one.reviewer.user).get(reviewer_paths(one)[1]))
        assert "Penelaah 2" in page
        assert "Saya setuju." in page
        assert two.reviewer.name not in page
        assert "Rahasia panitia." in page  # one's own
        assert page.count("Rahasia panitia.") == 1
        decisions.decide(submission, "revise", "", by=chair(edition), round_seen=1)
        send(letter_of(LetterKind.DECISION))
        send_mails()
        mails = "\n".join(str(message.message()) for message in mail.outbox)
        author = client_of(submission.submitter)
        own = body(author.get(reverse("conferences:submission", args=[edition.slug, submission.pk])))
        for assignment in (one, two):
            for secret in (assignment.reviewer.name, assignment.reviewer.email):
                assert secret not in mails
                assert secret not in own
                assert secret not in body(author.get(reverse("account_data")))


def conflicted_people(submission: Any) -> dict[str, Any]:
    """Chairs and an administrator who must see nothing of this one paper."""
    edition = submission.edition
    people = {
        "author by account": make_user("ketua1@contoh.id"),
        "author by address": make_user("ketua2@contoh.id"),
        "author by another address": make_user("ketua3@contoh.id"),
        "author by orcid": make_user("ketua4@contoh.id"),
        "declared": make_user("ketua5@contoh.id"),
        "named": make_user("ketua6@contoh.id"),
        "administrator": make_user("ketua7@contoh.id", "administrator"),
        "track chair": make_user("ketua8@contoh.id"),
    }
    for who, user in people.items():
        role = "track_chair" if who == "track chair" else "programme_chair"
        committee(edition, role, user=user, tracks=[submission.track] if role == "track_chair" else [])
    submission.submitter = people["author by account"]
    submission.save()
    people["author by another address"].emailaddress_set.create(email="lain3@contoh.id", verified=True)
    person = people["author by orcid"].person
    person.orcid = "0000-0002-1825-0097"
    person.save()
    submission.authors.all().delete()
    rows = [{"email": "KETUA2@contoh.id"}, {"email": "Lain3@contoh.id"}, {"orcid": person.orcid}]
    for position, row in enumerate(rows, 1):
        submission.authors.create(position=position, family_name="Wardani", **row)
    for who, kind in (("declared", ConflictKind.DECLARED), ("track chair", ConflictKind.SAME_ORGANISATION)):
        Conflict.objects.create(submission=submission, user=people[who], kind=kind)
    for who in ("named", "administrator"):
        Conflict.objects.create(submission=submission, email=people[who].email, kind=ConflictKind.NAMED)
    return people


WHO = [
    "author by account", "author by address", "author by another address", "author by orcid", "declared", "named",
    "administrator", "track chair",
]  # fmt: skip


class TestConflictOfInterest:
    @pytest.mark.parametrize("who", WHO)
    def test_a_chair_sees_nothing_of_her_own_papers_review(self, who: str) -> None:
        edition, track, (submission, other) = make_review_round(2, each=3)
        user = conflicted_people(submission)[who]
        user.refresh_from_db()
        secret_one = make_reviewer(edition, name=f"Dr {SECRET}")
        done = make_assignment(submission, AssignmentState.ACCEPTED, reviewer=secret_one)
        give_review(done, to_authors=f"Lemah {SECRET}", to_committee=SECRET, points=1)
        late = make_assignment(submission, AssignmentState.ACCEPTED, due=-3)
        make_assignment(submission, AssignmentState.PROPOSED)
        reviews.remark(submission, f"Tolak {SECRET}", by=chair(edition))
        reminders.remind()
        decisions.decide(submission, "reject", SECRET, by=chair(edition), round_seen=1)
        letter = letter_of(LetterKind.DECISION)
        pages, own = desk_paths(done, letter)
        client = client_of(user)
        for prefix in ("", "/en"):
            for path in own:
                assert client.get(prefix + path).status_code in (403, 404), path
            for path in pages:
                answer = client.get(prefix + path)
                text = body(answer)
                if "penelaah" not in path:  # who reviews for the edition is no secret; what they review is
                    assert SECRET not in text, path
                assert f"/telaah/{submission.number}/" not in text
        before = list(Assignment.objects.values_list("pk", "state", "due_at"))
        for path in desk_posts(done, letter) + desk_posts(late, letter):
            answer = client.post(path, {"text": "x", "revision": "0", "due_on": "2099-01-01", "conflict-note": "x"})
            assert answer.status_code in (403, 404), path
        data = {"outcome": "talk", "note": "", "chosen": f"{submission.pk}:1"}
        for name in ("preview_decisions", "decide"):
            answer = client.post(reverse(f"conferences:{name}", args=[edition.slug]), data)
            assert answer.status_code == (403 if who == "track chair" else 422)
            assert SECRET not in body(answer)
        client.post(reverse("conferences:send_letters", args=[edition.slug]), {"letter": f"{letter.pk}:0"})
        letter.refresh_from_db()
        assert letter.state == LetterState.WAITING
        assert list(Assignment.objects.values_list("pk", "state", "due_at")) == before
        if who != "track chair":
            assert client.get(reverse("conferences:desk_review", args=[edition.slug, other.number])).status_code == 200
        assert track

    def test_counts_do_not_leak(self) -> None:
        """Every number on every list is the same with and without reviews of the paper in conflict."""
        edition, _track, (submission, other) = make_review_round(2, each=3)
        user = committee(edition, "programme_chair", user=make_user("ketua@contoh.id"))
        make_assignment(other, AssignmentState.REVIEWED)
        reviewer = make_reviewer(edition)
        Conflict.objects.create(submission=submission, user=user, kind=ConflictKind.DECLARED)
        names = ("desk_reviewers", "desk_assignment", "desk_progress", "desk_outbox")
        paths = [reverse(f"conferences:{name}", args=[edition.slug]) for name in names]

        def numbers() -> list[str]:
            client = client_of(user)
            pages = [client.get(path).content.decode() for path in paths]
            return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce-[\w=+/-]+', "", page) for page in pages]

        before = numbers()
        make_assignment(submission, AssignmentState.REVIEWED, reviewer=reviewer)
        make_assignment(submission, AssignmentState.ACCEPTED, reviewer=make_assignment(other).reviewer, due=-3)
        Assignment.objects.filter(submission=other, state=AssignmentState.SENT).delete()
        reminders.remind()
        decisions.decide(submission, "talk", "", by=chair(edition), round_seen=1)
        after = numbers()
        assert after[1:] == before[1:]
        rows = zip(*(re.findall(r"\d+ terbuka|\d+ open", page) for page in (before[0], after[0])), strict=False)
        assert all(one == two for one, two in rows)

    def test_a_reviewer_loses_sight_when_a_conflict_comes_to_light(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.REVIEWED)
        make_file(submission)
        user = assignment.reviewer.user
        Conflict.objects.create(submission=submission, email=user.email.upper(), kind=ConflictKind.NAMED)
        client = client_of(user)
        codes = [client.get(path).status_code for path in reviewer_paths(assignment)]
        assert codes == [200, 404, 404, 404, 404]
        assert str(submission.title) not in body(client.get(reviewer_paths(assignment)[0]))

    def test_declared_in_the_browser(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.ACCEPTED)
        client = client_of(assignment.reviewer.user)
        path = reverse("conferences:declare_conflict", args=[assignment.pk])
        assert client.post(path, {"conflict-reason": " "}).status_code == 422
        assert client.post(path, {"conflict-reason": "Kakak saya."}).status_code == 302
        assignment.refresh_from_db()
        assert assignment.state == AssignmentState.DECLINED
        assert Conflict.objects.get().kind == ConflictKind.DECLARED


ROLES = [
    None, "stranger", "administrator", "author", "reviewer", "other_reviewer", "chair", "programme_chair", "secretary",
    "track_chair", "other_track_chair", "registration", "editor", "steering", "member",
]  # fmt: skip
PROGRAMME = {"administrator", "chair", "programme_chair"}
LED = PROGRAMME | {"track_chair"}
OUTBOX = PROGRAMME | {"secretary"}
READS: dict[str, set[str]] = {
    "desk_reviewers": PROGRAMME,
    "desk_assignment": PROGRAMME,
    "desk_rubrics": PROGRAMME,
    "desk_wordings": PROGRAMME,
    "desk_progress": LED | {"other_track_chair"},
    "desk_review": LED,
    "desk_outbox": OUTBOX,
    "desk_letter": OUTBOX,
    "assignment": {"reviewer"},
    "review_file": {"reviewer"},
}
WRITES: dict[str, set[str]] = {
    "desk_reviewers": PROGRAMME,
    "desk_reviewer_tracks": PROGRAMME,
    "remove_reviewer": PROGRAMME,
    "invite_again": PROGRAMME,
    "propose_assignments": PROGRAMME,
    "write_assignment_letters": PROGRAMME,
    "usual_rubric": PROGRAMME,
    "add_criterion": PROGRAMME,
    "edit_criterion": PROGRAMME,
    "delete_criterion": PROGRAMME,
    "discard_assignment": PROGRAMME,
    "cancel_assignment": LED,
    "extend_assignment": LED,
    "add_assignment": LED,
    "discuss": LED,
    "enter_conflict": LED,
    "take_conflict_back": LED,
    "take_decision_back": LED,
    "preview_decisions": PROGRAMME,
    "decide": PROGRAMME,
    "send_letters": OUTBOX,
    "send_letter": OUTBOX,
    "drop_letter": OUTBOX,
    "desk_letter": OUTBOX,
    "desk_wording": PROGRAMME,
    "accept_assignment": {"reviewer"},
    "decline_assignment": {"reviewer"},
    "declare_conflict": {"reviewer"},
    "save_review": {"reviewer"},
    "discuss_as_reviewer": {"reviewer"},
}


class TestRoles:
    def place(self) -> dict[str, Any]:
        edition, track, (submission, other) = make_review_round(2)
        assignment = make_assignment(submission, AssignmentState.ACCEPTED)
        make_file(submission)
        conflict = Conflict.objects.create(submission=submission, email="x@contoh.id", kind=ConflictKind.FOUND)
        elsewhere = make_assignment(other, AssignmentState.ACCEPTED)
        reminders.remind(assignment.due_at)
        slug, number = edition.slug, submission.number
        letter = letter_of(LetterKind.REMINDER, submission=submission)
        args: dict[str, list[Any]] = dict.fromkeys((*READS, *WRITES), [slug])
        args |= dict.fromkeys(("desk_review", "add_assignment", "discuss", "enter_conflict"), [slug, number])
        args |= {"take_decision_back": [slug, number], "take_conflict_back": [slug, number, conflict.pk]}
        args |= dict.fromkeys(("discard_assignment", "cancel_assignment", "extend_assignment"), [slug, assignment.pk])
        args |= dict.fromkeys(("send_letter", "drop_letter", "desk_letter"), [slug, letter.pk])
        args |= dict.fromkeys(
            ("assignment", "accept_assignment", "decline_assignment", "declare_conflict", "save_review"),
            [assignment.pk],
        )
        args |= {"discuss_as_reviewer": [assignment.pk], "review_file": [assignment.pk, "anonymous"]}
        who = ("remove_reviewer", "invite_again", "desk_reviewer_tracks")
        args |= dict.fromkeys(who, [slug, assignment.reviewer.pk])
        line = track.criteria.first()
        args |= {"usual_rubric": [slug, track.pk], "add_criterion": [slug, track.pk]}
        args |= dict.fromkeys(("edit_criterion", "delete_criterion"), [slug, track.pk, line.pk])
        args |= {"desk_wording": [slug, "reminder", "id"]}
        return {"edition": edition, "assignment": assignment, "other": elsewhere, "args": args, "track": track}

    def user(self, role: str | None, place: dict[str, Any]) -> Any:
        edition = place["edition"]
        match role:
            case None:
                return None
            case "stranger" | "administrator":
                return make_user(f"{role}@contoh.id", "administrator" if role == "administrator" else "curator")
            case "author":
                return place["assignment"].submission.submitter
            case "reviewer":
                return place["assignment"].reviewer.user
            case "other_reviewer":
                return place["other"].reviewer.user
            case "other_track_chair":
                return committee(edition, "track_chair", tracks=[make_track(edition)])
            case "track_chair":
                return committee(edition, role, tracks=[place["track"]])
        return committee(edition, role)

    @pytest.mark.parametrize("role", ROLES)
    def test_every_page(self, role: str | None) -> None:
        place = self.place()
        client = client_of(self.user(role, place))
        for name, allowed in READS.items():
            status = client.get(reverse(f"conferences:{name}", args=place["args"][name])).status_code
            self.judge(role, name, status, allowed)
        for name in ("reviews",):
            assert client.get(reverse(f"conferences:{name}")).status_code == (302 if role is None else 200)

    @pytest.mark.parametrize("role", ROLES)
    def test_every_change(self, role: str | None) -> None:
        place = self.place()
        client = client_of(self.user(role, place))
        for name, allowed in WRITES.items():
            path = reverse(f"conferences:{name}", args=place["args"][name])
            if name not in READS and name not in ("desk_reviewer_tracks", "add_criterion", "edit_criterion"):
                assert name == "desk_wording" or client.get(path).status_code in (302, 405), name
            status = client.post(path, {}).status_code  # nothing given: refused, or a form with errors, never 500
            self.judge(role, name, status, allowed)

    def judge(self, role: str | None, name: str, status: int, allowed: set[str]) -> None:
        if role is None:
            assert status == 302, name
        elif role in allowed:
            assert status in (200, 302, 404, 422), (name, status)
        else:
            assert status in (403, 404), (name, status)


class TestInvitation:
    def test_answered_by_its_link(self) -> None:
        edition, _track, _none = make_review_round(0)
        invited = make_reviewer(edition, ReviewerState.INVITED)
        path = reverse("conferences:reviewer_invitation", args=[token_of(invited)])
        assert client_of(None).get(path).status_code == 302
        account = make_user("calon@contoh.id")
        client = client_of(account)
        page = client.get(path)
        assert page.status_code == 200
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert client.post(path, {"most": "0"}).status_code == 422
        assert client.post(path, {"most": "4", "accept": "1"}).status_code == 302
        invited.refresh_from_db()
        assert (invited.user, invited.most) == (account, 4)
        other = client_of(make_user("lain@contoh.id"))
        assert other.get(path).status_code == 403
        assert other.post(path, {"most": "4"}).status_code == 403

    def test_forged_links_open_nothing(self) -> None:
        client = client_of(make_user())
        invited = make_reviewer(make_edition(), ReviewerState.INVITED)
        good = token_of(invited)
        for token in ("x", good[:-1], f"{good}x", good.replace(":", "", 1)):
            assert client.get(reverse("conferences:reviewer_invitation", args=[token])).status_code == 404
        invited.email = "pindah@contoh.id"
        invited.save()
        assert client.get(reverse("conferences:reviewer_invitation", args=[good])).status_code == 404

    @pytest.mark.parametrize(
        ("pasted", "found"),
        [
            ("Dr. Ani <ANI@contoh.id>", [("ani@contoh.id", "Dr. Ani", "id")]),
            ("Ani,ani@contoh.id,en\nani@contoh.id", [("ani@contoh.id", "ani@contoh.id", "id")]),
            ('"Wibowo, Budi";budi@contoh.id;EN', [("budi@contoh.id", "Wibowo, Budi", "en")]),
            ("Cici\tcici@contoh.id", [("cici@contoh.id", "Cici", "id")]),
        ],
    )
    def test_pasted_people(self, pasted: str, found: list[Any]) -> None:
        edition, track, _none = make_review_round(0)
        path = reverse("conferences:desk_reviewers", args=[edition.slug])
        data = {"people": pasted, "tracks": [track.pk], "language": "id"}
        assert client_of(chair(edition)).post(path, data).status_code == 302
        assert list(edition.reviewers.values_list("email", "name", "language")) == found
        assert Letter.objects.count() == len(found)

    @pytest.mark.parametrize("pasted", ["tanpa alamat", "a@b", "<>", ",,,", "x@contoh.id\nbukan"])
    def test_bad_lines_invite_nobody(self, pasted: str) -> None:
        edition, track, _none = make_review_round(0)
        path = reverse("conferences:desk_reviewers", args=[edition.slug])
        data = {"people": pasted, "tracks": [track.pk], "language": "id"}
        assert client_of(chair(edition)).post(path, data).status_code == 422
        assert not edition.reviewers.exists()


class TestReviewPage:
    def test_saved_by_script_and_handed_over_by_button(self) -> None:
        _edition, track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.ACCEPTED)
        client, path = client_of(assignment.reviewer.user), reverse("conferences:save_review", args=[assignment.pk])
        json = {"accept": "application/json"}
        first = client.post(path, {"to_authors": "Baru.", "revision": "0"}, headers=json).json()
        assert first["revision"] == 1
        assert client.post(path, {"to_authors": "Lama.", "revision": "0"}, headers=json).status_code == 409
        unfinished = client.post(path, {"to_authors": "Baru.", "revision": "1", "hand_over": "1"})
        assert unfinished.status_code == 422
        assert "Baru." in body(unfinished)
        points = {f"criterion_{line.pk}": "5" for line in track.criteria.all()}
        data = {**REVIEW, **points, "revision": str(Review.objects.get().revision), "hand_over": "1"}
        assert client.post(path, data).status_code == 302
        assignment.refresh_from_db()
        assert assignment.state == AssignmentState.REVIEWED
        wrong = {**data, "confidence": "9", "advice": "<b>", next(iter(points)): "77"}
        assert client.post(path, {**wrong, "revision": ""}).status_code in (302, 422)
        review = Review.objects.get()
        assert (review.confidence, review.advice) == (4, "talk")

    def test_too_late_is_said(self) -> None:
        _edition, _track, (submission,) = make_review_round()
        assignment = make_assignment(submission, AssignmentState.ACCEPTED, due=-1)
        client = client_of(assignment.reviewer.user)
        path = reverse("conferences:save_review", args=[assignment.pk])
        assert client.post(path, {"to_authors": "x"}).status_code == 409
        assert not Review.objects.exists()
        assert 'name="to_authors"' not in body(client.get(reverse("conferences:assignment", args=[assignment.pk])))

    def test_what_people_type_is_escaped(self) -> None:
        edition, track, _none = make_review_round(0)
        submission = make_submission(track, title_id="<script>alert(1)</script>{name}")
        done = make_assignment(submission, AssignmentState.ACCEPTED)
        give_review(done, to_authors="<img src=x onerror=alert(1)>")
        client, slug = client_of(chair(edition)), edition.slug
        data = {"outcome": "talk", "note": "<b>tebal</b>", "chosen": f"{submission.pk}:1"}
        pages = [
            client.post(reverse("conferences:preview_decisions", args=[slug]), data),
            client.get(reverse("conferences:desk_review", args=[slug, submission.number])),
        ]
        client.post(reverse("conferences:decide", args=[slug]), data)
        pages.append(client.get(reverse("conferences:desk_outbox", args=[slug])))
        for page in pages:
            text = body(page)
            assert page.status_code == 200
            for raw in ("<script>alert", "<img src=x", "<b>tebal"):
                assert raw not in text
        assert "{name}" in letter_of(LetterKind.DECISION).body


def test_ones_reviews_are_in_the_copy_of_ones_data() -> None:
    _edition, _track, (submission,) = make_review_round()
    assignment = make_assignment(submission, AssignmentState.REVIEWED)
    copy = body(client_of(assignment.reviewer.user).get(reverse("account_data")))
    for text in (REVIEW["to_authors"], REVIEW["to_committee"]):
        assert text in copy
    assert REVIEW["to_committee"] not in body(client_of(submission.submitter).get(reverse("account_data")))


class TestDesk:
    def test_the_whole_way_in_the_browser(self) -> None:
        edition, _track, submissions = make_review_round(2, each=1)
        make_reviewer(edition)
        client, slug = client_of(chair(edition)), edition.slug
        planned = client.post(reverse("conferences:propose_assignments", args=[slug]))
        assert planned.status_code == 200
        due = (datetime.date.today() + datetime.timedelta(days=9)).isoformat()  # noqa: DTZ011
        client.post(reverse("conferences:write_assignment_letters", args=[slug]), {"due_on": due})
        chosen = [f"{pk}:0" for pk in Letter.objects.values_list("pk", flat=True)]
        client.post(reverse("conferences:send_letters", args=[slug]), {"letter": chosen})
        assert set(Assignment.objects.values_list("state", flat=True)) == {AssignmentState.SENT}
        moments = {row.due_at.astimezone(edition.tz).strftime("%H:%M") for row in Assignment.objects.all()}
        assert moments == {"23:59"}
        data = {"outcome": "poster", "note": "", "chosen": [f"{one.pk}:1" for one in submissions]}
        preview = body(client.post(reverse("conferences:preview_decisions", args=[slug]), data))
        for submission in submissions:
            assert str(submission.title) in preview
        assert not Letter.objects.filter(kind=LetterKind.DECISION).exists()
        client.post(reverse("conferences:decide", args=[slug]), data)
        assert Letter.objects.filter(kind=LetterKind.DECISION, state=LetterState.WAITING).count() == 2

    def test_own_wording_refuses_unknown_fields(self) -> None:
        edition, _track, _none = make_review_round(0)
        client = client_of(chair(edition))
        path = reverse("conferences:desk_wording", args=[edition.slug, "decision", "talk", "en"])
        assert client.get(path).status_code == 200
        assert client.post(path, {"subject": "{title}", "body": "{password}"}).status_code == 422
        assert client.post(path, {"subject": "", "body": "x"}).status_code == 422
        assert client.post(path, {"subject": "{title}", "body": "{comments}"}).status_code == 302
        for kind, language in (("decision", "id"), ("reminder", "fr"), ("nothing", "id")):
            path = f"/panitia/{edition.slug}/surat/teks/{kind}/{language}/"
            assert client.get(path).status_code == 404

    def test_rubrics(self) -> None:
        edition = make_edition()
        track, client = make_track(edition), client_of(chair(edition))
        client.post(reverse("conferences:usual_rubric", args=[edition.slug, track.pk]))
        assert track.criteria.count() == 5
        path = reverse("conferences:add_criterion", args=[edition.slug, track.pk])
        line = {"label_id": "Etika", "weight": "2", "anchors_id": "a\nb\nc\nd"}
        assert client.post(path, line).status_code == 422
        assert client.post(path, {**line, "anchors_id": "a\nb\nc\nd\ne"}).status_code == 302
        made = track.criteria.get(label_id="Etika")
        client.post(reverse("conferences:delete_criterion", args=[edition.slug, track.pk, made.pk]))
        assert track.criteria.count() == 5

    @pytest.mark.parametrize("chosen", ["", "x", "1", "1:x", "99999999999:1", "0:0"])
    def test_nonsense_decides_nothing(self, chosen: str) -> None:
        edition, _track, _submissions = make_review_round(1)
        client = client_of(chair(edition))
        data = {"outcome": "talk", "chosen": chosen}
        for name in ("preview_decisions", "decide"):
            assert client.post(reverse(f"conferences:{name}", args=[edition.slug]), data).status_code == 422


LISTS = ["desk_reviewers", "desk_assignment", "desk_progress", "desk_outbox", "desk_rubrics"]


class TestStatements:
    def fill(self, edition: Any, track: Any, count: int) -> None:
        for _ in range(count):
            submission = make_submission(track)
            make_assignment(submission, AssignmentState.REVIEWED)
            make_assignment(submission, AssignmentState.ACCEPTED, due=-3)
            make_assignment(submission, AssignmentState.PROPOSED)
        reminders.remind()

    def statements(self, user: Any, path: str) -> int:
        client = client_of(user)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    @pytest.mark.parametrize("name", LISTS)
    def test_desk_lists(self, name: str) -> None:
        edition, track, _none = make_review_round(0)
        path = reverse(f"conferences:{name}", args=[edition.slug])
        self.fill(edition, track, 1)
        one = self.statements(chair(edition), path)
        self.fill(edition, track, 2)
        assert self.statements(chair(edition), path) == one

    def test_one_submission_with_one_and_three_reviews(self) -> None:
        edition, _track, (submission,) = make_review_round()
        path = reverse("conferences:desk_review", args=[edition.slug, submission.number])
        make_assignment(submission, AssignmentState.REVIEWED)
        one = self.statements(chair(edition), path)
        for _ in range(2):
            make_assignment(submission, AssignmentState.REVIEWED)
        assert self.statements(chair(edition), path) == one

    def test_my_reviews(self) -> None:
        edition, _track, submissions = make_review_round(3)
        reviewer = make_reviewer(edition)
        path = reverse("conferences:reviews")
        make_assignment(submissions[0], reviewer=reviewer)
        one = self.statements(reviewer.user, path)
        for submission in submissions[1:]:
            make_assignment(submission, reviewer=reviewer)
        assert self.statements(reviewer.user, path) == one

    def test_a_plan_and_conflicts(self) -> None:
        edition, track, _none = make_review_round(0)

        def count() -> int:
            with CaptureQueriesContext(connection) as captured:
                assignments.propose(edition, by=chair(edition))
            return len(captured)

        for _ in range(2):
            make_reviewer(edition)
        make_submission(track)
        count()
        one = count()  # with proposals of the plan before
        for _ in range(3):
            make_submission(track)
            make_reviewer(edition)
        count()
        assert count() == one
