"""People and organisations of imported records: by ORCID, else by the same name in the same source."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import connection
from django.db.models import Q

from accounts.models import Organisation, Person
from publications.importing.contents import Content, Name

from .bulk import copy_rows, next_ids

_WORDS = re.compile(r"[\W_]+")
_MAX_ORGANISATION = 120  # a longer text is an address, not a name


@dataclass(slots=True)
class Known:
    pk: int
    orcid: str
    is_authenticated: bool = False


def normalised(name: str) -> str:
    return _WORDS.sub(" ", name.casefold()).strip()


class Linker:
    """Holds what one import has met so far; make a new one after a transaction was rolled back."""

    def __init__(self, source: str) -> None:
        self.names = _people_of(source)
        self.orcids: dict[str, Known] = {}
        self.organisations = _organisations()

    def link(self, contents: Iterable[Content], create: bool) -> list[int]:
        """Fill in people and organisations; returns the people that were made.

        A draft (`create=False`) only gets organisations that are known; its people come with its publication.
        """
        open_contents = list(contents)
        self._learn_orcids({name.orcid for content in open_contents for name in content.contributors if name.orcid})
        self._link_places(open_contents, create)
        return self._link_people(open_contents) if create else []

    # Organisations

    def _link_places(self, contents: list[Content], create: bool) -> None:
        if create:
            self._make_organisations(
                {name.place for content in contents for name in content.contributors if name.place}
            )
        for content in contents:
            content.contributors = [
                replace(name, affiliation_id=self._place(name.place))
                if name.place and name.affiliation_id is None
                else name
                for name in content.contributors
            ]

    def _place(self, text: str) -> int | None:
        """The whole text, else the first of its parts that is an organisation."""
        if pk := self.organisations.get(normalised(text)):
            return pk
        parts = text.split(",") if "," in text else []
        return next((pk for part in parts if (pk := self.organisations.get(normalised(part)))), None)

    def _make_organisations(self, texts: set[str]) -> None:
        new: dict[str, str] = {}
        for text in sorted(texts):
            if self._place(text) is None and "," not in text and len(text) <= _MAX_ORGANISATION and normalised(text):
                new.setdefault(normalised(text), text)
        ids = next_ids(Organisation, len(new))
        copy_rows(Organisation, ["id", "name"], zip(ids, new.values(), strict=True))
        self.organisations.update(zip(new, ids, strict=True))

    # People

    def _learn_orcids(self, orcids: set[str]) -> None:
        unknown = orcids - self.orcids.keys()
        for person in Person.objects.filter(orcid__in=unknown) if unknown else ():
            pk = person.merged_into_id or person.pk
            self.orcids[str(person.orcid)] = Known(pk, str(person.orcid), person.orcid_authenticated)

    def _link_people(self, contents: list[Content]) -> list[int]:
        unknown: dict[tuple[str, str, str], list[tuple[Content, int]]] = {}
        for content in contents:
            for index, name in enumerate(content.contributors):
                if name.person_id is not None:
                    continue
                if known := self._person(name):
                    content.contributors[index] = _linked(name, known)
                else:
                    unknown.setdefault((name.family, name.given, name.orcid), []).append((content, index))
        return self._make_people(unknown)

    def _person(self, name: Name) -> Known | None:
        """Never one person with two ORCIDs; one without gets the ORCID that the same name brings along."""
        if name.orcid and (known := self.orcids.get(name.orcid)):
            return known
        known = self.names.get((name.family, name.given))
        if known is None or not name.orcid:
            return known
        if known.orcid:
            return None
        Person.objects.filter(pk=known.pk, orcid=None).update(orcid=name.orcid)
        known.orcid = name.orcid
        self.orcids[name.orcid] = known
        return known

    def _make_people(self, unknown: dict[tuple[str, str, str], list[tuple[Content, int]]]) -> list[int]:
        merged = _same_people(unknown)
        ids = next_ids(Person, len(merged))
        rows = []
        for pk, ((family, given, orcid), places) in zip(ids, merged.items(), strict=True):
            known = Known(pk, orcid)
            self.names.setdefault((family, given), known)
            if orcid:
                self.orcids[orcid] = known
            first = places[0][0].contributors[places[0][1]]
            rows.append((pk, family, given, orcid or None, first.affiliation_id))
            for content, index in places:
                content.contributors[index] = _linked(content.contributors[index], known)
        copy_rows(Person, ["id", "family_name", "given_name", "orcid", "affiliation_id"], rows)
        return ids


def _same_people(
    unknown: dict[tuple[str, str, str], list[tuple[Content, int]]],
) -> dict[tuple[str, str, str], list[tuple[Content, int]]]:
    """In one piece of a file, a name without ORCID is the same name with one; one ORCID is one person."""
    merged: dict[tuple[str, str, str], list[tuple[Content, int]]] = {}
    by_name: dict[tuple[str, str], tuple[str, str, str]] = {}
    by_orcid: dict[str, tuple[str, str, str]] = {}
    for key in sorted(unknown, key=lambda key: not key[2]):
        family, given, orcid = key
        if orcid:
            target = by_orcid.setdefault(orcid, key)
            by_name.setdefault((family, given), target)
        else:
            target = by_name.setdefault((family, given), key)
        merged.setdefault(target, []).extend(unknown[key])
    return merged


def _linked(name: Name, known: Known) -> Name:
    return replace(
        name,
        person_id=known.pk,
        orcid_authenticated=bool(name.orcid and name.orcid == known.orcid and known.is_authenticated),
    )


def _people_of(source: str) -> dict[tuple[str, str], Known]:
    """Everybody whom an output of this source names, as written there."""
    statement = """
        SELECT DISTINCT ON (c.family_name, c.given_name) c.family_name, c.given_name,
               coalesce(p.merged_into_id, p.id), coalesce(p.orcid, ''), p.orcid_authenticated
          FROM publications_output o
          JOIN publications_version v ON v.output_id = o.id
          JOIN publications_contributor c ON c.version_id = v.id
          JOIN accounts_person p ON p.id = c.person_id
         WHERE o.source = %s
         ORDER BY c.family_name, c.given_name, p.id
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [source])
        return {(family, given): Known(pk, orcid, sure) for family, given, pk, orcid, sure in cursor.fetchall()}


def _organisations() -> dict[str, int]:
    found: dict[str, int] = {}
    rows = Organisation.objects.filter(~Q(name="")).order_by("-is_confirmed", "pk")
    for pk, merged, name, name_en, acronym in rows.values_list("pk", "merged_into_id", "name", "name_en", "acronym"):
        for text in (name, name_en, acronym):
            if key := normalised(text):
                found.setdefault(key, merged or pk)
    return found
