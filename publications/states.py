"""The states of outputs and versions and the legal transitions, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutputState(models.TextChoices):
    """An output as a whole, over all its versions."""

    UNPUBLISHED = "unpublished", _("not yet published")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class VersionState(models.TextChoices):
    """One version on its way to publication."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", _("published")


OUTPUT_TRANSITIONS: dict[str, frozenset[str]] = {
    OutputState.UNPUBLISHED: frozenset({OutputState.PUBLISHED}),
    OutputState.PUBLISHED: frozenset({OutputState.WITHDRAWN}),
    OutputState.WITHDRAWN: frozenset({OutputState.PUBLISHED}),
}
VERSION_TRANSITIONS: dict[str, frozenset[str]] = {
    VersionState.DRAFT: frozenset({VersionState.SUBMITTED}),
    VersionState.SUBMITTED: frozenset({VersionState.RETURNED, VersionState.PUBLISHED}),
    VersionState.RETURNED: frozenset({VersionState.SUBMITTED}),
    VersionState.PUBLISHED: frozenset(),
}
EDITABLE = frozenset({VersionState.DRAFT, VersionState.RETURNED})


class Access(models.TextChoices):
    """Who may read a version's files (COAR access rights)."""

    OPEN = "open", _("open access")
    EMBARGOED = "embargoed", _("embargoed")
    RESTRICTED = "restricted", _("on request")
    METADATA_ONLY = "metadata_only", _("metadata only")


class IllegalTransition(Exception):
    """A change of state that the table does not allow."""

    def __init__(self, thing: object, before: str, after: str) -> None:
        super().__init__(f"{thing!r} cannot go from {before} to {after}")
        self.before, self.after = before, after


def check_transition(thing: object, before: str, after: str, table: dict[str, frozenset[str]]) -> None:
    if after not in table[before]:
        raise IllegalTransition(thing, before, after)
