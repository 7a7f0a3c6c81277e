"""What the index wants to know of many outputs, in plain values: one query for each table, however many they are."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Organisation, Person
from conferences.models import Paper
from publications.models import Contributor, File, Identifier, Output, Page, Version, VersionPmks
from search.index import schema
from taxonomy.models import Pmks

Codes = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Named:
    """A person or organisation: every name it is found by, and those offered while somebody types."""

    id: int | None
    names: tuple[str, ...]
    shown: tuple[str, ...]


@dataclass(slots=True)
class Described:
    """One public output as its current version describes it. `pages`: file, number, text, if its files are open."""

    id: int
    public_id: str
    date: datetime.date
    titles: list[str]
    abstracts: list[str]
    keywords: list[str]
    published_in: list[str]
    type: str
    language: str
    access: str
    is_open: bool
    people: list[Named] = field(default_factory=list)
    organisations: list[Named] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    codes: Codes = field(default_factory=dict)
    pages: list[tuple[int, int, str]] = field(default_factory=list)


_OUTPUT = (
    "pk", "current_id", "public_id", "sort_date", "current__title_id", "current__title_en", "current__abstract_id",
    "current__abstract_en", "current__keywords_id", "current__keywords_en", "current__publisher",
    "current__container_title", "current__funder", "current__award_number", "current__type__code",
    "current__language", "current__access", "current__embargo_until",
)  # fmt: skip
_CONTRIBUTOR = (
    "version_id", "given_name", "family_name", "person_id", "affiliation_id", "affiliation_name"
)  # fmt: skip
_PERSON = ("pk", "merged_into_id", "given_name", "family_name", "aliases")
_ORGANISATION = ("pk", "merged_into_id", "name", "name_en", "acronym", "aliases")
_LINKED = {
    "psks": (Version.psks.through, "psks__code"),
    "province": (Version.provinces.through, "province__code"),
    "method": (Version.methods.through, "method__code"),
}
# Answers for every row what only a version can; making one for each takes a third of the time.
_asked = Version()


def read_rows(ids: Sequence[int], today: datetime.date) -> list[Described]:
    """In the order of their ids; those that are not public are left out."""
    rows: dict[int, Described] = {}
    public = Output.objects.public().filter(pk__in=ids).order_by("pk")
    for values in public.values_list(*_OUTPUT):
        rows[values[1]] = _described(*values, today=today)
    if rows:
        _add_people(rows)
        _add_codes(rows)
        for version, value in Identifier.objects.filter(version__in=rows).values_list("version_id", "value"):
            rows[version].identifiers.append(value)
        _add_pages(rows)
    return list(rows.values())


def _described(
    pk: int, _version: int, public_id: str, date: datetime.date, title_id: str, title_en: str, abstract_id: str,
    abstract_en: str, keywords_id: list[str], keywords_en: list[str], publisher: str, container: str, funder: str,
    award: str, kind: str, language: str, access: str, embargo_until: datetime.date | None, *, today: datetime.date,
) -> Described:  # fmt: skip
    _asked.access, _asked.embargo_until = access, embargo_until
    return Described(
        id=pk,
        public_id=public_id,
        date=date,
        titles=_given(title_id, title_en),
        abstracts=_given(abstract_id, abstract_en),
        keywords=[*keywords_id, *keywords_en],
        published_in=_given(container, publisher, funder, award),
        type=kind,
        language=language,
        access=access,
        is_open=_asked.files_open_on(today),
    )


def _given(*texts: str) -> list[str]:
    return [text for text in texts if text]


# --- people and organisations ----------------------------------------------------------------------------------------


def _add_people(rows: dict[int, Described]) -> None:
    contributors = list(
        Contributor.objects.filter(version__in=rows).order_by("version", "position").values_list(*_CONTRIBUTOR)
    )
    people = _people({row[3] for row in contributors if row[3]})
    organisations = _organisations({row[4] for row in contributors if row[4]})
    written: dict[int, dict[str, None]] = defaultdict(dict)
    belong: dict[int, dict[int, Named]] = defaultdict(dict)
    for version, given, family, person, affiliation, affiliation_name in contributors:
        printed = f"{given} {family}".strip()
        rows[version].people.append(_with_printed(people.get(person), printed))
        if affiliation:
            organisation = organisations[affiliation]
            belong[version][organisation.id or 0] = organisation
        if affiliation_name:
            written[version][affiliation_name] = None
    for version, row in rows.items():
        row.organisations = list(belong[version].values())
        row.organisations += [Named(None, (name,), ()) for name in written[version]]


def _with_printed(person: Named | None, printed: str) -> Named:
    if person is None:
        return Named(None, (printed,), ())
    if printed in person.names:
        return person
    return Named(person.id, (printed, *person.names), person.shown)


def _people(ids: Iterable[int]) -> dict[int, Named]:
    found = {}
    for pk, merged, given, family, aliases in Person.objects.filter(pk__in=ids).values_list(*_PERSON):
        name = f"{given} {family}".strip()
        found[pk] = Named(merged or pk, _distinct(name, *aliases), (name,))
    return found


def _organisations(ids: Iterable[int]) -> dict[int, Named]:
    found = {}
    for pk, merged, name, name_en, acronym, aliases in Organisation.objects.filter(pk__in=ids).values_list(
        *_ORGANISATION
    ):
        shown = _distinct(name, name_en, acronym)
        found[pk] = Named(merged or pk, _distinct(*shown, *aliases), shown)
    return found


def _distinct(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(name) for name in names if name))


# --- vocabularies ----------------------------------------------------------------------------------------------------


def _add_codes(rows: dict[int, Described]) -> None:
    for row in rows.values():
        row.codes = {name: [] for name in schema.CODES}
    clusters = _clusters()
    for version, code in VersionPmks.objects.filter(version__in=rows).values_list("version_id", "pmks__code"):
        rows[version].codes["pmks"].append(code)
        rows[version].codes["cluster"] += clusters[code]
    services: Any = Version.services.through.objects.filter(version__in=rows)
    for version, service, pillar in services.values_list("version_id", "service__code", "service__pillar__code"):
        rows[version].codes["service"].append(service)
        rows[version].codes["pillar"].append(pillar)
    pillars: Any = Version.pillars.through.objects.filter(version__in=rows)
    for version, pillar in pillars.values_list("version_id", "pillar__code"):
        rows[version].codes["pillar"].append(pillar)
    papers = Paper.objects.of_public_editions().filter(output__current__in=rows)
    for version, edition in papers.values_list("output__current", "edition"):
        rows[version].codes["conference"].append(str(edition))
    for name, (through, path) in _LINKED.items():
        for version, code in through._default_manager.filter(version__in=rows).values_list("version_id", path):
            rows[version].codes[name].append(code)
    for row in rows.values():
        row.codes = {name: sorted(set(codes)) for name, codes in row.codes.items()}


def _clusters() -> Codes:
    """The clusters of each PMKS, by code."""
    found: Codes = defaultdict(list)
    for code, cluster, other in Pmks.objects.values_list("code", "cluster__code", "other_clusters__code"):
        found[code] += [cluster, other] if other else [cluster]
    return found


# --- text of files ---------------------------------------------------------------------------------------------------


def _add_pages(rows: dict[int, Described]) -> None:
    """Text enters only where the current version's files are open to everybody."""
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    open_versions = [version for version, row in rows.items() if row.is_open]
    files = File.objects.filter(version__in=open_versions).order_by("version", "position", "pk")
    for version, file, blob in files.values_list("version_id", "pk", "blob_id"):
        places[blob].append((version, file))
    for blob, number, text in _texts(places):
        for version, file in places[blob]:
            rows[version].pages.append((file, number, text))


def _texts(blobs: Iterable[int]) -> Iterator[tuple[int, int, str]]:
    pages = Page.objects.filter(blob__in=list(blobs)).exclude(text="").order_by("blob", "number")
    return iter(pages.values_list("blob_id", "number", "text"))
