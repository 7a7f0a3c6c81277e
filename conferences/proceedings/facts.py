"""What a volume says, as plain values: what is printed, what the files tell of themselves, and the marks of it all."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from conferences.models import CommitteeMember, SubmissionAuthor, Volume
from conferences.queries.proceedings import Entry, lineup
from conferences.queries.site import Site
from publications.citation import formatted
from publications.metadata import Agent, PublicDate, PublicMetadata
from publications.models import ContributorRole, DatePrecision
from taxonomy.models import OutputType

PAPER, PROCEEDINGS = "c_5794", "c_f744"
LANGUAGE = "id"  # of the volume itself
MOST_RUNNING, MOST_HEADER = 40, 110
Values = dict[str, Any]


def mark_of(*values: Any) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class PaperFacts:
    """A paper at its pages. `values` is all that its file is made of besides the author's."""

    entry: Entry
    first: int
    values: Values

    @property
    def last(self) -> int:
        return self.first + self.entry.final.pages - 1

    @cached_property
    def fingerprint(self) -> str:
        return mark_of(_forms(), self.entry.final.blob.sha256, self.values)

    @property
    def title(self) -> str:
        return title_of(self.entry)


@dataclass(frozen=True)
class VolumeFacts:
    volume: Volume
    papers: list[PaperFacts]
    committee: list[Values]

    @property
    def after_papers(self) -> int:
        """The page on which the index of authors begins."""
        return self.papers[-1].last + 1 if self.papers else 1


def _forms() -> list[str]:
    """The templates are part of what a file is made of."""
    folder = Path(__file__).parent
    return [
        hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("stamp.typ", "front.typ", "index.typ")
    ]


def facts_of(volume: Volume, entries: list[Entry] | None = None) -> VolumeFacts:
    """As it would be made now."""
    papers, page = list[PaperFacts](), 1
    type_ = OutputType.objects.get(code=PAPER)
    with override(LANGUAGE):
        for entry in lineup(volume) if entries is None else entries:
            papers.append(PaperFacts(entry, page, _paper_values(volume, entry, page, type_)))
            page += entry.final.pages
        return VolumeFacts(volume, papers, _committee(volume))


def _committee(volume: Volume) -> list[Values]:
    """Whoever the site names."""
    return [
        {"role": capfirst(str(group.role.label)), "members": [_member(member) for member in group.members]}
        for group in Site(volume.edition).committee
    ]


def _member(member: CommitteeMember) -> str:
    return ", ".join(filter(None, [member.name, member.affiliation]))


def title_of(entry: Entry) -> str:
    """As printed on the paper: in its language where it is given in it."""
    submission = entry.submission
    both = {"id": submission.title_id, "en": submission.title_en}
    return both[submission.language] or both["id"] or both["en"]


def agents_of(entry: Entry) -> list[Agent]:
    return [_agent(author) for author in entry.authors]


def _agent(author: SubmissionAuthor) -> Agent:
    place = author.affiliation
    name = author.affiliation_name or (place.name if place else "")
    ror = (place.ror or "") if place else ""
    return Agent(author.family_name, author.given_name, orcid=author.orcid, affiliation=name, ror=ror)


def _paper_values(volume: Volume, entry: Entry, first: int, type_: OutputType) -> Values:
    last = first + entry.final.pages - 1
    language = entry.submission.language
    with override(language):
        cited = paper_citation(volume, entry, f"{first}-{last}", type_)
        running = _running(agents_of(entry))
    return {
        "pages": entry.final.pages,
        "stamp": {
            "language": language,
            "header": shortened(f"{volume.title_id} ({volume.year})", MOST_HEADER),
            "running": running,
            "citation": cited,
            "first": first,
        },
        "info": {
            **_info(volume, title_of(entry), [agent.name for agent in agents_of(entry)], entry.submission.keywords),
            "subject": cited,
            "language": language,
            "identifiers": [f"doi:{entry.row.doi}"] if entry.row and entry.row.doi else [],
            "rights": entry.final.licence.url or entry.final.licence.label_id,
        },
    }


def _running(agents: list[Agent]) -> str:
    """'Rahmawati', 'Rahmawati & Sukarno', 'Rahmawati et al.'"""
    names = [shortened(agent.family, MOST_RUNNING) for agent in agents[:2]]
    if len(agents) > 2:
        return _("%(name)s et al.") % {"name": names[0]}
    return " & ".join(names)


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _info(volume: Volume, title: str, people: list[str], keywords: list[str]) -> Values:
    date = event_date(volume)
    return {
        "title": title,
        "people": people,
        "keywords": keywords,
        "date": date.date.isoformat(),
        "publisher": volume.publisher,
    }


def event_date(volume: Volume) -> PublicDate:
    """Proceedings of the same year carry the day of the conference; later ones their year alone."""
    day = volume.edition.starts_on
    if day.year == volume.year:
        return PublicDate(day)
    return PublicDate(datetime.date(volume.year, 1, 1), DatePrecision.YEAR)


def editors_of(volume: Volume) -> list[Agent]:
    return [Agent(e.family_name, e.given_name, role=ContributorRole.EDITOR) for e in volume.editors.all()]


def volume_info(facts: VolumeFacts) -> Values:
    volume = facts.volume
    people = [agent.name for agent in editors_of(volume)] or [volume.publisher]
    identifiers = [("urn:isbn:", volume.isbn), ("urn:issn:", volume.issn), ("doi:", volume.doi)]
    return {
        **_info(volume, volume.title_id, people, []),
        "subject": volume_citation(volume),
        "language": LANGUAGE,
        "identifiers": [f"{scheme}{value}" for scheme, value in identifiers if value],
        "rights": (volume.licence.url or volume.licence.label_id) if volume.licence else "",
    }


def paper_citation(volume: Volume, entry: Entry, pages: str, type_: OutputType) -> str:
    submission = entry.submission
    titles = {"id": submission.title_id, "en": submission.title_en}
    return _citation(
        volume, type_, titles, agents_of(entry), submission.language,
        container=volume.title_id, pages=pages, doi=entry.row.doi if entry.row else "",
    )  # fmt: skip


def volume_citation(volume: Volume, permalink: str = "") -> str:
    type_ = OutputType.objects.get(code=PROCEEDINGS)
    titles = {"id": volume.title_id, "en": volume.title_en}
    return _citation(volume, type_, titles, editors_of(volume), LANGUAGE, doi=volume.doi, permalink=permalink)


def _citation(
    volume: Volume, type_: OutputType, titles: Values, agents: list[Agent], language: str, **more: Any
) -> str:
    date = event_date(volume)
    permalink = more.pop("permalink", "")
    told = PublicMetadata(
        public_id="", number=1, permalink=permalink, landing="", page_language=language, language=language,
        titles={code: text for code, text in titles.items() if text}, abstracts={}, keywords={}, agents=agents,
        date=date, type=type_, online_since=date.date, modified=date.date, publisher=volume.publisher,
        volume=volume.number, **more,
    )  # fmt: skip
    return formatted(told).strip()


def address_of(volume: Volume) -> str:
    return f"{settings.SITE_URL}/konferensi/{volume.edition.slug}/prosiding/"
