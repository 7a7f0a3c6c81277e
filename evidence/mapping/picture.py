"""The drawing as PNG, typeset by the same compiler as everything on paper: no browser, no fonts of the machine."""

import threading
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

from evidence.mapping.drawing import Drawing

PPI = 144
_FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "pdfjs-6.5.438" / "fonts"
_SOURCE = b"""
#set page(width: float(sys.inputs.width) * 0.75pt, height: float(sys.inputs.height) * 0.75pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""
_one_at_a_time = threading.Lock()  # a picture takes a processor and some memory for a moment


def as_png(drawing: Drawing) -> bytes:
    inputs = {"svg": drawing.svg, "width": str(drawing.width), "height": str(drawing.height)}
    with _one_at_a_time:
        made = typst.compile(_SOURCE, format="png", ppi=PPI, sys_inputs=inputs, font_paths=_fonts())
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single picture")
    return made


@cache
def _fonts() -> typst.Fonts:
    """Read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)])
