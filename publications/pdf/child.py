"""The child process that opens a PDF: ``python -m publications.pdf.child JOB PATH LIMITS NUMBER``.

JOB is read, inspect, picture or render; redraw is for a picture that somebody uploaded (`publications.pictures`).
NUMBER is the first page to read (counted from 1), the page to draw, or the longest side of the picture drawn anew.
It answers in JSON lines, each written at once, so that what was read before it died is not lost.
"""

import base64
import io
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from publications.pdf.codes import Refused
from publications.pdf.confine import confine
from publications.pdf.limits import Limits

RESERVE = 0.5


def say(kind: str, **content: Any) -> None:
    line = json.dumps({"kind": kind, **content}, ensure_ascii=True, separators=(",", ":")) + "\n"
    view = memoryview(line.encode())
    while view:
        view = view[os.write(1, view) :]


def read(path: str, limits: Limits, first: int) -> None:
    from publications.pdf import engine

    deadline = time.monotonic() + limits.read_seconds - RESERVE
    document = engine.open_document(path)
    if first == 1:
        say("document", **engine.facts(document))
    characters = 0
    for number in range(first, min(len(document), limits.pages) + 1):
        if time.monotonic() > deadline:
            say("stopped", code="stopped_time")
            return
        if characters > limits.total_chars:
            say("stopped", code="text_cut")
            return
        say("reading", page=number)
        characters += _read_page(document, number, limits)
    if len(document) > limits.pages:
        say("stopped", code="too_many_pages")


def _read_page(document: Any, number: int, limits: Limits) -> int:
    from pypdfium2 import PdfiumError

    from publications.pdf import engine

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except PdfiumError:
        say("page", number=number, broken=True)
        return 0
    text, cut = engine.page_text(text_page, limits.page_chars)
    visible = len("".join(text.split()))
    say(
        "page",
        number=number,
        text=text,
        cut=cut,
        width=page.get_width(),
        height=page.get_height(),
        unmapped=round(engine.unmapped_share(text_page), 3),
        image=visible < engine.FEW_CHARACTERS and engine.has_image(page),
    )
    if number <= limits.line_pages:
        say("lines", page=number, lines=list(engine.page_lines(text_page, limits.line_chars)))
    text_page.close()
    page.close()
    return len(text)


def inspect(path: str, limits: Limits, number: int) -> None:
    from publications.pdf import structure

    said: set[str] = set()
    for code in structure.inspect(path, time.monotonic() + limits.inspect_seconds - RESERVE):
        if code not in said:
            said.add(code)
            say("found", code=code)


def picture(path: str, limits: Limits, number: int) -> None:
    image, scale = _render(path, limits, number, side=limits.picture_side, dpi=None)
    _say_image(image.convert("RGB"), scale, "WEBP", quality=50, method=6)


def render(path: str, limits: Limits, number: int) -> None:
    image, scale = _render(path, limits, number, side=6_000, dpi=limits.render_dpi)
    _say_image(image.convert("L"), scale, "PNG", compress_level=1)


def _render(path: str, limits: Limits, number: int, *, side: int, dpi: float | None) -> tuple[Any, float]:
    from publications.pdf import engine

    page = engine.open_document(path)[number - 1]
    width, height = page.get_size()
    scale = engine.picture_scale(width, height, side, limits.render_pixels, dpi)
    return page.render(scale=scale, may_draw_forms=False, rev_byteorder=True).to_pil(), scale


def _say_image(image: Any, scale: float, form: str, **options: Any) -> None:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    say(
        "image",
        data=base64.b64encode(buffer.getvalue()).decode(),
        width=image.width,
        height=image.height,
        scale=scale,
        mime=f"image/{form.lower()}",
    )


def redraw(path: str, limits: Limits, side: int) -> None:
    """Nothing but the pixels comes out: no EXIF (place, camera, name), no colour profile, nothing behind the end."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = limits.render_pixels
    with Image.open(path, formats=("JPEG", "PNG", "WEBP")) as opened:
        if opened.width * opened.height > limits.render_pixels:
            say("stopped", code="image_too_large")
            return
        opened.draft("RGB", (side, side))  # a JPEG is read at about the size that is wanted
        opened.thumbnail((side, side), reducing_gap=3.0)
        turned = ImageOps.exif_transpose(opened)
    has_alpha = turned.mode in ("LA", "PA", "RGBA") or "transparency" in turned.info
    image = turned.convert("RGBA" if has_alpha else "RGB")
    image.info.clear()
    _say_image(image, 1.0, "WEBP", quality=80, method=4)


WORK: dict[str, tuple[Callable[[str, Limits, int], None], str]] = {
    "read": (read, "read_seconds"),
    "inspect": (inspect, "inspect_seconds"),
    "picture": (picture, "picture_seconds"),
    "render": (render, "render_seconds"),
    "redraw": (redraw, "render_seconds"),
}


def peak_kib() -> int:
    with open("/proc/self/status", encoding="ascii") as status:
        return next((int(line.split()[1]) for line in status if line.startswith("VmHWM")), 0)


def main(arguments: list[str]) -> int:
    job, path, limits_text, number = arguments
    limits = Limits.loads(limits_text)
    work, seconds = WORK[job]
    confine(limits.memory_bytes, getattr(limits, seconds))
    try:
        work(path, limits, int(number))
    except Refused as refusal:
        say("error", code=refusal.code)
    except MemoryError:
        say("stopped", code="stopped_memory")
    except Exception:  # noqa: BLE001 (the file decides what goes wrong in here; this process ends right after)
        say("stopped", code="stopped_crash")
    say("end", peak=peak_kib())
    return 0


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    # Without tearing down: objects of a damaged file are where clean-up code crashes.
    os._exit(status)
