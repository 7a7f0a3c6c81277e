"""pdfium, called inside the child only: facts of a document, text and lines of a page, pictures.

pdfium is not thread-safe and trusts its allocator: it may end the process when memory runs out. Both are the reasons
why nothing of the server ever imports this module.
"""

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from publications.pdf.codes import Code, Refused
from publications.pdf.text import clean, clean_line

METADATA = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
BOLD_NAMES = ("bold", "black", "heavy", "cmbx", "sfbx", "demi")
FORCE_BOLD = 1 << 18
PRINT_AND_COPY = (1 << 2) | (1 << 4)
OPEN_ERRORS = {
    raw.FPDF_ERR_PASSWORD: Code.NEEDS_PASSWORD,
    raw.FPDF_ERR_SECURITY: Code.UNKNOWN_ENCRYPTION,
}
FEW_CHARACTERS = 16
SAMPLE = 400
LINE_BREAKS = (10, 13)


def open_document(path: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise Refused(OPEN_ERRORS.get(getattr(error, "err_code", 0) or 0, Code.CANNOT_OPEN)) from error


def facts(document: pdfium.PdfDocument) -> dict[str, Any]:
    handle = document.raw
    revision = raw.FPDF_GetSecurityHandlerRevision(handle)
    permissions = raw.FPDF_GetDocPermissions(handle)
    return {
        "page_count": len(document),
        "metadata": _metadata(document),
        "version": document.get_version() or 0,
        "encrypted": revision >= 0,
        "restricted": revision >= 0 and permissions & PRINT_AND_COPY != PRINT_AND_COPY,
        "javascript": raw.FPDFDoc_GetJavaScriptActionCount(handle) > 0,
        "xfa": raw.FPDF_GetFormType(handle) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND),
        "attachments": max(0, raw.FPDFDoc_GetAttachmentCount(handle)),
        "signatures": max(0, raw.FPDF_GetSignatureCount(handle)),
    }


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    found = {}
    for key in METADATA:
        length = raw.FPDF_GetMetaText(document.raw, key.encode(), None, 0)
        if 2 < length <= 8192:
            buffer = ctypes.create_string_buffer(length)
            raw.FPDF_GetMetaText(document.raw, key.encode(), buffer, length)
            found[key] = clean_line(buffer.raw[: length - 2].decode("utf-16-le", "replace"))[:2000]
    return {key: value for key, value in found.items() if value}


def page_text(text_page: pdfium.PdfTextPage, limit: int) -> tuple[str, bool]:
    """The text in the order of the content stream, the reading order of nearly every paper; and if it was cut."""
    count = max(0, text_page.count_chars())
    wanted = min(count, limit)
    if wanted == 0:
        return "", False
    buffer = (ctypes.c_ushort * (2 * wanted + 2))()
    written = raw.FPDFText_GetText(text_page.raw, 0, wanted, buffer)
    content = bytes(buffer)[: max(0, written - 1) * 2].decode("utf-16-le", "replace")
    return clean(content), count > limit


def unmapped_share(text_page: pdfium.PdfTextPage) -> float:
    """The share of characters whose font does not say which letter they stand for, on an even sample of the page."""
    count = max(0, text_page.count_chars())
    step = max(1, count // SAMPLE)
    sample = range(0, count, step)
    failed = sum(raw.FPDFText_HasUnicodeMapError(text_page.raw, index) == 1 for index in sample)
    return failed / len(sample) if count else 0.0


def has_image(page: pdfium.PdfPage) -> bool:
    total = min(2_000, raw.FPDFPage_CountObjects(page.raw))
    return any(_is_image(raw.FPDFPage_GetObject(page.raw, index), 0) for index in range(total))


def _is_image(element: Any, depth: int) -> bool:
    kind = raw.FPDFPageObj_GetType(element)
    if kind == raw.FPDF_PAGEOBJ_FORM and depth < 3:
        total = min(200, raw.FPDFFormObj_CountObjects(element))
        return any(_is_image(raw.FPDFFormObj_GetObject(element, index), depth + 1) for index in range(total))
    return bool(kind == raw.FPDF_PAGEOBJ_IMAGE)


def page_lines(text_page: pdfium.PdfTextPage, limit: int) -> Iterator[dict[str, Any]]:
    """Lines as spans of one size, weight and base line each: [text, size, bold, x0, x1, y]."""
    spans: list[list[Any]] = []
    faces: dict[Any, tuple[float, bool]] = {}
    for index in range(min(limit, max(0, text_page.count_chars()))):
        unicode = raw.FPDFText_GetUnicode(text_page.raw, index)
        if unicode in LINE_BREAKS:
            yield from _finish(spans)
            spans = []
        else:
            _append(spans, text_page, index, unicode, faces)
    yield from _finish(spans)


def _append(
    spans: list[list[Any]], text_page: pdfium.PdfTextPage, index: int, unicode: int, faces: dict[Any, Any]
) -> None:
    character = chr(unicode) if 0 < unicode < 0x110000 else " "
    element = raw.FPDFText_GetTextObject(text_page.raw, index)
    if not element:
        if spans:
            spans[-1][0] += character
        return
    address = ctypes.addressof(element.contents)
    if address not in faces:
        faces[address] = _face(text_page, index, element)
    size, bold = faces[address]
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text_page.raw, index, left, right, bottom, top)
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y)
    last = spans[-1] if spans else None
    if last and last[1] == size and last[2] == bold and abs(last[5] - y.value) < 0.8:
        last[0] += character
        last[4] = max(last[4], right.value)
    else:
        spans.append([character, size, bold, left.value, right.value, y.value])


def _face(text_page: pdfium.PdfTextPage, index: int, element: Any) -> tuple[float, bool]:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text_page.raw, index, matrix)
    size = raw.FPDFText_GetFontSize(text_page.raw, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    font = raw.FPDFTextObj_GetFont(element)
    name = ctypes.create_string_buffer(256)
    if font:
        raw.FPDFFont_GetBaseFontName(font, name, len(name))
    lowered = name.value.decode("utf-8", "replace").lower()
    forced = bool(font) and raw.FPDFFont_GetFlags(font) & FORCE_BOLD
    return round(size, 1), bool(forced or any(part in lowered for part in BOLD_NAMES))


def _finish(spans: list[list[Any]]) -> Iterator[dict[str, Any]]:
    kept = [
        [clean(span[0]), span[1], span[2], round(span[3], 1), round(span[4], 1), round(span[5], 1)] for span in spans
    ]
    if any(span[0].strip() for span in kept):
        yield {"spans": kept}


def picture_scale(width: float, height: float, side: int, pixels: int, dpi: float | None = None) -> float:
    """The scale that keeps a page of any size within a side and a number of pixels."""
    longest = max(width, height, 1.0)
    scale = min(side / longest, math.sqrt(pixels / max(1.0, width * height)))
    # A hair less: the engine rounds the sides of a page up.
    return 0.9995 * (min(scale, dpi / 72) if dpi else scale)
