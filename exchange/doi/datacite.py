"""Deposit files of DataCite, kernel 4: one resource for each DOI, as XML."""

from typing import Any

from lxml import etree

from exchange.doi.facts import PaperFacts, VolumeFacts
from exchange.doi.writing import XML_LANG, Writer, written
from publications.metadata import Agent
from publications.metadata.facts import PublicDate
from taxonomy.models import Licence

NAMESPACE = "http://datacite.org/schema/kernel-4"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_x = Writer(NAMESPACE)


def resources(facts: VolumeFacts) -> dict[str, bytes]:
    """{DOI: its file}, the volume's first."""
    return {facts.volume.doi: _volume(facts), **{paper.doi: _paper(facts, paper) for paper in facts.papers}}


def _root(doi: str) -> Any:
    root: Any = etree.Element(f"{{{NAMESPACE}}}resource", nsmap={None: NAMESPACE, "xsi": XSI})
    where = f"{NAMESPACE} https://schema.datacite.org/meta/kernel-4/metadata.xsd"
    root.set(f"{{{XSI}}}schemaLocation", where)
    _x.under(root, "identifier", doi, identifierType="DOI")
    return root


def _volume(facts: VolumeFacts) -> bytes:
    volume, root = facts.volume, _root(facts.volume.doi)
    creators = _x.under(root, "creators")
    if facts.editors:
        for agent in facts.editors:
            _person(creators, "creator", agent)
    else:
        _x.under(_x.under(creators, "creator"), "creatorName", volume.publisher, nameType="Organizational")
    _titles(root, facts.titles)
    _published(root, facts)
    _x.under(root, "resourceType", "Prosiding konferensi", resourceTypeGeneral="ConferenceProceeding")
    if facts.editors:
        contributors = _x.under(root, "contributors")
        for agent in facts.editors:
            _person(contributors, "contributor", agent, contributorType="Editor")
    _dates(root, facts.date)
    _x.under(root, "language", "id")
    numbers = [("ISBN", volume.isbn), ("ISSN", volume.issn)]
    others = [(kind, "IsIdenticalTo" if kind == "ISBN" else "IsPartOf", value) for kind, value in numbers if value]
    _related(root, [*others, *(("DOI", "HasPart", paper.doi) for paper in facts.papers)])
    if volume.licence:
        _rights(root, volume.licence)
    return written(root)


def _paper(facts: VolumeFacts, paper: PaperFacts) -> bytes:
    root = _root(paper.doi)
    creators = _x.under(root, "creators")
    for agent in paper.authors:
        _person(creators, "creator", agent)
    _titles(root, paper.titles)
    _published(root, facts)
    _x.under(root, "resourceType", "Makalah konferensi", resourceTypeGeneral="ConferencePaper")
    if paper.keywords:
        subjects = _x.under(root, "subjects")
        for word in paper.keywords:
            _x.under(subjects, "subject", word, **{XML_LANG: paper.language})
    _dates(root, facts.date, paper)
    _x.under(root, "language", paper.language)
    _related(root, [("DOI", "IsPartOf", facts.volume.doi)])
    _rights(root, paper.licence)
    if paper.abstracts:
        descriptions = _x.under(root, "descriptions")
        for language, abstract in paper.abstracts.items():
            _x.under(descriptions, "description", abstract, descriptionType="Abstract", **{XML_LANG: language})
    _container(root, facts, paper)
    return written(root)


def _person(parent: Any, name: str, agent: Agent, **attributes: str) -> None:
    """A single name is a family name alone."""
    made = _x.under(parent, name, **attributes)
    _x.under(made, f"{name}Name", agent.inverted, nameType="Personal")
    _x.known(made, "givenName", agent.given)
    _x.under(made, "familyName", agent.family)
    if agent.orcid:
        address = f"https://orcid.org/{agent.orcid}"
        _x.under(made, "nameIdentifier", address, nameIdentifierScheme="ORCID", schemeURI="https://orcid.org")
    if agent.affiliation:
        ror = {"affiliationIdentifier": f"https://ror.org/{agent.ror}", "affiliationIdentifierScheme": "ROR"}
        _x.under(made, "affiliation", agent.affiliation, **(ror if agent.ror else {}))


def _titles(root: Any, titles: dict[str, str]) -> None:
    made = _x.under(root, "titles")
    for place, (language, title) in enumerate(titles.items()):
        kind = {"titleType": "TranslatedTitle"} if place else {}
        _x.under(made, "title", title, **kind, **{XML_LANG: language})


def _published(root: Any, facts: VolumeFacts) -> None:
    _x.under(root, "publisher", facts.volume.publisher)
    _x.under(root, "publicationYear", facts.volume.year)


def _dates(root: Any, date: PublicDate, paper: PaperFacts | None = None) -> None:
    dates = _x.under(root, "dates")
    _x.under(dates, "date", date.joined("-"), dateType="Issued")
    if paper and paper.accepted:
        _x.under(dates, "date", paper.accepted.isoformat(), dateType="Accepted")


def _related(root: Any, related: list[tuple[str, str, str]]) -> None:
    if related:
        made = _x.under(root, "relatedIdentifiers")
        for kind, relation, value in related:
            _x.under(made, "relatedIdentifier", value, relatedIdentifierType=kind, relationType=relation)


def _rights(root: Any, licence: Licence) -> None:
    address = {"rightsURI": licence.url} if licence.url else {}
    spdx = {"rightsIdentifier": licence.code, "rightsIdentifierScheme": "SPDX"}
    known = {} if licence.code.startswith("LicenseRef") else spdx
    _x.under(_x.under(root, "rightsList"), "rights", licence.label_en or licence.label_id, **address, **known)


def _container(root: Any, facts: VolumeFacts, paper: PaperFacts) -> None:
    volume = facts.volume
    kinds = {"relatedItemType": "ConferenceProceeding", "relationType": "IsPublishedIn"}
    item = _x.under(_x.under(root, "relatedItems"), "relatedItem", **kinds)
    _x.under(item, "relatedItemIdentifier", volume.doi, relatedItemIdentifierType="DOI")
    _x.under(_x.under(item, "titles"), "title", volume.title_id)
    _x.under(item, "publicationYear", volume.year)
    _x.known(item, "volume", volume.number)
    _x.under(item, "firstPage", paper.pages[0])
    _x.under(item, "lastPage", paper.pages[1])
    _x.under(item, "publisher", volume.publisher)
