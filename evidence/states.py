"""The states of findings and of what follows from them, and the legal transitions, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FindingState(models.TextChoices):
    """A finding on its way to the public; `checked` is what everybody may read once its output is public."""

    DRAFT = "draft", _("draft")
    PROPOSED = "proposed", _("waiting for a check")
    RETURNED = "returned", _("returned")
    CHECKED = "checked", pgettext_lazy("finding", "checked")
    WITHDRAWN = "withdrawn", _("withdrawn")


FINDING_TRANSITIONS: dict[str, frozenset[str]] = {
    FindingState.DRAFT: frozenset({FindingState.PROPOSED}),
    FindingState.PROPOSED: frozenset({FindingState.RETURNED, FindingState.CHECKED}),
    FindingState.RETURNED: frozenset({FindingState.PROPOSED}),
    FindingState.CHECKED: frozenset({FindingState.WITHDRAWN}),
    FindingState.WITHDRAWN: frozenset({FindingState.CHECKED}),
}
# With whoever enters it: may be edited, proposed and thrown away.
WITH_ENTERER = frozenset({FindingState.DRAFT, FindingState.RETURNED})
EVER_PUBLIC = frozenset({FindingState.CHECKED, FindingState.WITHDRAWN})
RATEABLE = frozenset({FindingState.PROPOSED, FindingState.CHECKED})


class RecommendationState(models.TextChoices):
    """What became of a recommendation, as its addressee says."""

    OPEN = "open", pgettext_lazy("recommendation", "no answer yet")
    NOTED = "noted", pgettext_lazy("recommendation", "noted")
    PLANNED = "planned", pgettext_lazy("recommendation", "planned")
    DONE = "done", pgettext_lazy("recommendation", "done")
    DECLINED = "declined", pgettext_lazy("recommendation", "declined")


# An answer is never taken back to silence; what was planned, done or declined may turn out otherwise.
RECOMMENDATION_TRANSITIONS: dict[str, frozenset[str]] = {
    RecommendationState.OPEN: frozenset(
        {
            RecommendationState.NOTED,
            RecommendationState.PLANNED,
            RecommendationState.DONE,
            RecommendationState.DECLINED,
        }
    ),
    RecommendationState.NOTED: frozenset(
        {RecommendationState.PLANNED, RecommendationState.DONE, RecommendationState.DECLINED}
    ),
    RecommendationState.PLANNED: frozenset({RecommendationState.DONE, RecommendationState.DECLINED}),
    RecommendationState.DONE: frozenset({RecommendationState.PLANNED}),
    RecommendationState.DECLINED: frozenset(
        {RecommendationState.NOTED, RecommendationState.PLANNED, RecommendationState.DONE}
    ),
}


class UseState(models.TextChoices):
    """A report that something used an output; `accepted` is public."""

    REPORTED = "reported", pgettext_lazy("use", "waiting for a curator")
    ACCEPTED = "accepted", pgettext_lazy("use", "accepted")
    DECLINED = "declined", pgettext_lazy("use", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("use", "withdrawn")


USE_TRANSITIONS: dict[str, frozenset[str]] = {
    UseState.REPORTED: frozenset({UseState.ACCEPTED, UseState.DECLINED}),
    UseState.ACCEPTED: frozenset({UseState.WITHDRAWN}),
    UseState.DECLINED: frozenset({UseState.REPORTED}),
    UseState.WITHDRAWN: frozenset({UseState.ACCEPTED}),
}


class QuestionState(models.TextChoices):
    """A question on its way: asked, answered by a curator, published by a second."""

    ASKED = "asked", pgettext_lazy("question", "waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("question", "answered, waiting for approval")
    PUBLISHED = "published", pgettext_lazy("question", "published")
    DECLINED = "declined", pgettext_lazy("question", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("question", "withdrawn")


# Back to `asked`: the answer is returned with a reason, or a declined question is taken up after all.
QUESTION_TRANSITIONS: dict[str, frozenset[str]] = {
    QuestionState.ASKED: frozenset({QuestionState.ANSWERED, QuestionState.DECLINED}),
    QuestionState.ANSWERED: frozenset({QuestionState.ASKED, QuestionState.PUBLISHED}),
    QuestionState.PUBLISHED: frozenset({QuestionState.WITHDRAWN}),
    QuestionState.DECLINED: frozenset({QuestionState.ASKED}),
    QuestionState.WITHDRAWN: frozenset({QuestionState.ASKED}),
}


class OpportunityState(models.TextChoices):
    """A note on the cooperation board; `open` and `closed` ones are public."""

    POSTED = "posted", pgettext_lazy("cooperation", "waiting for a curator")
    RETURNED = "returned", pgettext_lazy("cooperation", "returned")
    OPEN = "open", pgettext_lazy("cooperation", "open")
    CLOSED = "closed", pgettext_lazy("cooperation", "closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("cooperation", "withdrawn")


# Back to `posted`: its owner rewrote what a curator had let in.
OPPORTUNITY_TRANSITIONS: dict[str, frozenset[str]] = {
    OpportunityState.POSTED: frozenset({OpportunityState.OPEN, OpportunityState.RETURNED}),
    OpportunityState.RETURNED: frozenset({OpportunityState.POSTED}),
    OpportunityState.OPEN: frozenset({OpportunityState.POSTED, OpportunityState.CLOSED, OpportunityState.WITHDRAWN}),
    OpportunityState.CLOSED: frozenset({OpportunityState.OPEN, OpportunityState.WITHDRAWN}),
    OpportunityState.WITHDRAWN: frozenset(),
}
