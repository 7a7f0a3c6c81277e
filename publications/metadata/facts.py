"""The facts themselves: plain values, no queries."""

import datetime
import re
from dataclasses import dataclass, field

from publications.models import ContributorRole, DatePrecision
from publications.queries.terms import TermLabel
from taxonomy.models import Licence, OutputType


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody named on the title page. A single name (Sukarno) is a family name without given name."""

    family: str
    given: str = ""
    role: str = ContributorRole.AUTHOR
    orcid: str = ""
    affiliation: str = ""
    ror: str = ""

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def inverted(self) -> str:
        """'Siregar, Dewi'; a single name as it is."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that everybody may read at the moment of asking."""

    name: str
    url: str
    mime: str
    size: int
    sha256: str
    kind: str

    @property
    def is_main_pdf(self) -> bool:
        return self.kind == "main" and self.mime == "application/pdf"


@dataclass(frozen=True, slots=True)
class PublicDate:
    """A date as exact as it is known."""

    date: datetime.date
    precision: str = DatePrecision.DAY

    def joined(self, separator: str) -> str:
        """'2014-11-25', '2014-11' or '2014' with any separator."""
        return separator.join(self.parts)

    @property
    def parts(self) -> list[str]:
        known = {DatePrecision.YEAR: 1, DatePrecision.MONTH: 2}.get(DatePrecision(self.precision), 3)
        return [f"{self.date.year:04}", f"{self.date.month:02}", f"{self.date.day:02}"][:known]


@dataclass(frozen=True, slots=True)
class PublicMetadata:
    """One published version as everybody may know it. Addresses are absolute."""

    public_id: str
    number: int
    permalink: str  # of the output, in no language
    landing: str  # of this page, in the reader's language
    page_language: str
    language: str  # of the document
    titles: dict[str, str]
    abstracts: dict[str, str]
    keywords: dict[str, list[str]]
    agents: list[Agent]
    date: PublicDate
    type: OutputType
    online_since: datetime.date
    modified: datetime.date
    container: str = ""
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    funder: str = ""
    award_number: str = ""
    doi: str = ""
    isbns: list[str] = field(default_factory=list)
    issns: list[str] = field(default_factory=list)
    report_number: str = ""
    licence: Licence | None = None
    is_open: bool = False
    is_withdrawn: bool = False
    files: list[FileFacts] = field(default_factory=list)
    thumbnail: str = ""
    pmks: list[TermLabel] = field(default_factory=list)
    provinces: list[TermLabel] = field(default_factory=list)

    def _in_document_language(self, texts: dict[str, str]) -> str:
        return texts.get(self.language) or texts.get("id") or texts.get("en") or ""

    @property
    def title(self) -> str:
        """As printed on the document: in its language where known."""
        return self._in_document_language(self.titles)

    @property
    def translated_title(self) -> str:
        """The title in the language of the page, where it is another than the document's."""
        there = self.titles.get(self.page_language, "")
        return there if there != self.title else ""

    @property
    def abstract(self) -> str:
        return self._in_document_language(self.abstracts)

    @property
    def all_keywords(self) -> list[str]:
        """Of every language, the document's first, without repetition."""
        first = self.keywords.get(self.language, [])
        others = [word for code, words in self.keywords.items() if code != self.language for word in words]
        return list(dict.fromkeys([*first, *others]))

    @property
    def authors(self) -> list[Agent]:
        return [agent for agent in self.agents if agent.role == ContributorRole.AUTHOR]

    @property
    def editors(self) -> list[Agent]:
        return [agent for agent in self.agents if agent.role == ContributorRole.EDITOR]

    @property
    def page_range(self) -> tuple[str, str]:
        """First and last page; the last is empty for a single page or what is no range."""
        ends = [end for end in re.split(r"\s*[-–—]+\s*", self.pages.strip()) if end]
        return (ends[0], ends[1]) if len(ends) == 2 else (self.pages.strip(), "")

    @property
    def printed_pages(self) -> str:
        return "–".join(filter(None, self.page_range))

    @property
    def main_pdf(self) -> FileFacts | None:
        return next((file for file in self.files if file.is_main_pdf), None)

    @property
    def best_address(self) -> str:
        """What a citation points to: the DOI where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.permalink
