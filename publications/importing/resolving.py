"""A record in the terms of this repository: what would be written, and what of it was not understood."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Self

from publications.importing.contents import Content, Name
from publications.importing.problems import Problem
from publications.importing.records import Record, Row
from publications.importing.vocabulary import Vocabulary, plain
from publications.states import Access

_ACCESS = {
    "open": Access.OPEN, "open access": Access.OPEN, "terbuka": Access.OPEN, "akses terbuka": Access.OPEN,
    "embargoed": Access.EMBARGOED, "embargo": Access.EMBARGOED,
    "restricted": Access.RESTRICTED, "on request": Access.RESTRICTED, "terbatas": Access.RESTRICTED,
    "atas permintaan": Access.RESTRICTED,
    "metadata only": Access.METADATA_ONLY, "metadata": Access.METADATA_ONLY, "hanya metadata": Access.METADATA_ONLY,
    "metadata saja": Access.METADATA_ONLY, "closed": Access.METADATA_ONLY, "tertutup": Access.METADATA_ONLY,
}  # fmt: skip
_TERMS = (
    ("pmks", "unknown_pmks"),
    ("psks", "unknown_psks"),
    ("provinces", "unknown_province"),
    ("methods", "unknown_method"),
)


@dataclass(frozen=True)
class Options:
    """What holds for all rows of an import; the defaults are for rows that say nothing."""

    publish: bool = False
    type: str = ""
    licence: str = ""
    pmks: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        known = {name: value for name, value in stored.items() if name in cls.__dataclass_fields__}
        return cls(**{**known, "pmks": tuple(known.get("pmks", ()))})

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "pmks": list(self.pmks)}


@dataclass
class Resolved:
    """`is_public` is whether the output can be published now; else it becomes a draft."""

    row: Row
    record: Record
    content: Content
    is_public: bool
    problems: list[Problem] = field(default_factory=list)


class Resolver:
    def __init__(self, vocabulary: Vocabulary, options: Options) -> None:
        self.vocabulary, self.options = vocabulary, options
        self.salt = repr(options)

    def checksum(self, record: Record, file_mark: str = "") -> str:
        return record.checksum(self.salt + file_mark)

    def resolve(self, row: Row, record: Record, has_file: bool = False) -> Resolved:
        return _Resolution(self, row, record, has_file).result()


class _Resolution:
    def __init__(self, resolver: Resolver, row: Row, record: Record, has_file: bool) -> None:
        self.vocabulary, self.options = resolver.vocabulary, resolver.options
        self.row, self.record, self.has_file = row, record, has_file
        self.problems: list[Problem] = []

    def result(self) -> Resolved:
        content = Content(
            scalars=self._scalars(),
            contributors=[Name(c.given, c.family, c.affiliation, c.orcid, c.role) for c in self.record.contributors],
            identifiers=self._identifiers(),
            **{key: self._terms(key, code) for key, code in _TERMS},
        )
        return Resolved(self.row, self.record, content, self._may_be_public(content), self.problems)

    def _may_be_public(self, content: Content) -> bool:
        if not self.options.publish:
            return False
        if self.record.is_retracted:
            self._report("retracted", "retracted")
        if content.scalars["date"] is None:
            self._report("no_date", "date")
        if content.scalars["type_id"] is None:
            self._report("no_type", "type")
        return not self.record.is_retracted and None not in (content.scalars["date"], content.scalars["type_id"])

    def _scalars(self) -> dict[str, Any]:
        record = self.record
        access, embargo = self._access()
        scalars: dict[str, Any] = {
            "type_id": self._type(),
            "language": record.language,
            "date": record.date.first_day if record.date else None,
            "date_precision": record.date.precision if record.date else "day",
            "publisher": record.publisher,
            "container_title": record.container,
            "volume": record.volume,
            "issue": record.issue,
            "pages": record.pages,
            "funder": record.funder,
            "award_number": record.award,
            "licence_id": self._licence(),
            "access": access,
            "embargo_until": embargo,
        }
        for name, texts in (("title", record.titles), ("abstract", record.abstracts)):
            scalars.update(self._placed(name, texts))
        for code in ("id", "en"):
            scalars[f"keywords_{code}"] = list(record.keywords.get(code, ()))
        return scalars

    def _placed(self, name: str, texts: Mapping[str, str]) -> dict[str, str]:
        """A text in a third language stands where the English one would, if there is none."""
        placed = {f"{name}_id": texts.get("id", ""), f"{name}_en": texts.get("en", "")}
        for code, text in texts.items():
            if code in ("id", "en"):
                continue
            if placed[f"{name}_en"]:
                self._report("third_language", name, value=code)
            else:
                placed[f"{name}_en"] = text
        return placed

    def _type(self) -> int | None:
        pk = self.vocabulary.type_of(self.record.type, self.record.container)
        if pk is None and self.record.type.strip(" ;"):
            self._report("unknown_type", "type", value=self.record.type)
        return pk or (self.vocabulary.find("types", self.options.type) if self.options.type else None)

    def _licence(self) -> int | None:
        text = self.record.licence or self.options.licence
        if not text:
            return None
        pk = self.vocabulary.licence_of(text)
        if pk is None:
            self._report("unknown_licence", "licence", value=text)
        return pk

    def _access(self) -> tuple[str, Any]:
        text, until = plain(self.record.access), self.record.embargo_until
        access = _ACCESS.get(text)
        if text and access is None:
            self._report("bad_access", "access", value=self.record.access)
        if access is None:
            access = Access.EMBARGOED if until else Access.OPEN if self.has_file else Access.METADATA_ONLY
        if access == Access.EMBARGOED and until is None:
            self._report("embargo_without_date", "embargo_until")
            return Access.RESTRICTED.value, None
        return access.value, until if access == Access.EMBARGOED else None

    def _terms(self, key: str, code: str) -> list[int]:
        found = []
        for text in getattr(self.record, key) or getattr(self.options, key, ()):
            if pk := self.vocabulary.find(key, text):
                found.append(pk)
            else:
                self._report(code, key, value=text)
        return list(dict.fromkeys(found))

    def _identifiers(self) -> list[tuple[str, str]]:
        record = self.record
        found = [("doi", record.doi), ("report", record.report), ("url", record.url)]
        found += [("isbn", value) for value in record.isbn] + [("issn", value) for value in record.issn]
        return [(scheme, value) for scheme, value in found if value]

    def _report(self, code: str, column: str, **params: str | int) -> None:
        self.problems.append(Problem(code, self.row.number, column, params))
