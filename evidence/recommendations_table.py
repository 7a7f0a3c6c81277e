"""Recommendations as a table for spreadsheet programs."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.models import Recommendation, RecommendationQuerySet

BATCH = 500


def rows_of(found: RecommendationQuerySet) -> Iterator[Sequence[object]]:
    """Headings, then one row a recommendation with its last answer; three statements for each 500."""
    yield [
        _("Number"), _("Recommendation in Indonesian"), _("Recommendation in English"), _("Addressee"),
        _("Kind of addressee"), _("State"), _("Last answer"), _("Answered on"), _("Publication"), _("Title"),
        _("Checked on"), _("Sample data"),
    ]  # fmt: skip
    start = 0
    while batch := list(found[start : start + BATCH]):
        yield from map(_row, batch)
        start += BATCH


def _row(one: Recommendation) -> list[object]:
    steps = list(one.steps.all())
    last = steps[-1] if steps else None
    current = one.output.current
    return [
        one.pk, one.text_id, one.text_en, one.addressee_label, str(one.get_addressee_kind_display()),
        str(one.get_state_display()), str(last.note) if last else "",
        timezone.localtime(last.at).date() if last else None, one.output.public_id,
        str(current.title) if current else "", one.checked_on, _("yes") if one.output.is_sample else _("no"),
    ]  # fmt: skip
