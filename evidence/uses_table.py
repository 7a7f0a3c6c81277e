"""Uses of outputs as a table for spreadsheet programs."""

from collections.abc import Iterator, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.models import Use
from evidence.models.uses import UseQuerySet
from evidence.queries.citations import citations_of
from evidence.queries.uptake import topics_of

BATCH = 500


def rows_of(uses: UseQuerySet, base: str, language: str) -> Iterator[Sequence[object]]:
    """Headings, then one row a use; six statements for each 500."""
    yield [
        _("Kind"), _("Name in Indonesian"), _("Name in English"), _("Number"), _("Year"), _("Date"),
        _("Issued or run by"), _("Web address"), _("How it was used, in Indonesian"), _("How it was used, in English"),
        "PMKS", _("Publication"), _("Citation"), _("Reported by"), _("Organisation"), _("Reported on"), _("Checked on"),
        _("Sample data"),
    ]  # fmt: skip
    start = 0
    while batch := list(uses[start : start + BATCH]):
        topics, citations = topics_of(batch), citations_of((use.output_id for use in batch), base, language)
        for use in batch:
            if (citation := citations.get(use.output_id)) is not None:
                yield _row(use, "; ".join(term.label for term in topics[use.pk]), str(citation))
        start += BATCH


def _row(use: Use, topics: str, citation: str) -> list[object]:
    organisation = use.reporter_organisation
    return [
        str(use.get_kind_display()), use.title_id, use.title_en, use.number, use.year,
        use.when.joined("-") if use.date else "", use.issuer_label, use.url, use.how_id, use.how_en, topics,
        use.output.public_id, citation, use.reporter_name, organisation.label if organisation else "",
        timezone.localtime(use.reported_at).date(), use.decided_on,
        _("yes") if use.output.is_sample else _("no"),
    ]  # fmt: skip
