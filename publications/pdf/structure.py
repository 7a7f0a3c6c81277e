"""A second opinion by qpdf, in a child of its own: what the objects of the file say beside what pdfium shows.

pdfium repairs silently and names only some places where scripts may stand; qpdf says what it had to repair, and every
object can be looked at, inside compressed and encrypted object streams too.
"""

import re
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from publications.pdf.codes import Code

OBJECTS = 400_000
STREAM_BYTES = 8 * 1024 * 1024
ALL_STREAM_BYTES = 48 * 1024 * 1024
HUGE_PICTURE_PIXELS = 400_000_000
SYMBOLIC = 4
PAGE_INFORMATION = 48
KEYS = {
    "/JavaScript": Code.JAVASCRIPT,
    "/JS": Code.JAVASCRIPT,
    "/XFA": Code.XFA,
    "/EmbeddedFiles": Code.ATTACHMENTS,
    "/EF": Code.ATTACHMENTS,
}
ACTIONS = {"/JavaScript": Code.JAVASCRIPT, "/Launch": Code.LAUNCHES_PROGRAM, "/Rendition": Code.ATTACHMENTS}
HARMLESS = re.compile(
    r"handled correctly by qpdf|hint table|shared identifier|shared object|lineariz|uncompressed object after|"
    r"object count mismatch|page \d+ has|/Type (key|entry)|MediaBox is undefined|missing or invalid /Type"
)


def inspect(path: str, deadline: float) -> Iterator[Code]:
    """Codes as they are found: whoever is stopped half-way has said what it knew."""
    try:
        document = pikepdf.open(path, suppress_warnings=True)
    except pikepdf.PasswordError:
        return
    except pikepdf.PdfError:
        yield Code.DAMAGED
        return
    yield from _reported(document.get_warnings())
    yield from _objects(document, deadline)
    yield from _page_tree(document)
    yield from _streams(document, deadline)
    yield from _reported(document.get_warnings())


def _reported(warnings: list[Any]) -> Iterator[Code]:
    if any(not HARMLESS.search(str(warning)) for warning in warnings):
        yield Code.DAMAGED


def _page_tree(document: pikepdf.Pdf) -> Iterator[Code]:
    try:
        count = len(document.pages)
    except pikepdf.PdfError:
        yield Code.DAMAGED
        return
    if count == 0:
        yield Code.NO_PAGES


def _objects(document: pikepdf.Pdf, deadline: float) -> Iterator[Code]:
    fonts = strange = 0
    for number, element in enumerate(document.objects):
        if number > OBJECTS or time.monotonic() > deadline:
            return
        if isinstance(element, pikepdf.Stream):
            yield from _picture(element)
        if isinstance(element, (pikepdf.Stream, pikepdf.Dictionary)):
            yield from _actions(element, depth=4)
            fonts += _name(element.get("/Type")) == "/Font" and "/DescendantFonts" not in element
            strange += _is_strange_font(element)
    if strange and strange * 2 >= fonts:
        yield Code.GARBLED


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _actions(element: Any, depth: int) -> Iterator[Code]:
    """Direct dictionaries and arrays inside an object are part of it; what is indirect comes by its own number."""
    if isinstance(element, pikepdf.Array):
        values = list(element)[:1_000]
    else:
        values = [value for _key, value in element.items()]
        yield from (code for key, code in KEYS.items() if key in element)
        action = _name(element.get("/S"))
        if action in ACTIONS:
            yield ACTIONS[action]
    for value in values if depth else ():
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            yield from _actions(value, depth - 1)


def _is_strange_font(font: Any) -> bool:
    """A font that says neither by a map nor by an encoding which letter a glyph stands for."""
    if _name(font.get("/Type")) != "/Font" or "/ToUnicode" in font:
        return False
    if _name(font.get("/Subtype")) == "/Type0":
        return _name(font.get("/Encoding")).startswith("/Identity")
    descriptor = font.get("/FontDescriptor")
    flags = descriptor.get("/Flags", 0) if isinstance(descriptor, pikepdf.Dictionary) else 0
    symbolic = isinstance(flags, int) and bool(flags & SYMBOLIC)
    return _name(font.get("/Subtype")) == "/TrueType" and symbolic and "/Encoding" not in font


def _picture(stream: pikepdf.Stream) -> Iterator[Code]:
    width, height = stream.get("/Width", 0), stream.get("/Height", 0)
    if not (isinstance(width, int) and isinstance(height, int)):
        width = height = 0
    if "/JBIG2Decode" in str(stream.get("/Filter", "")):
        inner = jbig2_size(stream.read_raw_bytes()[:64])
        width, height = max(width, inner[0]), max(height, inner[1])
    if width * height > HUGE_PICTURE_PIXELS:
        yield Code.HUGE_PICTURE


def jbig2_size(start: bytes) -> tuple[int, int]:
    """What the picture itself claims to be: its dictionary may lie, its decoder believes this."""
    if len(start) < 24 or start[4] & 0x3F != PAGE_INFORMATION:
        return 0, 0
    place = 6 + (4 if start[4] & 0x40 else 1) + 4
    return int.from_bytes(start[place : place + 4], "big"), int.from_bytes(start[place + 4 : place + 8], "big")


def _streams(document: pikepdf.Pdf, deadline: float) -> Iterator[Code]:
    spent = 0
    for element in document.objects:
        if spent > ALL_STREAM_BYTES or time.monotonic() > deadline:
            return
        if isinstance(element, pikepdf.Stream) and isinstance(element.get("/Length", 0), int):
            length = int(element.get("/Length", 0))
            if length <= STREAM_BYTES and not _unpacks(element):
                yield Code.DAMAGED
                return
            spent += length


def _unpacks(stream: pikepdf.Stream) -> bool:
    if _name(stream.get("/Filter")) == "/FlateDecode":
        return _inflates(stream.read_raw_bytes())
    if _name(stream.get("/Filter")) in ("/LZWDecode", "/ASCII85Decode", "/RunLengthDecode"):
        try:
            stream.read_bytes()
        except pikepdf.PdfError:
            return False
    return True


def _inflates(block: bytes) -> bool:
    """In small pieces that are dropped at once, so that a bomb costs time (which is limited) but no memory."""
    inflater = zlib.decompressobj()
    total = 0
    try:
        rest = block
        while rest and not inflater.eof and total < ALL_STREAM_BYTES:
            total += len(inflater.decompress(rest, 1024 * 1024))
            rest = inflater.unconsumed_tail
    except zlib.error:
        return False
    return True
