"""A comparison as a document for word processors: one table on A4, across."""

import io
from typing import Any

from django.utils.translation import get_language
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from evidence.comparing.cells import heading, lines_of, plain, remarks
from evidence.comparing.table import Comparison

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LANGUAGES = {"id": "id-ID", "en": "en-GB"}
MARGIN = Mm(15)


def document_of(comparison: Comparison, address: str) -> bytes:
    document = Document()
    _set_up(document)
    document.add_heading(plain(heading()), level=1)
    table: Any = document.add_table(rows=1, cols=len(comparison.things) + 1)
    table.style = "Table Grid"
    _head(table.rows[0])
    for cell, thing in zip(table.rows[0].cells[1:], comparison.things, strict=True):
        _write(cell, [plain(f"{thing.letter}. {thing.title}")], is_bold=True)
    for row in comparison.rows:
        cells = table.add_row().cells
        _write(cells[0], [plain(row.label)], is_bold=True)
        for cell, values in zip(cells[1:], row.cells, strict=True):
            _write(cell, lines_of(row, values))
    for text in remarks(comparison, address):
        document.add_paragraph(plain(text))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    properties = document.core_properties
    properties.title, properties.author = plain(heading()), "Repositori Kesos"
    properties.comments = ""
    properties.language = code = LANGUAGES.get(get_language() or "id", "id-ID")
    style = document.styles["Normal"]
    style.font.size = Pt(9)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), code)
    style.element.get_or_add_rPr().append(language)


def _head(row: Any) -> None:
    """Repeated on each page, and told to screen readers as the head of the table."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _write(cell: Any, lines: list[str], *, is_bold: bool = False) -> None:
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        paragraph.add_run(line).bold = is_bold
