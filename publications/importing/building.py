"""From the fields a reader found to a `Record`, with a problem for each value that cannot be taken over."""

import datetime
import re
from collections.abc import Callable, Mapping, Sequence

from stdnum.iso7064 import mod_11_2

from accounts.orcid import normalise_orcid
from publications.importing import limits
from publications.importing.dates import join_date, make_date, parse_date
from publications.importing.language import guess_language
from publications.importing.names import is_degrees, parse_family_first, parse_name
from publications.importing.problems import Problem
from publications.importing.records import Contributor, PartialDate, Record, Row
from publications.importing.values import (
    clean,
    clean_paragraphs,
    parse_doi,
    parse_isbn,
    parse_issn,
    parse_language,
    parse_url,
    something,
    split_values,
)

Value = str | Sequence[str] | Sequence[Contributor] | bool | None
Fields = Mapping[str, Value]
_PAGES = re.compile(r"\s*[-–—‒−]+\s*")
_FULL_NAMES = re.compile(r"\s+(?:and|dan|&)\s+")
_TRUE = {"1", "true", "yes", "ya", "y"}
_SIMPLE_LIMITS = {
    "container": 300, "volume": 40, "issue": 40, "publisher": 300, "funder": 300, "award": 100, "type": 120,
    "licence": 120, "access": 40,
    "file": 255, "report": 300,
}  # fmt: skip


def build(number: int, fields: Fields, names: Mapping[str, str] | None = None, family_first: bool = False) -> Row:
    """`names` are the columns as the file calls them, for the messages."""
    return _Builder(number, fields, names or {}, family_first).row()


