"""How much a PDF may cost. Every number here is a ceiling that the child or its parent enforces."""

import json
from dataclasses import asdict, dataclass
from typing import Self

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Reading, inspection and picture are children of their own: an upload waits for the sum of their walls at most."""

    read_seconds: float = 8.0
    inspect_seconds: float = 3.0
    picture_seconds: float = 4.0
    render_seconds: float = 20.0
    memory_bytes: int = 1024 * MIB
    output_bytes: int = 48 * MIB
    restarts: int = 2
    pages: int = 2_000
    page_chars: int = 100_000
    total_chars: int = 10_000_000
    line_pages: int = 8
    line_chars: int = 15_000
    picture_side: int = 900
    render_dpi: int = 250
    render_pixels: int = 16_000_000
    huge_page_points: float = 7_200.0

    def dumps(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> Self:
        return cls(**json.loads(text))


DEFAULT = Limits()
