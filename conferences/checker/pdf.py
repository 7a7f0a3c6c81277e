"""A PDF made anew from what its pages show; everything else stays behind.

Only pages are taken over, each with the few entries that drawing it needs. So there is no list of hiding places to
forget: document data, attachments, scripts, forms, outlines and signatures hang elsewhere and are not copied. Inside
the pages, entries that carry data instead of drawing are taken out, and the drawing instructions are written anew.
"""

import io
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from conferences.checker.codes import Refusal, Refused, Stripped
from conferences.checker.opening import OBJECTS, opened
from conferences.checker.pictures import Damaged, without_data

PICTURE_BYTES = 64 * 1024 * 1024
KEPT_OF_PAGE = {
    "/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group", "/Parent",
}  # fmt: skip
INHERITED = ("/MediaBox", "/CropBox", "/Rotate", "/Resources")
# Data about an object, wherever it hangs.
DATA = {
    "/Metadata": Stripped.XMP,
    "/PieceInfo": Stripped.XMP,
    "/LastModified": Stripped.INFO,
    "/Thumb": Stripped.THUMBNAILS,
    "/AA": Stripped.SCRIPTS,
    "/A": Stripped.SCRIPTS,
    "/JS": Stripped.SCRIPTS,
    "/OpenAction": Stripped.SCRIPTS,
    "/AF": Stripped.ATTACHMENTS,
    "/EF": Stripped.ATTACHMENTS,
    "/OPI": Stripped.INFO,
    "/Info": Stripped.INFO,
    "/Alt": Stripped.INFO,
    "/TU": Stripped.INFO,
    "/T": Stripped.INFO,
    "/StructParent": None,
    "/StructParents": None,
}
OF_ROOT = {
    "/Metadata": Stripped.XMP,
    "/AcroForm": Stripped.FORM,
    "/Outlines": Stripped.OUTLINE,
    "/OpenAction": Stripped.SCRIPTS,
    "/AA": Stripped.SCRIPTS,
}
OF_NAMES = {"/EmbeddedFiles": Stripped.ATTACHMENTS, "/JavaScript": Stripped.SCRIPTS}
MARKED = {"BDC", "DP"}


def strip(path: str) -> tuple[bytes, dict[str, int]]:
    source = opened(path)
    stripped: Counter[str] = Counter()
    _note_document(source, stripped)
    for page in source.pages:
        _strip_page(page.obj, stripped)
    made = pikepdf.Pdf.new()
    made.pages.extend(source.pages)
    _strip_objects(made, stripped)
    target = io.BytesIO()
    made.save(
        target, static_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=False,
    )  # fmt: skip
    return target.getvalue(), {str(kind): number for kind, number in stripped.items()}


def _note_document(source: pikepdf.Pdf, stripped: "Counter[str]") -> None:
    """What stays behind because it hangs at the document."""
    root = source.Root
    if "/Info" in source.trailer:
        stripped[Stripped.INFO] += 1
    for key, kind in OF_ROOT.items():
        stripped[kind] += int(key in root)
    names = root.get("/Names")
    if isinstance(names, pikepdf.Dictionary):
        for key, kind in OF_NAMES.items():
            stripped[kind] += int(key in names)
    for nothing in [found for found, number in stripped.items() if not number]:
        del stripped[nothing]


def _strip_page(page: Any, stripped: "Counter[str]") -> None:
    for key in INHERITED:
        if key not in page and (value := _inherited(page, key)) is not None:
            page[key] = value
    annotations = page.get("/Annots")
    if isinstance(annotations, pikepdf.Array):
        stripped[Stripped.ANNOTATIONS] += len(annotations)
    for key in [str(key) for key in page.keys() if str(key) not in KEPT_OF_PAGE]:  # noqa: SIM118 (a PDF object)
        if kind := DATA.get(key):
            stripped[kind] += 1
        del page[key]


def _inherited(page: Any, key: str) -> Any:
    parent, depth = page.get("/Parent"), 0
    while isinstance(parent, pikepdf.Dictionary) and depth < 50:
        if key in parent:
            return parent[key]
        parent, depth = parent.get("/Parent"), depth + 1
    return None


def _strip_objects(made: pikepdf.Pdf, stripped: "Counter[str]") -> None:
    """Every object that the pages lead to."""
    if len(made.objects) > OBJECTS:
        raise Refused(Refusal.TOO_COSTLY)
    for page in made.pages:
        _rewrite_page(made, page)
    for element in list(made.objects):
        for inner in _dictionaries(element, depth=20):
            _strip_dictionary(inner, stripped)
        if isinstance(element, pikepdf.Stream):
            _strip_stream(made, element, stripped)


