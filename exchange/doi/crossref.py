"""A deposit file of Crossref, input schema 5.4.0: one conference with its proceedings and papers."""

import datetime
from typing import Any

from lxml import etree

from exchange.doi.facts import PaperFacts, VolumeFacts
from exchange.doi.writing import XML_LANG, Writer, readable, written
from publications.metadata import Agent, PublicDate

VERSION = "5.4.0"
NAMESPACE = f"http://www.crossref.org/schema/{VERSION}"
JATS, AI = "http://www.ncbi.nlm.nih.gov/JATS1", "http://www.crossref.org/AccessIndicators.xsd"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
REGISTRANT = "Repositori Kesos"
MOST_ABSTRACT = 10_000
_x, _jats, _ai = Writer(NAMESPACE), Writer(JATS), Writer(AI)


def deposit(facts: VolumeFacts, at: datetime.datetime) -> bytes:
    """`at` stands in the file, so that the registry knows which of two is the newer."""
    names = {None: NAMESPACE, "jats": JATS, "ai": AI, "xsi": XSI}
    root: Any = etree.Element(f"{{{NAMESPACE}}}doi_batch", version=VERSION, nsmap=names)
    root.set(f"{{{XSI}}}schemaLocation", f"{NAMESPACE} https://www.crossref.org/schemas/crossref{VERSION}.xsd")
    _head(root, facts, at)
    conference = _x.under(_x.under(root, "body"), "conference")
    if facts.editors:
        _people(conference, facts.editors, "editor")
    _event(conference, facts)
    _proceedings(conference, facts)
    for paper in facts.papers:
        _paper(conference, facts, paper)
    return written(root)


def _head(root: Any, facts: VolumeFacts, at: datetime.datetime) -> None:
    stamp = at.astimezone(datetime.UTC).strftime("%Y%m%d%H%M%S")
    head = _x.under(root, "head")
    _x.under(head, "doi_batch_id", f"{facts.edition.slug}-{stamp}")
    _x.under(head, "timestamp", stamp)
    depositor = _x.under(head, "depositor")
    _x.under(depositor, "depositor_name", facts.volume.publisher)
    _x.under(depositor, "email_address", facts.edition.contact_email or "repositori@localhost.localdomain")
    _x.under(head, "registrant", REGISTRANT)


def _people(parent: Any, people: list[Agent], role: str) -> None:
    """A single name is a surname alone."""
    contributors = _x.under(parent, "contributors")
    for place, agent in enumerate(people):
        sequence = "additional" if place else "first"
        person = _x.under(contributors, "person_name", sequence=sequence, contributor_role=role)
        _x.known(person, "given_name", agent.given)
        _x.under(person, "surname", agent.family)
        if agent.affiliation:
            institution = _x.under(_x.under(person, "affiliations"), "institution")
            _x.under(institution, "institution_name", agent.affiliation)
            if agent.ror:
                _x.under(institution, "institution_id", f"https://ror.org/{agent.ror}", type="ror")
        _x.known(person, "ORCID", f"https://orcid.org/{agent.orcid}" if agent.orcid else "")


def _event(parent: Any, facts: VolumeFacts) -> None:
    edition, event = facts.edition, _x.under(parent, "event_metadata")
    _x.under(event, "conference_name", edition.title_id)
    _x.known(event, "conference_theme", edition.theme_id)
    for host in edition.host_rows.all()[:10]:
        _x.under(event, "conference_sponsor", host.organisation.name)
    _x.under(event, "conference_number", edition.number)
    _x.known(event, "conference_location", ", ".join(filter(None, [edition.venue, edition.city, "Indonesia"])))
    days = {
        f"{end}_{part}": f"{getattr(day, part):02}"
        for end, day in (("start", edition.starts_on), ("end", edition.ends_on))
        for part in ("day", "month", "year")
    }
    _x.under(event, "conference_date", f"{edition.starts_on:%Y-%m-%d} – {edition.ends_on:%Y-%m-%d}", **days)


def _proceedings(parent: Any, facts: VolumeFacts) -> None:
    """With an ISSN the volume is one of a series."""
    volume = facts.volume
    if volume.issn:
        made = _x.under(parent, "proceedings_series_metadata")
        series = _x.under(made, "series_metadata")
        _x.under(_x.under(series, "titles"), "title", facts.edition.series.name_id)
        _x.under(series, "issn", volume.issn, media_type="electronic")
        _x.under(made, "proceedings_title", volume.title_id)
        _x.known(made, "volume", volume.number)
    else:
        made = _x.under(parent, "proceedings_metadata", language="id")
        _x.under(made, "proceedings_title", volume.title_id)
    publisher = _x.under(made, "publisher")
    _x.under(publisher, "publisher_name", volume.publisher)
    _x.known(publisher, "publisher_place", volume.place)
    _date(made, "publication_date", facts.date)
    if volume.isbn:
        _x.under(made, "isbn", volume.isbn, media_type="electronic")
    else:
        _x.under(made, "noisbn", reason="monograph")
    _doi(made, volume.doi, facts.address)


def _date(parent: Any, name: str, date: PublicDate) -> None:
    """Month and day stand before the year."""
    made = _x.under(parent, name, media_type="online")
    year, *others = date.parts
    for part, value in zip(("month", "day"), others, strict=False):
        _x.under(made, part, value)
    _x.under(made, "year", year)


def _doi(parent: Any, doi: str, address: str) -> None:
    data = _x.under(parent, "doi_data")
    _x.under(data, "doi", doi)
    _x.under(data, "resource", address)


def _paper(parent: Any, facts: VolumeFacts, paper: PaperFacts) -> None:
    made = _x.under(parent, "conference_paper", publication_type="full_text", language=paper.language)
    _people(made, paper.authors, "author")
    titles = _x.under(made, "titles")
    for name, text in zip(("title", "original_language_title"), reversed_titles(paper), strict=False):
        _x.under(titles, name, text)
    for language, abstract in paper.abstracts.items():
        _abstract(made, language, abstract)
    _date(made, "publication_date", facts.date)
    if paper.accepted:
        _date(made, "acceptance_date", PublicDate(paper.accepted))
    pages = _x.under(made, "pages")
    _x.under(pages, "first_page", paper.pages[0])
    _x.under(pages, "last_page", paper.pages[1])
    if paper.licence.url:
        program = _ai.under(made, "program", name="AccessIndicators")
        _ai.under(program, "license_ref", paper.licence.url)
    _doi(made, paper.doi, paper.address)


def reversed_titles(paper: PaperFacts) -> list[str]:
    """Crossref wants the translated title first and the one on the paper as `original_language_title`."""
    own, *others = paper.titles.values()
    return [*others, own] if others else [own]


def _abstract(parent: Any, language: str, text: str) -> None:
    abstract = _jats.under(parent, "abstract", **{XML_LANG: language})
    for paragraph in text[:MOST_ABSTRACT].splitlines():
        if readable(paragraph):
            _jats.under(abstract, "p", paragraph)
