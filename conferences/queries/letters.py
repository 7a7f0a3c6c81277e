"""Letters of the outbox, and the committee's own wording."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from conferences.letters import KINDS, Wording, standard
from conferences.models import Edition, Letter, LetterText, Submission
from conferences.rules.committee import conflicted
from conferences.states import LetterState

WAITING, SENT, DROPPED = "menunggu", "terkirim", "tidak-dikirim"
TABS = {WAITING: LetterState.WAITING, SENT: LetterState.SENT, DROPPED: LetterState.DROPPED}


class Wordings:
    """The wording of an edition, read once: its own where there is one, else ours."""

    def __init__(self, edition: Edition) -> None:
        rows = LetterText.objects.filter(edition=edition)
        self.own = {(row.kind, row.variant, row.language): Wording(row.subject, row.body) for row in rows}

    def get(self, kind: str, variant: str, language: str) -> Wording:
        return self.own.get((kind, variant, language)) or standard(kind, variant, language)

    def is_own(self, kind: str, variant: str, language: str) -> bool:
        return (kind, variant, language) in self.own


def hidden_submissions(user: User, edition: Edition) -> set[int]:
    """What somebody must not see the review of, among all of an edition; three statements."""
    return conflicted(user, Submission.objects.filter(edition=edition).only("pk"))


def letters_of(edition: Edition, user: User, tab: str) -> "QuerySet[Letter]":
    """Without those about submissions that the reader is in conflict with: neither shown nor counted."""
    rows = _visible(edition, user).filter(state=TABS[tab])
    return rows.select_related("submission", "reviewer", "sent_by").order_by("-made_at", "-pk")


def _visible(edition: Edition, user: User) -> "QuerySet[Letter]":
    rows = Letter.objects.filter(edition=edition)
    hidden = hidden_submissions(user, edition)
    return rows.exclude(submission__in=hidden) if hidden else rows


def counts_of(edition: Edition, user: User) -> dict[str, int]:
    states = {name: Count("pk", filter=Q(state=state)) for name, state in TABS.items()}
    named = {name.replace("-", "_"): count for name, count in states.items()}
    return _visible(edition, user).aggregate(**named)


def letter_of(edition: Edition, user: User, pk: int) -> Letter | None:
    rows = _visible(edition, user).select_related("edition", "submission", "assignment", "decision", "reviewer")
    return rows.filter(pk=pk).first()


def every_wording() -> Iterable[tuple[str, str]]:
    return KINDS
