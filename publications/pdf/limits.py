"""How much a PDF may cost. Every number here is a ceiling that the child or its parent enforces."""

import json
from dataclasses import asdict, dataclass
from typing import Self

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Reading, inspection and picture are children of their own.

    Their seconds are what they may spend; what one leaves of the total, the next may use for waiting on a busy machine.
    """

    total_seconds: float = 15.0
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
    picture_side: int = 800
    render_dpi: int = 250
    render_pixels: int = 16_000_000
    huge_page_points: float = 7_200.0

    def dumps(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> Self:
        return cls(**json.loads(text))


DEFAULT = Limits()
# For background work: a long file whose reading was stopped while its owner waited is read again in peace.
PATIENT = Limits(total_seconds=240, read_seconds=180, inspect_seconds=30, picture_seconds=30)
