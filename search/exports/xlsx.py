"""An Excel workbook that is sent while it is written: a row is gone from memory as soon as it is compressed.

openpyxl's own way of writing without memory needs the whole file on the disk before its first byte can be sent.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from zipfile import ZIP_DEFLATED, ZipFile

ROWS = 1_048_576  # as many as a sheet may have
CHARACTERS = 32_767  # as many as a cell may have
# What XML cannot hold.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FLUSH = 65_536

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Format 1 is bold, for headings. Format 2 has an apostrophe before it: text, also when somebody edits the cell.
_FONT = '<sz val="11"/><name val="Calibri"/>'
_FORMAT = 'numFmtId="0" fillId="0" borderId="0"'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    f'<cellStyleXfs count="1"><xf {_FORMAT} fontId="0"/></cellStyleXfs>'
    f'<cellXfs count="3"><xf {_FORMAT} fontId="0" xfId="0"/><xf {_FORMAT} fontId="1" xfId="0"/>'
    f'<xf {_FORMAT} fontId="0" xfId="0" quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FORMULA = ("=", "+", "-", "@")


class _Pipe(io.RawIOBase):
    """What is written into it can be taken out again; it has no beginning to go back to."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def take(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces, self.size = [], 0
        return taken


def workbook(rows: Iterable[Sequence[str]], title: str) -> Iterator[bytes]:
    """The first row holds the headings; every sheet begins with it. All cells are text."""
    pipe = _Pipe()
    remaining = iter(rows)
    heading = _row(next(remaining), 1)
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=4) as archive:
        number, following = 0, next(remaining, None)
        while following is not None or not number:
            number += 1
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w") as sheet:
                sheet.write(f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetData>{heading}'.encode())
                if following is not None:
                    sheet.write(_row(following).encode())
                for row in islice(remaining, ROWS - 2):
                    sheet.write(_row(row).encode())
                    if pipe.size > _FLUSH:
                        yield pipe.take()
                sheet.write(b"</sheetData></worksheet>")
            following = next(remaining, None)
        for name, text in _frame([title if n == 1 else f"{title} {n}" for n in range(1, number + 1)]):
            archive.writestr(name, _DECLARATION + text)
    yield pipe.take()


def _row(values: Sequence[str], style: int = 0) -> str:
    return f"<row>{''.join(_cell(value, style) for value in values)}</row>"


def _cell(value: str, style: int) -> str:
    if not value:
        return "<c/>"
    text = _ILLEGAL.sub("", value)[:CHARACTERS]
    style = 2 if text.startswith(_FORMULA) else style
    shown = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{shown}><is><t xml:space="preserve">{escape(text, quote=False)}</t></is></c>'


def _frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    """What says where the sheets are."""
    numbers = range(1, len(titles) + 1)
    sheets = [(f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in numbers]
    parts = [*sheets, ("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    overrides = "".join(f'<Override PartName="{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts)
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{overrides}</Types>',
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    named = "".join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in enumerate(titles, 1))
    yield "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>'
    yield (
        "xl/_rels/workbook.xml.rels",
        _relations([*(("worksheet", f"worksheets/sheet{n}.xml") for n in numbers), ("styles", "styles.xml")]),
    )
    yield "xl/styles.xml", _STYLES


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{each}</Relationships>'
