"""Small PDF files made by hand or by typst, one for each thing that can be wrong."""

import zlib
from pathlib import Path

import typst

TEXT = b"BT /F1 12 Tf 72 700 Td (The pages of this paper can be read.) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def stream(content: bytes, extra: bytes = b"", *, packed: bool = False) -> bytes:
    if packed:
        content, extra = zlib.compress(content, 9), extra + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (extra, len(content), content)


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A file with a right index; the first object is the catalog."""
    data = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(data)


def page(
    content: bytes = b"",
    *,
    catalog: bytes = CATALOG,
    box: bytes = b"0 0 595 842",
    font: bytes = FONT,
    xobject: bytes = b"",
    more: tuple[bytes, ...] = (),
    trailer: bytes = b"",
) -> bytes:
    """One page: object 4 is its content, 5 its font, 6 its picture where there is one, the rest follows."""
    resources = b"/Font<</F1 5 0 R>>" + (b"/XObject<</X 6 0 R>>" if xobject else b"")
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>" % (box, resources)
    content = content or stream(TEXT)
    objects = [catalog, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf, content, font]
    return assemble([*objects, *((xobject,) if xobject else ()), *more], trailer)


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(count))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return assemble([CATALOG, tree, stream(TEXT), FONT, *[leaf] * count])


def picture(width: int, height: int, data: bytes = b"") -> bytes:
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (width, height)
    return stream(data or b"\x80" * min(width * height, 1_000_000), head, packed=True)


def picture_page(width: int = 100, height: int = 100) -> bytes:
    return page(stream(b"q 400 0 0 400 90 300 cm /X Do Q"), xobject=picture(width, height))


def paper(source: str, folder: Path, name: str = "paper.pdf") -> Path:
    """A paper set by typst from its markup, with the fonts typst carries."""
    file = folder / name
    document = folder / f"{name}.typ"
    document.write_text(source, encoding="utf-8")
    file.write_bytes(typst.compile(document, ignore_system_fonts=True))
    return file
