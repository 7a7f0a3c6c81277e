"""What becomes true when a letter leaves, and what does not when it is dropped; within the letter's transaction."""

from django.utils import timezone

from accounts.models import User
from conferences.actions import moving
from conferences.models import Assignment, Decision, Letter, LetterKind
from conferences.queries.final_papers import owed
from conferences.rules.reviewing import is_under_review
from conferences.states import OPEN_ASSIGNMENTS, AssignmentState, ReviewerState
from publications.states import IllegalTransition


def take_effect(letter: Letter, by: User) -> None:
    if letter.kind == LetterKind.ASSIGNMENT:
        _send_assignment(letter)
    elif letter.kind == LetterKind.REMINDER:
        _still_open(letter)
    elif letter.kind == LetterKind.REVIEWER_INVITATION:
        _still_invited(letter)
    elif letter.kind == LetterKind.DECISION:
        moving.release(_held_decision(letter), by)
    elif letter.kind == LetterKind.CAMERA_READY:
        _still_owed(letter)


def come_to_nothing(letter: Letter) -> None:
    """A decision whose letter is dropped is none; its reviews may be changed again."""
    decision = Decision.objects.select_for_update().filter(pk=letter.decision_id or 0).first()
    if decision is None:
        return
    letter.decision = None
    letter.save(update_fields=["decision"])
    if decision.released_at is None:
        Letter.objects.filter(decision=decision).update(decision=None)
        decision.delete()


def _held(letter: Letter) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("submission__edition", "reviewer")
    return rows.get(letters=letter)


def _send_assignment(letter: Letter) -> None:
    assignment = _held(letter)
    refused = assignment.reviewer.state in (ReviewerState.DECLINED, ReviewerState.REMOVED)
    is_over = assignment.due_at is None or assignment.due_at <= timezone.now()
    if refused or is_over or not is_under_review(assignment):
        raise IllegalTransition(assignment, assignment.state, AssignmentState.SENT)
    moving.move_assignment(assignment, AssignmentState.SENT, sent_at=timezone.now())


def _still_open(letter: Letter) -> None:
    """Nobody is reminded of what they have done."""
    assignment = _held(letter)
    waits = assignment.state in OPEN_ASSIGNMENTS - {AssignmentState.REVIEWED}
    if not waits or not is_under_review(assignment):
        raise IllegalTransition(assignment, assignment.state, "reminded")


def _still_invited(letter: Letter) -> None:
    reviewer = letter.reviewer
    if reviewer is None or reviewer.state != ReviewerState.INVITED:
        raise IllegalTransition(reviewer, reviewer.state if reviewer else "", ReviewerState.INVITED)


def _still_owed(letter: Letter) -> None:
    """Nobody is asked for what lies there already."""
    submission = letter.submission
    if submission is None or not owed(letter.edition).filter(pk=submission.pk).exists():
        raise IllegalTransition(submission, "", "asked for the final paper")


def _held_decision(letter: Letter) -> Decision:
    decision = Decision.objects.select_for_update().filter(pk=letter.decision_id or 0, released_at=None).first()
    if decision is None:
        raise IllegalTransition(letter, letter.state, "released")
    return decision
