"""A publication as its source describes it, before anything of this repository is known about it."""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from publications.importing.problems import Problem

Texts = Mapping[str, str]  # by language: ISO 639-1, "" where the language is unknown


@dataclass(frozen=True, slots=True)
class PartialDate:
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> datetime.date:
        return datetime.date(self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Contributor:
    """A single name (Sukarno) is a family name alone."""

    family: str
    given: str = ""
    orcid: str = ""
    affiliation: str = ""
    role: str = "author"


@dataclass(frozen=True, slots=True)
class Record:
    """`type`, `licence`, `pmks` … are still words of the source; `vocabulary.py` resolves them."""

    source_id: str = ""
    titles: Texts = field(default_factory=dict)
    abstracts: Texts = field(default_factory=dict)
    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contributors: tuple[Contributor, ...] = ()
    date: PartialDate | None = None
    type: str = ""
    language: str = ""
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    isbn: tuple[str, ...] = ()
    issn: tuple[str, ...] = ()
    report: str = ""
    url: str = ""
    licence: str = ""
    pmks: tuple[str, ...] = ()
    psks: tuple[str, ...] = ()
    provinces: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    funder: str = ""
    award: str = ""
    file: str = ""
    access: str = ""
    embargo_until: datetime.date | None = None
    is_retracted: bool = False

    @property
    def title(self) -> str:
        return next((text for text in self.titles.values() if text), "")

    def checksum(self, salt: str = "") -> str:
        """Changes when, and only when, the source or the options of the import say something else."""
        return hashlib.sha256((salt + repr(self)).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Row:
    """One row or entry of a file: what was understood, and what was not."""

    number: int
    record: Record | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_usable(self) -> bool:
        return self.record is not None and not any(problem.is_error for problem in self.problems)
