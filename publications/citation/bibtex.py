"""BibTeX in UTF-8, as biber and all present reference managers read it."""

import re
import unicodedata
from collections.abc import Iterator

from publications.metadata import Agent, PublicMetadata

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LANGUAGES = {"id": "indonesian", "en": "english", "ms": "malay", "nl": "dutch"}
# Where the container and the publisher of an entry type belong.
_CONTAINER = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
_PUBLISHER = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school", "manual": "organization"}
_VERBATIM = frozenset({"url", "doi", "month"})


def bibtex(metadata: PublicMetadata) -> str:
    entry = metadata.type.bibtex or "misc"
    lines = [f"  {name} = {_value(name, value)}" for name, value in _fields(metadata, entry) if value]
    return f"@{entry}{{{_key(metadata)},\n" + ",\n".join(lines) + "\n}\n"


def _fields(metadata: PublicMetadata, entry: str) -> Iterator[tuple[str, str]]:
    yield "author", _names(metadata.authors)
    yield "editor", _names(metadata.editors)
    yield "title", f"{{{escape(metadata.title)}}}" if metadata.title else ""
    yield _CONTAINER.get(entry, "series" if entry == "book" else "howpublished"), escape(metadata.container)
    yield "year", metadata.date.parts[0]
    yield "month", _MONTHS[metadata.date.date.month - 1] if len(metadata.date.parts) > 1 else ""
    yield _PUBLISHER.get(entry, "publisher"), escape(metadata.publisher)
    yield "type", escape(metadata.type.label) if entry in ("techreport", "mastersthesis") else ""
    yield "number", escape(metadata.report_number or metadata.issue)
    yield "volume", escape(metadata.volume)
    yield "pages", escape("--".join(filter(None, metadata.page_range)))
    yield "isbn", escape(", ".join(metadata.isbns))
    yield "issn", escape(", ".join(metadata.issns))
    yield "doi", metadata.doi
    yield "url", metadata.permalink
    yield "language", _LANGUAGES.get(metadata.language, metadata.language)
    yield "keywords", escape(", ".join(metadata.all_keywords))
    yield "abstract", escape(metadata.abstract)


def escape(text: str) -> str:
    """TeX's special characters made harmless; diacritics stay as they are."""
    return "".join(_SPECIAL.get(character, character) for character in " ".join(text.split()))


def _value(name: str, value: str) -> str:
    if name == "month":
        return value
    return "{" + (value.replace("{", "").replace("}", "") if name in _VERBATIM else value) + "}"


def _names(agents: list[Agent]) -> str:
    return " and ".join(_name(agent) for agent in agents)


def _name(agent: Agent) -> str:
    """'Rahmawati, Siti'; a single name in braces, so that it is not taken apart."""
    if agent.given:
        return f"{_protected(agent.family)}, {_protected(agent.given)}"
    return f"{{{escape(agent.family)}}}"


def _protected(part: str) -> str:
    """A part of a name; one that BibTeX would split (a comma, the word 'and') in braces."""
    text = escape(part)
    return f"{{{text}}}" if re.search(r",|\band\b", text, re.IGNORECASE) else text


def _key(metadata: PublicMetadata) -> str:
    """'rahmawati2014perawatan', plain letters; the public id keeps it apart from all others."""
    people = metadata.authors or metadata.editors
    name = _plain(people[0].family) if people else ""
    word = next((plain for plain in map(_plain, metadata.title.split()) if len(plain) > 3), "")
    return f"{name}{metadata.date.parts[0]}{word}-{metadata.public_id}"


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)
