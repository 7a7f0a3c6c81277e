"""What was read from a PDF, as values that cannot change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from publications.pdf.codes import Code


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a line in one size, weight and base line. ``y`` is counted from the foot of the page."""

    text: str
    size: float
    bold: bool
    x0: float
    x1: float
    y: float


@dataclass(frozen=True)
class Line:
    page: int
    spans: tuple[Span, ...]

    @cached_property
    def main(self) -> Span:
        """The span with most letters: it gives the line its size, weight and base line."""
        return max(self.spans, key=lambda span: len(span.text.strip()))

    @cached_property
    def text(self) -> str:
        return " ".join("".join(span.text for span in self.spans).split())

    @property
    def size(self) -> float:
        return self.main.size

    @property
    def bold(self) -> bool:
        return self.main.bold

    @property
    def y(self) -> float:
        return self.main.y

    @property
    def x0(self) -> float:
        return min(span.x0 for span in self.spans)

    @property
    def x1(self) -> float:
        return max(span.x1 for span in self.spans)


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    text: str = ""
    width: float = 0.0
    height: float = 0.0
    unmapped: float = 0.0
    image: bool = False
    cut: bool = False
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    data: bytes
    mime: str
    width: int
    height: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class PdfReading:
    """``error`` refuses the file; ``warnings`` are for the curator. Both may stand beside what was read."""

    error: Code | None = None
    warnings: tuple[Code, ...] = ()
    page_count: int = 0
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    thumbnail: bytes | None = None
    thumbnail_mime: str = ""
    thumbnail_size: tuple[int, int] = (0, 0)
    encrypted: bool = False
    restricted: bool = False
    has_javascript: bool = False
    has_xfa: bool = False
    has_attachments: bool = False
    is_scan: bool = False
    seconds: float = 0.0
    peak_kib: int = 0

    @property
    def ok(self) -> bool:
        return self.error is None

    @property
    def needs_password(self) -> bool:
        return self.error is Code.NEEDS_PASSWORD

    @property
    def text(self) -> str:
        return "\n\f\n".join(page.text for page in self.pages)

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """The pages worth recognising: pictures without text, or text whose letters are unknown."""
        return tuple(page.number for page in self.pages if page.image or page.unmapped > 0.5)
