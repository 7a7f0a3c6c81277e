"""The DOIs of a volume and how far each is."""

from dataclasses import dataclass

from conferences.models import Volume, VolumePaper
from conferences.queries.proceedings import published_papers
from exchange.models import DoiDeposit


@dataclass(frozen=True, slots=True)
class DoiRow:
    """`paper` is None for the volume itself, `deposit` before the first check."""

    doi: str
    title: str
    paper: VolumePaper | None
    deposit: DoiDeposit | None


def dois_of(volume: Volume, agency: str) -> list[DoiRow]:
    """In a constant number of statements."""
    known = {one.doi: one for one in DoiDeposit.objects.filter(volume=volume, agency=agency)}
    whole = [DoiRow(volume.doi, volume.title, None, known.get(volume.doi))] if volume.doi else []
    rows = [row for row in published_papers(volume) if row.doi]
    return whole + [DoiRow(row.doi, row.submission.title, row, known.get(row.doi)) for row in rows]
