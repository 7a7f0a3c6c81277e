"""The whole volume: front matter, stamped papers, index of authors; with bookmarks, page labels and links."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem

from conferences.proceedings.limits import TARGET
from conferences.proceedings.stamping import describe, label, save


def join(told: dict[str, Any]) -> int:
    """Writes `told["made"]`; returns how many pages it has."""
    with ExitStack() as opened, pikepdf.new() as volume:
        sources = [opened.enter_context(pikepdf.open(Path(name))) for name in told["parts"]]
        starts = [_take(volume, source) for source in sources]
        front = len(sources[0].pages)
        _link(volume, front)
        _name_places(volume, starts[1:-1], front)
        _bookmark(volume, told["front"], told["titles"], starts)
        label(volume, [(0, {"S": "/r"}), (front, {"S": "/D"})])
        describe(volume, told["info"])
        save(volume, Path(told["made"]))
        return len(volume.pages)


def _take(volume: pikepdf.Pdf, source: pikepdf.Pdf) -> int:
    start = len(volume.pages)
    volume.pages.extend(source.pages)
    return start


def _link(volume: pikepdf.Pdf, front: int) -> None:
    """Links that name a printed page lead to it."""
    for page in volume.pages:
        for note in page.obj.get("/Annots", Array()):
            uri = str(note.get("/A", Dictionary()).get("/URI", ""))
            if uri.startswith(TARGET):
                del note["/A"]
                note["/Dest"] = _place(volume, front + int(uri.removeprefix(TARGET)) - 1)


def _name_places(volume: pikepdf.Pdf, starts: list[int], front: int) -> None:
    """`#h12` at the end of an address opens the paper that begins on page 12."""
    places = {f"/h{start - front + 1}": _place(volume, start) for start in starts}
    volume.Root.Dests = Dictionary(places)


def _place(volume: pikepdf.Pdf, index: int) -> Array:
    return Array([volume.pages[index].obj, Name.XYZ, None, None, None])


def _bookmark(volume: pikepdf.Pdf, front: list[tuple[str, int]], titles: list[str], starts: list[int]) -> None:
    with volume.open_outline() as outline:
        outline.root.extend(OutlineItem(title, page) for title, page in front)
        outline.root.extend(OutlineItem(title, start) for title, start in zip(titles, starts[1:], strict=True))
