"""The states of findings and recommendations and the legal transitions, as data."""

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
