"""The drawing as PNG, typeset by the same compiler as everything on paper: no browser, no fonts of the machine."""

from pathlib import Path

from django.conf import settings

from evidence.mapping.drawing import Drawing
from publications.typesetting import typeset

WAIT = 2  # seconds for a turn: a reader's request holds a thread of the site meanwhile
_TEMPLATE = Path(__file__).with_name("picture.typ")
_FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "pdfjs-6.5.438" / "fonts"


def as_png(drawing: Drawing, *, wait: float = WAIT) -> bytes:
    """Raises `NotTypeset` when others are being drawn for longer than `wait`, or when it cannot be drawn."""
    data = {"svg": drawing.svg, "width": drawing.width, "height": drawing.height, "timestamp": 0}
    return typeset(_TEMPLATE, data, format="png", fonts=_FONTS, wait=wait)
