"""What registries are told of a volume and its papers: taken from the proceedings, nothing is typed again."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from conferences.models import Edition, Volume, VolumePaper
from conferences.proceedings.facts import editors_of, event_date
from conferences.queries.proceedings import output_of, published_papers
from conferences.states import VolumeState
from publications.metadata import Agent, PublicDate
from publications.models import Output
from taxonomy.models import Licence


@dataclass(frozen=True, slots=True)
class PaperFacts:
    row: VolumePaper
    doi: str
    language: str
    titles: dict[str, str]  # the paper's own language first
    abstracts: dict[str, str]
    authors: list[Agent]
    keywords: list[str]
    pages: tuple[int, int]
    accepted: datetime.date | None
    licence: Licence
    address: str


@dataclass(frozen=True, slots=True)
class VolumeFacts:
    volume: Volume
    edition: Edition
    titles: dict[str, str]
    editors: list[Agent]
    date: PublicDate
    address: str
    papers: list[PaperFacts]


def facts_of(volume: Volume) -> VolumeFacts:
    """In a constant number of statements. Papers without DOI or pages are not in it."""
    rows = published_papers(volume).select_related("submission__final_paper__licence")
    rows = rows.prefetch_related("submission__authors__affiliation")
    papers = [_paper(row) for row in rows if row.doi and row.first_page]
    return VolumeFacts(
        volume=volume,
        edition=volume.edition,
        titles=_known({"id": volume.title_id, "en": volume.title_en}),
        editors=editors_of(volume),
        date=event_date(volume),
        address=_page_of(volume.output) or _address("conferences:edition_proceedings", volume.edition.slug),
        papers=papers,
    )


def _known(texts: dict[str, str]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text}


def _paper(row: VolumePaper) -> PaperFacts:
    submission = row.submission
    order = ("en", "id") if submission.language == "en" else ("id", "en")
    return PaperFacts(
        row=row,
        doi=row.doi,
        language=submission.language,
        titles=_known({code: getattr(submission, f"title_{code}") for code in order}),
        abstracts=_known({code: getattr(submission, f"abstract_{code}") for code in order}),
        authors=[_agent(author) for author in submission.authors.all()],
        keywords=submission.keywords,
        pages=(row.first_page or 0, row.last_page or 0),
        accepted=submission.decided_at.date() if submission.decided_at else None,
        licence=submission.final_paper.licence,
        address=_page_of(output_of(row)),
    )


def _agent(author: object) -> Agent:
    place = author.affiliation  # type: ignore[attr-defined]
    name = author.affiliation_name or (place.name if place else "")  # type: ignore[attr-defined]
    ror = (place.ror or "") if place else ""
    return Agent(author.family_name, author.given_name, orcid=author.orcid, affiliation=name, ror=ror)  # type: ignore[attr-defined]


def _page_of(output: Output | None) -> str:
    """A DOI leads to a page that everybody can open."""
    if output is None or not output.is_public or not output.public_id:
        return ""
    return _address("publications:output", output.public_id)


def _address(name: str, argument: str) -> str:
    with override("id"):
        return f"{settings.SITE_URL}{reverse(name, args=[argument])}"


def missing(facts: VolumeFacts) -> dict[str, str]:
    """{DOI: code of `messages.py`}: what a schema does not see."""
    lacks = {}
    if facts.volume.state != VolumeState.PUBLISHED:
        lacks[facts.volume.doi] = "not_published"
    for paper in facts.papers:
        if not paper.address:
            lacks[paper.doi] = "not_public"
        elif not paper.authors:
            lacks[paper.doi] = "no_author"
    return lacks
