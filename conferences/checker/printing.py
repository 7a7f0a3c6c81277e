"""What a printer would ask of a PDF: how large its pages are, whether its fonts are inside, what else it carries."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pikepdf

from conferences.checker.codes import Refusal, Refused
from conferences.checker.opening import opened

DEEPEST, MOST_FONTS = 12, 60
EMBEDDED = ("/FontFile", "/FontFile2", "/FontFile3")
SUBSET = re.compile(r"^[A-Z]{6}\+")
KEYS = {
    "/JavaScript": "scripts",
    "/JS": "scripts",
    "/XFA": "scripts",
    "/EmbeddedFiles": "attachments",
    "/EF": "attachments",
}
ACTIONS = {"/JavaScript": "scripts", "/Launch": "scripts", "/Rendition": "attachments"}


def printing_facts(path: str) -> dict[str, Any]:
    """`sizes`: width and height of each page as it is shown, in points; `fonts`: missing ones with their pages."""
    document = opened(path)
    missing: dict[str, list[int]] = defaultdict(list)
    sizes = []
    for number, page in enumerate(document.pages, 1):
        sizes.append(_size(page))
        for name in dict.fromkeys(_missing_fonts(page.obj)):
            if name in missing or len(missing) < MOST_FONTS:
                missing[name].append(number)
    return {"sizes": sizes, "fonts": missing, "encrypted": document.is_encrypted, "carries": sorted(_carried(document))}


def _size(page: pikepdf.Page) -> list[float]:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    turned = int(page.rotation) % 180 == 90
    return [round(height, 1), round(width, 1)] if turned else [round(width, 1), round(height, 1)]


def _missing_fonts(page: Any) -> Iterator[str]:
    """Of a page, of the drawings and patterns within it, and of what notes and fields show on it."""
    seen: set[Any] = set()
    yield from _of_resources(_inherited(page, "/Resources"), seen, DEEPEST)
    annotations = page.get("/Annots")
    for note in list(annotations)[:2_000] if isinstance(annotations, pikepdf.Array) else ():
        looks = note.get("/AP") if isinstance(note, pikepdf.Dictionary) else None
        for look in _values(looks):
            for stream in (look, *_values(look)):
                if isinstance(stream, pikepdf.Stream):
                    yield from _of_resources(stream.get("/Resources"), seen, DEEPEST)


def _inherited(page: Any, key: str) -> Any:
    for _step in range(50):
        if not isinstance(page, pikepdf.Dictionary) or key in page:
            break
        page = page.get("/Parent")
    return page.get(key) if isinstance(page, pikepdf.Dictionary) else None


def _values(element: Any) -> list[Any]:
    plain = isinstance(element, pikepdf.Dictionary) and not isinstance(element, pikepdf.Stream)
    return [value for _key, value in element.items()] if plain else []


def _of_resources(resources: Any, seen: set[Any], depth: int) -> Iterator[str]:
    if not isinstance(resources, pikepdf.Dictionary) or _is_seen(resources, seen):
        return
    if not depth:
        raise Refused(Refusal.HOSTILE)
    for font in _values(resources.get("/Font")):
        if not _is_seen(font, seen):
            yield from _missing(font, seen, depth)
    for state in _values(resources.get("/ExtGState")):
        chosen = state.get("/Font") if isinstance(state, pikepdf.Dictionary) else None
        if isinstance(chosen, pikepdf.Array) and len(chosen) and not _is_seen(chosen[0], seen):
            yield from _missing(chosen[0], seen, depth)
    for drawn in (*_values(resources.get("/XObject")), *_values(resources.get("/Pattern"))):
        if isinstance(drawn, pikepdf.Stream) and not _is_seen(drawn, seen):
            yield from _of_resources(drawn.get("/Resources"), seen, depth - 1)


def _is_seen(element: Any, seen: set[Any]) -> bool:
    if not getattr(element, "is_indirect", False):
        return False
    if element.objgen in seen:
        return True
    seen.add(element.objgen)
    return False


def _missing(font: Any, seen: set[Any], depth: int) -> Iterator[str]:
    """The font's name if its shapes are not in the file. A Type 3 font consists of its shapes."""
    if not isinstance(font, pikepdf.Dictionary):
        return
    if str(font.get("/Subtype", "")) == "/Type3":
        yield from _of_resources(font.get("/Resources"), seen, depth - 1)
        return
    inner = font.get("/DescendantFonts")
    holder = inner[0] if isinstance(inner, pikepdf.Array) and len(inner) else font
    descriptor = holder.get("/FontDescriptor") if isinstance(holder, pikepdf.Dictionary) else None
    if not isinstance(descriptor, pikepdf.Dictionary) or not any(key in descriptor for key in EMBEDDED):
        yield SUBSET.sub("", str(font.get("/BaseFont", "/?")).lstrip("/"))[:100] or "?"


def _carried(document: pikepdf.Pdf) -> set[str]:
    """What has no place in a printed paper, wherever it hangs."""
    found = set[str]()
    for element in document.objects:
        if isinstance(element, (pikepdf.Dictionary, pikepdf.Stream, pikepdf.Array)):
            found |= _carried_by(element, DEEPEST)
    return found


def _carried_by(element: Any, depth: int) -> set[str]:
    """An object and the direct ones inside it; indirect ones come by themselves."""
    found = set[str]()
    values = list(element)[:5_000] if isinstance(element, pikepdf.Array) else [v for _k, v in element.items()]
    if not isinstance(element, pikepdf.Array):
        found |= {kind for key, kind in KEYS.items() if key in element}
        if kind := ACTIONS.get(str(element.get("/S", ""))):
            found.add(kind)
    for value in values:
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            if not depth:
                raise Refused(Refusal.HOSTILE)
            found |= _carried_by(value, depth - 1)
    return found
