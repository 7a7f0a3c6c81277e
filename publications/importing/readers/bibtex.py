"""BibTeX; `bibtexparser` splits the entries, LaTeX becomes plain text within bounds."""

import logging
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from bibtexparser.library import Library
from bibtexparser.middlewares.names import InvalidNameError, split_multiple_persons_names
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter
from pylatexenc.latex2text import LatexNodes2Text

from publications.importing.building import Value, build
from publications.importing.limits import MAX_BRACE_DEPTH, MAX_CELL_CHARS, MAX_TEXT_BYTES, MAX_VALUES
from publications.importing.names import parse_name
from publications.importing.problems import Problem
from publications.importing.records import Contributor, Row
from publications.importing.texts import TooLarge, find_encoding, unpacked
from publications.importing.values import clean

_FIELDS = {
    "title": "title", "abstract": "abstract", "keywords": "keywords", "year": "year", "month": "month", "date": "date",
    "journal": "container", "journaltitle": "container", "booktitle": "container", "volume": "volume",
    "number": "issue",
    "issue": "issue", "pages": "pages", "publisher": "publisher", "school": "publisher", "institution": "publisher",
    "organization": "publisher", "doi": "doi", "isbn": "isbn", "issn": "issn", "url": "url", "language": "language",
    "langid": "language",
    "file": "file", "funding": "funder", "type": "type", "license": "licence", "copyright": "licence",
}  # fmt: skip
_NAMES = {meaning: name for name, meaning in reversed(_FIELDS.items())} | {"authors": "author", "editors": "editor"}
_LATEX = re.compile(r"[\\{}$~]|--|``|''")
_BARE_PERCENT = re.compile(r"(?<!\\)%")
_MAX_DECODED = 20_000  # longer texts are cleaned of their marks only: the LaTeX reader is slow
_decoder = LatexNodes2Text(math_mode="text", strict_latex_spaces=False)
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)


def read(file: BinaryIO, mapping: dict[str, str]) -> Iterator[Row]:
    encoding, damaged = find_encoding(unpacked(file))
    if damaged:
        yield Row(0, None, (Problem("damaged_text"),))
    data = unpacked(file).read(MAX_TEXT_BYTES + 1)
    if len(data) > MAX_TEXT_BYTES:
        raise TooLarge
    yield from read_text(data.decode(encoding, "replace"))


def read_text(text: str) -> Iterator[Row]:
    """Rows are numbered by the line on which their entry begins."""
    strings: dict[str, str] = {}
    for block in _split(text.replace("\r\n", "\n").replace("\r", "\n")).blocks:
        number = (block.start_line or 0) + 1
        if isinstance(block, DuplicateFieldKeyBlock | DuplicateBlockKeyBlock):
            block = block.ignore_error_block or block
        if isinstance(block, String):
            strings[block.key.casefold()] = _literal(block.value, {})
        elif isinstance(block, Entry):
            yield _row(number, block, strings)
        elif isinstance(block, ParsingFailedBlock):
            yield Row(number, None, (Problem("broken_bibtex", number),))


def _split(text: str) -> Library:
    return Splitter(text).split()


def _row(number: int, entry: Entry, strings: dict[str, str]) -> Row:
    raw = {field.key.casefold(): _literal(str(field.value), strings) for field in entry.fields}
    fields: dict[str, Value] = {"source_id": entry.key}
    for name, meaning in _FIELDS.items():
        if raw.get(name) and meaning not in fields:
            fields[meaning] = latex_to_text(raw[name]) if name not in ("doi", "url", "file") else _address(raw[name])
    kind = entry.entry_type.casefold()
    fields["type"] = [str(fields.get("type", "")), f"bibtex:{kind}"]
    if kind in ("techreport", "report") and "issue" in fields:
        fields["report"] = fields.pop("issue")
    if "file" in fields:
        fields["file"] = _file_name(str(fields["file"]))
    for name, meaning in (("author", "authors"), ("editor", "editors")):
        if raw.get(name):
            fields[meaning] = _people(raw[name])
    return build(number, fields, _NAMES)


def _literal(value: str, strings: dict[str, str]) -> str:
    """A value without its braces or quotation marks; parts joined by # once, and never longer than a cell."""
    value = value.strip()
    if value[:1] == "{" and value[-1:] == "}" or (value[:1] == '"' and value[-1:] == '"' and value.count('"') == 2):
        return value[1:-1][:MAX_CELL_CHARS]
    joined = ""
    for part in value.split("#")[:MAX_VALUES]:
        word = part.strip()
        joined += strings.get(word.casefold(), word.strip('"{}'))[: MAX_CELL_CHARS - len(joined)]
    return joined


def latex_to_text(text: str) -> str:
    """ "Pel{\\'e}" → "Pelé"; deep or long nests of braces are not followed, their marks only fall away."""
    if not _LATEX.search(text):
        return text
    if len(text) > _MAX_DECODED or _depth(text) > MAX_BRACE_DEPTH:
        return re.sub(r"[{}]", "", text)
    plain: str = _decoder.latex_to_text(_BARE_PERCENT.sub(r"\\%", text))
    return plain.replace("{", "").replace("}", "")


def _depth(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "{[(") - (letter in "}])")
        deepest = max(deepest, depth)
    return max(deepest, text.count("\\begin"), text.count("$") // 2 and 1)


def _address(text: str) -> str:
    return text.replace("\\_", "_").replace("\\%", "%").replace("\\&", "&").replace("{", "").replace("}", "").strip()


def _file_name(text: str) -> str:
    """JabRef and Zotero write "Full Text:files/12/a.pdf:application/pdf"."""
    parts = [part for part in re.split(r"[:;]", text) if part.casefold().endswith(".pdf")]
    return PurePosixPath((parts or [text])[0].replace("\\", "/")).name


def _people(text: str) -> list[Contributor]:
    text = text[:MAX_CELL_CHARS]
    try:
        names = split_multiple_persons_names(text) if _depth(text) <= MAX_BRACE_DEPTH else []
    except (InvalidNameError, ValueError, IndexError):
        names = []
    people = [_person(name) for name in (names or re.split(r"\s+and\s+", text))[: MAX_VALUES + 1]]
    return [person for person in people if person is not None]


def _person(name: str) -> Contributor | None:
    """A whole name in braces is a body, not a person: {Kementerian Sosial}."""
    name = name.strip()
    plain = clean(latex_to_text(name))
    if name.startswith("{") and name.endswith("}") and name.count("{") == 1:
        return Contributor(plain) if plain else None
    parts = plain.split(",")
    if len(parts) == 3:  # von Last, Jr, First
        plain = f"{parts[0]}, {parts[2]}, {parts[1]}"
    return parse_name(plain)