def _dictionaries(element: Any, depth: int) -> Iterator[Any]:
    """An object and the direct ones inside it; indirect ones come by themselves."""
    if isinstance(element, (pikepdf.Dictionary, pikepdf.Stream)):
        yield element
        values = [value for _key, value in element.items()]
    elif isinstance(element, pikepdf.Array):
        values = list(element)
    else:
        return
    if not depth:
        raise Refused(Refusal.HOSTILE)
    for value in values:
        if isinstance(value, (pikepdf.Dictionary, pikepdf.Array)) and not value.is_indirect:
            yield from _dictionaries(value, depth - 1)


def _strip_dictionary(element: Any, stripped: "Counter[str]") -> None:
    if str(element.get("/Type", "")) == "/OCG":
        element["/Name"] = pikepdf.String("-")
    is_picture = str(element.get("/Subtype", "")) == "/Image"
    for key in [str(key) for key in element.keys()]:  # noqa: SIM118
        if key not in DATA or _draws(element, key, is_picture):
            continue
        if kind := DATA[key]:
            stripped[kind] += 1
        del element[key]


def _draws(element: Any, key: str, is_picture: bool) -> bool:
    """Names that mean something else in dictionaries that drawing needs: an alternate, a type, a transfer function."""
    return key in ("/A", "/T") and not (is_picture or "/Action" in str(element.get("/Type", "")) or "/S" in element)


def _strip_stream(made: pikepdf.Pdf, stream: Any, stripped: "Counter[str]") -> None:
    subtype = str(stream.get("/Subtype", ""))
    if subtype == "/Form" or "/PatternType" in stream:
        stream.write(_instructions(stream))
    elif subtype == "/Image":
        _strip_picture(stream, stripped)
    elif subtype == "/XML" or str(stream.get("/Type", "")) in ("/Metadata", "/EmbeddedFile"):
        stripped[Stripped.XMP] += 1
        stream.write(b"")


def _strip_picture(stream: Any, stripped: "Counter[str]") -> None:
    """Pictures that are files of their own inside the PDF carry their own data."""
    filters = _filters(stream)
    if not filters or filters[-1] not in ("/DCTDecode", "/JPXDecode"):
        return
    packed = stream.read_raw_bytes()
    try:
        before = _inflated(packed) if filters == ["/FlateDecode", filters[-1]] else packed
        after = without_data(before) if len(filters) == 1 or before is not packed else None
    except (Damaged, zlib.error) as error:
        raise Refused(Refusal.CANNOT_OPEN) from error
    if after is None and len(filters) > 1:
        raise Refused(Refusal.CANNOT_OPEN)  # packed in a way that cannot be looked into
    if after is not None and (after != before or before is not packed):
        stripped[Stripped.PICTURE_DATA] += 1
        stream.write(after, filter=pikepdf.Name(filters[-1]), decode_parms=_last(stream.get("/DecodeParms")))


def _last(parameters: Any) -> Any:
    """Those of the picture itself."""
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) else None
    return parameters if isinstance(parameters, pikepdf.Dictionary) else None


def _filters(stream: Any) -> list[str]:
    given = stream.get("/Filter")
    if isinstance(given, pikepdf.Array):
        return [str(name) for name in given]
    return [] if given is None else [str(given)]


def _inflated(packed: bytes) -> bytes:
    inflater = zlib.decompressobj()
    content = inflater.decompress(packed, PICTURE_BYTES)
    if inflater.unconsumed_tail:
        raise Refused(Refusal.TOO_COSTLY)
    return content


def _rewrite_page(made: pikepdf.Pdf, page: Any) -> None:
    if "/Contents" in page.obj:
        page.obj["/Contents"] = made.make_stream(_instructions(page))


def _instructions(holder: Any) -> bytes:
    """Written anew: without remarks, and without texts in the marks around parts of the page."""
    try:
        parsed = pikepdf.parse_content_stream(holder)
        kept = [_unmarked(instruction) for instruction in parsed]
        return pikepdf.unparse_content_stream(kept)
    except (pikepdf.PdfError, pikepdf.PdfParsingError, ValueError, TypeError) as error:
        raise Refused(Refusal.CANNOT_OPEN) from error


def _unmarked(instruction: Any) -> Any:
    if isinstance(instruction, pikepdf.ContentStreamInlineImage) or str(instruction.operator) not in MARKED:
        return instruction
    operands = list(instruction.operands)
    if len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary):
        marks = {
            key: value for key, value in operands[1].items() if key in ("/MCID", "/ActualText") or _is_plain(value)
        }
        operands[1] = pikepdf.Dictionary(marks)
    return pikepdf.ContentStreamInstruction(operands, instruction.operator)


def _is_plain(value: Any) -> bool:
    """A name, a number, a box: no text."""
    return not isinstance(value, (str, bytes, pikepdf.String, pikepdf.Dictionary, pikepdf.Array))
