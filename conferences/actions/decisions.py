"""What the chairs decide. A decision waits with its letter in the outbox and takes effect when the letter leaves."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions import letters
from conferences.actions.common import require
from conferences.letters import Wording
from conferences.models import Advice, Decision, Letter, LetterKind, Review, Submission
from conferences.queries.letters import Wordings
from conferences.queries.values import comments_for_authors, for_decision
from conferences.rules.committee import may_decide
from conferences.states import AssignmentState, LetterState, SubmissionState
from publications.states import IllegalTransition


def words_of(decision: Decision, wordings: Wordings, reviews: list[Review]) -> Wording:
    """The letter as it would go out: for the preview and for the outbox alike."""
    language = decision.submission.submitter.language
    values = for_decision(decision, comments_for_authors(reviews, language))
    return letters.written(wordings.get(LetterKind.DECISION, decision.outcome, language), values)


def reviews_of(submissions: Iterable[Submission]) -> dict[int, list[Review]]:
    """Those handed over in the running round, in the order of their numbers; one statement."""
    chosen = {submission.pk: submission for submission in submissions}
    found: dict[int, list[Review]] = {pk: [] for pk in chosen}
    rows = Review.objects.filter(assignment__submission__in=chosen, assignment__state=AssignmentState.REVIEWED)
    for review in rows.select_related("assignment").order_by("assignment__pk"):
        if review.assignment.round == chosen[review.assignment.submission_id].round:
            found[review.assignment.submission_id].append(review)
    return found


@transaction.atomic
def decide(submission: Submission, outcome: str, note: str, *, by: User, round_seen: int) -> Decision:
    """Again, as long as its letter has not left: the letter is written anew. `round_seen`: what the chair has read."""
    fresh = Submission.objects.select_for_update().get(pk=submission.pk)
    require(may_decide(by, fresh))
    if fresh.state != SubmissionState.SUBMITTED or fresh.round != round_seen:
        raise IllegalTransition(fresh, fresh.state, outcome)
    decision = Decision.objects.filter(submission=fresh, round=fresh.round).first()
    if decision is not None and decision.released_at is not None:
        raise IllegalTransition(fresh, fresh.state, outcome)
    decision = decision or Decision(submission=fresh, round=fresh.round)
    decision.outcome, decision.note, decision.by, decision.at = Advice(outcome), note.strip(), by, timezone.now()
    decision.save()
    letters.overtaken(decision.letters.all())
    _write(decision, by)
    log(by, "decision.made", decision)  # what it is stays between the chairs until its letter leaves
    return decision


def _write(decision: Decision, by: User) -> Letter:
    submission = decision.submission
    author = submission.submitter
    return letters.draft(
        submission.edition,
        LetterKind.DECISION,
        words_of(decision, Wordings(submission.edition), reviews_of([submission])[submission.pk]),
        email=author.email,
        name=author.name,
        language=author.language,
        submission=submission,
        decision=decision,
        made_by=by,
    )


def decide_several(
    chosen: Iterable[tuple[Submission, int]], outcome: str, note: str, *, by: User
) -> tuple[list[Decision], list[Submission]]:
    """Each in a transaction of its own; returns also what could not be decided."""
    done, left = [], []
    for submission, round_seen in chosen:
        try:
            done.append(decide(submission, outcome, note, by=by, round_seen=round_seen))
        except IllegalTransition:
            left.append(submission)
    return done, left


@transaction.atomic
def take_back(decision: Decision, *, by: User) -> None:
    """As long as its letter has not left."""
    fresh = Decision.objects.select_for_update().get(pk=decision.pk)
    require(may_decide(by, fresh.submission))
    if fresh.released_at is not None:
        raise IllegalTransition(fresh, "released", "taken back")
    letters.overtaken(fresh.letters.all())
    Letter.objects.filter(decision=fresh, state=LetterState.DROPPED).update(decision=None)
    log(by, "decision.taken_back", fresh)
    fresh.delete()