class _Builder:
    def __init__(self, number: int, fields: Fields, names: Mapping[str, str], family_first: bool) -> None:
        self.number, self.fields, self.names, self.family_first = number, fields, names, family_first
        self.problems: list[Problem] = []

    def row(self) -> Row:
        language = self._language()
        titles = self._by_language("title", language, limits.MAX_TITLE)
        if not titles:
            self._report("no_title", "title")
            return Row(self.number, None, tuple(self.problems))
        return Row(self.number, self._record(language, titles), tuple(self.problems))

    def _record(self, language: str, titles: dict[str, str]) -> Record:
        simple = {key: self._short(key, limit) for key, limit in _SIMPLE_LIMITS.items() if key in self.fields}
        doi = self._checked("doi", "bad_doi", parse_doi)
        url = self._checked("url", "bad_url", parse_url, limits.MAX_URL)
        contributors, date = tuple(self._contributors()), self._date()
        return Record(
            source_id=self._short("source_id", limits.MAX_SOURCE_ID) or doi or _fallback_id(titles, date, contributors),
            titles=titles,
            abstracts=self._by_language("abstract", language, limits.MAX_CELL_CHARS, paragraphs=True),
            keywords=self._keywords(language),
            contributors=contributors,
            date=date,
            language=language or next(iter(titles)),
            pages=self._pages(),
            doi=doi,
            url=url,
            isbn=self._each("isbn", "bad_isbn", parse_isbn),
            issn=self._each("issn", "bad_issn", parse_issn),
            pmks=self._list("pmks"),
            psks=self._list("psks"),
            provinces=self._list("provinces"),
            methods=self._list("methods"),
            embargo_until=self._embargo(),
            is_retracted=self._text("retracted").casefold() in _TRUE,
            **simple,
        )

    # Single values

    def _text(self, key: str) -> str:
        value = self.fields.get(key)
        if value is None or value is False:
            return ""
        if value is True:
            return "true"
        if isinstance(value, str):
            return something(clean(value)) if value else ""
        return "; ".join(text for part in value if (text := clean(str(part))))

    def _short(self, key: str, limit: int) -> str:
        return self._cut(self._text(key), key, limit)

    def _cut(self, text: str, key: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self._report("value_too_long", key, length=len(text), limit=limit)
        return text[: limit - 1].rstrip() + "…"

    def _checked(self, key: str, code: str, parse: Callable[[str], str], limit: int = limits.MAX_SOURCE_ID) -> str:
        text = self._text(key)
        if not text:
            return ""
        value = parse(text)
        if value and len(value) <= limit:
            return str(value)
        self._report(code, key, value=text)
        return ""

    def _each(self, key: str, code: str, parse: Callable[[str], str]) -> tuple[str, ...]:
        found = []
        for part in self._list(key):
            pieces = [part] if parse(part) else re.split(r"[,\s]+(?=[\dX]{4})", part)
            for piece in pieces:
                if value := parse(piece):
                    found.append(value)
                else:
                    self._report(code, key, value=piece)
        return tuple(dict.fromkeys(found))

    def _list(self, key: str, separators: str = ";") -> tuple[str, ...]:
        value = self.fields.get(key)
        if not value or isinstance(value, bool):
            return ()
        parts = split_values(value, separators) if isinstance(value, str) else [clean(str(part)) for part in value]
        if len(parts) > limits.MAX_VALUES:
            self._report("too_many_values", key, limit=limits.MAX_VALUES)
        return tuple(dict.fromkeys(part for part in parts[: limits.MAX_VALUES] if part))

    def _language(self) -> str:
        text = self._text("language")
        if not text:
            return ""
        language = parse_language(text)
        if not language:
            self._report("bad_language", "language", value=text)
        return language

    # Texts by language

    def _by_language(self, key: str, language: str, limit: int, paragraphs: bool = False) -> dict[str, str]:
        found = {}
        for code in ("id", "en"):
            if text := self._long_text(f"{key}_{code}", limit, paragraphs):
                found[code] = text
        if text := self._long_text(key, limit, paragraphs):
            place = self._place(text, language, found)
            found = {place: found.get(place, text), **found}  # the language of the document comes first
        return found

    def _long_text(self, key: str, limit: int, paragraphs: bool) -> str:
        value = self.fields.get(key)
        if not value or not isinstance(value, str):
            return self._short(key, limit) if value else ""
        text = something(clean_paragraphs(value) if paragraphs else clean(value))
        return self._cut(text, key, limit)

    def _place(self, text: str, language: str, taken: Mapping[str, str]) -> str:
        """An English abstract under an Indonesian article is common; a declared third language is believed."""
        if language and language not in ("id", "en"):
            return language
        if language == "en":
            return language
        guess = guess_language(text, otherwise=language or "id")
        if guess in taken:
            return "en" if guess == "id" else "id"
        return guess

    def _keywords(self, language: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for code in ("id", "en"):
            if words := self._words(f"keywords_{code}"):
                found[code] = words
        if words := self._words("keywords"):
            place = language if language in ("id", "en") else guess_language(" ".join(words), language or "id")
            found.setdefault(place, words)
        return found

    def _words(self, key: str) -> tuple[str, ...]:
        if not self.fields.get(key):
            return ()
        words = self._list(key)
        if len(words) == 1 and "," in words[0]:
            words = tuple(dict.fromkeys(split_values(words[0], ",")))
        return tuple(self._cut(word, key, limits.MAX_KEYWORD) for word in words)

    # People

    def _contributors(self) -> list[Contributor]:
        people = self._people("authors") or self._with_affiliations()
        if not people:
            people = [self._as(person, "editor") for person in self._people("editors")]
        for key in ("supervisors", "supervisors_2"):
            people += [self._as(person, "supervisor") for person in self._people(key)]
        people = [self._bounded(person) for person in people]
        if not people:
            self._report("no_contributors", "authors")
        return people

    def _people(self, key: str) -> list[Contributor]:
        value = self.fields.get(key)
        if not value or isinstance(value, bool):
            return []
        if isinstance(value, str):
            people = self._named(value)
            return self._add_details(people) if key == "authors" else people
        if len(value) > limits.MAX_VALUES:
            self._report("too_many_values", key, limit=limits.MAX_VALUES)
        kept = value[: limits.MAX_VALUES]
        found = [part if isinstance(part, Contributor) else parse_name(str(part)) for part in kept]
        return [person for person in found if person is not None]

    def _named(self, text: str) -> list[Contributor]:
        if self.family_first:
            found = [parse_family_first(part) for part in split_values(text, ";" if ";" in text else ",")]
        else:
            found = [parse_name(part) for part in split_names(text)[: limits.MAX_VALUES]]
        return [person for person in found if person is not None]

    def _add_details(self, people: list[Contributor]) -> list[Contributor]:
        """Affiliations and ORCIDs in columns of their own: one for each author, or one for all."""
        places, orcids = self._positions("affiliations"), self._positions("orcids")
        detailed = []
        for index, person in enumerate(people):
            place = places[0] if len(places) == 1 else places[index] if len(places) == len(people) else ""
            orcid = orcids[index] if len(orcids) == len(people) else ""
            detailed.append(Contributor(person.family, person.given, orcid, place, person.role))
        return detailed

    def _positions(self, key: str) -> list[str]:
        """Empty places count: the third ORCID belongs to the third author."""
        value = self.fields.get(key)
        if not value or isinstance(value, bool):
            return []
        parts = value.split(";") if isinstance(value, str) else [str(part) for part in value]
        return [something(clean(part)) for part in parts]

    def _with_affiliations(self) -> list[Contributor]:
        """Scopus' "Authors with affiliations": "Mahat, H., Faculty …, Malaysia; Tukiran"."""
        people = []
        for entry in self._list("authors_with_affiliations"):
            family, _, rest = entry.partition(",")
            given, _, place = rest.partition(",")
            people.append(Contributor(family.strip(), given.strip(), affiliation=place.strip()))
        return people

    def _as(self, person: Contributor, role: str) -> Contributor:
        return Contributor(person.family, person.given, person.orcid, person.affiliation, role)

    def _bounded(self, person: Contributor) -> Contributor:
        orcid = self._orcid(person.orcid) if person.orcid else ""
        if (
            orcid == person.orcid
            and max(len(person.family), len(person.given)) <= limits.MAX_NAME
            and len(person.affiliation) <= limits.MAX_AFFILIATION
        ):
            return person
        return Contributor(
            self._cut(person.family, "authors", limits.MAX_NAME),
            self._cut(person.given, "authors", limits.MAX_NAME),
            orcid,
            self._cut(person.affiliation, "affiliations", limits.MAX_AFFILIATION),
            person.role,
        )

    def _orcid(self, text: str) -> str:
        orcid = normalise_orcid(text)
        if re.fullmatch(r"([0-9]{4}-){3}[0-9]{3}[0-9X]", orcid) and mod_11_2.is_valid(orcid.replace("-", "")):
            return orcid
        self._report("bad_orcid", "orcids", value=text)
        return ""

    # The rest

    def _date(self) -> PartialDate | None:
        if text := self._text("date"):
            if date := parse_date(text):
                return date
            self._report("bad_date", "date", value=text)
        year, month = self._text("year"), self._text("month")
        if not year:
            return None
        if re.fullmatch(r"\d{4}(\.0+)?", year) and year.isascii():
            date = join_date(int(year[:4]), month) if month else make_date(int(year[:4]))
        else:
            date = parse_date(year)
        if date is None:
            self._report("bad_date", "year", value=year)
        return date

    def _embargo(self) -> datetime.date | None:
        text = self._text("embargo_until")
        if not text:
            return None
        date = parse_date(text)
        if date is None or date.day is None:
            self._report("bad_date", "embargo_until", value=text)
            return None
        return date.first_day

    def _pages(self) -> str:
        first, last = self._text("page_first"), self._text("page_last")
        span = f"{first}-{last}" if last and last != first else first
        text = self._text("pages") or span or self._text("article_number")
        return self._cut(_PAGES.sub("–", text), "pages", 40)

    def _report(self, code: str, key: str, **params: str | int) -> None:
        self.problems.append(Problem(code, self.number, self.names.get(key, key), params))


def _fallback_id(titles: Mapping[str, str], date: PartialDate | None, people: Sequence[Contributor]) -> str:
    """Without an identifier: the same title, year and first author again are the same row."""
    title = re.sub(r"\W+", " ", next(iter(titles.values())).casefold()).strip()
    rest = f"|{date.year if date else ''}|{people[0].family.casefold()[:30] if people else ''}"
    return f"title:{title}"[: limits.MAX_SOURCE_ID - len(rest)] + rest


def split_names(text: str) -> list[str]:
    """Authors in one cell: by ";", line or "|", else by "and", else by commas that cannot be "family, given"."""
    for separators in (";\n", "|"):
        if any(mark in text for mark in separators):
            return split_values(text, separators)
    if _FULL_NAMES.search(text):
        return [name for part in _FULL_NAMES.split(text) for name in _split_commas(part)]
    return _split_commas(text)


def _split_commas(text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part]
    names = [part for part in parts if not is_degrees(part)]
    if len(names) > 1 and all(" " in name for name in names):
        return names
    return [text]
