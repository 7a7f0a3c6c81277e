"""One paper: its pages on A4, each with header and page number laid over it, and the volume's facts as metadata."""

import io
import json
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Rectangle

A4 = (595.276, 841.89)
NEAR = 3.0  # points
Size = tuple[float, float]
OF_ROOT = ("/OpenAction", "/AA", "/AcroForm", "/Metadata", "/PageLabels", "/PieceInfo", "/Collection")
OF_NAMES = ("/JavaScript", "/EmbeddedFiles")  # its places, to which its links lead, stay
OF_PAGE = ("/AA", "/Metadata", "/PieceInfo")


class Broken(Exception):
    """`why` is a code that `messages.py` says in words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def stamp(source: Path, made: Path, told: dict[str, Any], compiler: Any) -> int:
    """Writes `made` and returns how many pages it has. `told`: what the template says, `pages` expected, `info`."""
    with _opened(source) as pdf:
        if len(pdf.pages) != told["pages"]:
            raise Broken("pages")
        sizes = [_on_a4(pdf, place) for place in range(len(pdf.pages))]
        _lay_over(pdf, sizes, told["stamp"], compiler)
        _clean(pdf)
        label(pdf, [(0, {"S": "/D", "St": told["stamp"]["first"]})])
        describe(pdf, told["info"])
        save(pdf, made)
        return len(sizes)


def _opened(source: Path) -> pikepdf.Pdf:
    try:
        return pikepdf.open(source)
    except pikepdf.PasswordError as error:
        raise Broken("password") from error
    except pikepdf.PdfError as error:
        raise Broken("cannot_open") from error


def _on_a4(pdf: pikepdf.Pdf, place: int) -> Size:
    """The size of the page as it is seen; one that is no A4 is drawn anew on A4, as large as it fits."""
    page = pdf.pages[place]
    seen = _seen(page)
    if any(_is_near(seen, size) for size in (A4, A4[::-1])):
        return seen
    size = A4[::-1] if seen[0] > seen[1] else A4
    fresh = pikepdf.Page(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, *size]), Resources=Dictionary()))
    pdf.pages.insert(place, fresh)
    _draw(pdf.pages[place], pdf.pages[place + 1], Rectangle(0, 0, *size), "/Page")
    del pdf.pages[place + 1]
    return size


def _seen(page: pikepdf.Page) -> Size:
    left, bottom, right, top = (float(value) for value in page.cropbox)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    return (height, width) if int(page.rotation) % 180 else (width, height)


def _is_near(seen: Size, size: Size) -> bool:
    return all(abs(one - other) <= NEAR for one, other in zip(seen, size, strict=True))


def _lay_over(pdf: pikepdf.Pdf, sizes: list[Size], told: dict[str, Any], compiler: Any) -> None:
    text = json.dumps({**told, "sizes": sizes})
    drawn = compiler.compile(sys_inputs={"data": text}, format="pdf", timestamp=0)
    with pikepdf.open(io.BytesIO(drawn)) as overlay:
        for place, (page, over) in enumerate(zip(pdf.pages, overlay.pages, strict=True)):
            _draw(page, over, Rectangle(*(float(value) for value in page.cropbox)), f"/Stamp{place}")


def _draw(page: pikepdf.Page, other: pikepdf.Page, box: Rectangle, name: str) -> None:
    """As `add_overlay` does, under a name that is the same each time; pages may share their resources."""
    placed = page.add_resource(other.as_form_xobject(), Name.XObject, Name(name))
    page.contents_add(b"q\n", prepend=True)
    form = page.Resources.XObject[placed]
    page.contents_add(b"Q\n" + page.calc_form_xobject_placement(form, placed, box, allow_expand=True))
    page.contents_coalesce()


def _clean(pdf: pikepdf.Pdf) -> None:
    """What would run by itself, and what its author's programs wrote about the file."""
    _drop(pdf.Root, OF_ROOT)
    _drop(pdf.Root.get("/Names", Dictionary()), OF_NAMES)
    for page in pdf.pages:
        _drop(page.obj, OF_PAGE)


def _drop(thing: Any, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def label(pdf: pikepdf.Pdf, ranges: list[tuple[int, dict[str, Any]]]) -> None:
    """Page labels: [(index of the first page, {"S": style, "St": first number})]."""
    numbers = Array()
    for index, told in ranges:
        numbers.append(index)
        numbers.append(Dictionary({"/S": Name(told["S"]), "/St": told.get("St", 1)}))
    pdf.Root.PageLabels = Dictionary(Nums=numbers)


def describe(pdf: pikepdf.Pdf, info: dict[str, Any]) -> None:
    """Title, people, language, dates of the volume: the same each time, and nothing of who made the file before."""
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    pdf.docinfo["/Title"] = info["title"]
    pdf.docinfo["/Author"] = "; ".join(info["people"])
    pdf.docinfo["/Subject"] = info["subject"]
    pdf.docinfo["/Keywords"] = ", ".join(info["keywords"])
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = f"D:{info['date'].replace('-', '')}000000Z"
    pdf.Root.Lang = info["language"]
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = info["title"]
        xmp["dc:creator"] = info["people"]
        xmp["dc:description"] = info["subject"]
        xmp["dc:language"] = {info["language"]}
        xmp["dc:publisher"] = {info["publisher"]}
        xmp["dc:date"] = [info["date"]]
        if info["keywords"]:
            xmp["pdf:Keywords"] = ", ".join(info["keywords"])
        if info["identifiers"]:
            xmp["dc:identifier"] = "; ".join(info["identifiers"])
        if info["rights"]:
            xmp["dc:rights"] = info["rights"]


def save(pdf: pikepdf.Pdf, made: Path) -> None:
    pdf.remove_unreferenced_resources()
    pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
