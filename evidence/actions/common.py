"""What several actions share."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied

from evidence.models import Finding, Recommendation
from publications.actions.common import locked_output
from publications.models import Change, Output


class ReasonMissing(ValueError):
    """A return, a withdrawal, a rating or a refusal needs a reason that a reader understands."""


def require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def reason_in(text: str) -> str:
    if not text.strip():
        raise ReasonMissing
    return text.strip()


def assign(thing: Finding | Recommendation, names: Iterable[str], data: dict[str, Any]) -> None:
    """What of these is given; the rest stays."""
    for name in names:
        if name in data:
            setattr(thing, name, data[name])


def locked_finding(finding: Finding) -> Finding:
    """The finding as it is now, held until the transaction ends; the output first, so that nobody deadlocks."""
    output = locked_output(finding.output)
    fresh = Finding.objects.select_for_update(of=("self",)).select_related("version", "entered_by").get(pk=finding.pk)
    fresh.output = output
    return fresh


def locked_recommendation(recommendation: Recommendation) -> Recommendation:
    output = locked_output(recommendation.output)
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("addressee")
    fresh = rows.get(pk=recommendation.pk)
    fresh.output = output
    return fresh


def public_change(output: Output) -> None:
    """Call in the transaction of each change of something that the public sees: kept pages and followers notice."""
    if output.is_public:
        Change.objects.create(output=output)
