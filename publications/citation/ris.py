"""RIS, one tag a line."""

from collections.abc import Iterator

from publications.metadata import PublicMetadata


def ris(metadata: PublicMetadata) -> str:
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in _lines(metadata) if value]
    return "\r\n".join([*lines, "ER  - "]) + "\r\n"


def _lines(metadata: PublicMetadata) -> Iterator[tuple[str, str]]:
    first, last = metadata.page_range
    yield "TY", metadata.type.ris or "GEN"
    yield from (("AU", agent.inverted) for agent in metadata.authors)
    yield from (("ED" if metadata.authors else "A2", agent.inverted) for agent in metadata.editors)
    yield "TI", metadata.title
    yield "TT", metadata.translated_title
    yield "T2", metadata.container
    yield "PY", metadata.date.parts[0]
    yield "DA", "/".join([*metadata.date.parts, "", ""][:3]) + "/"
    yield "PB", metadata.publisher
    yield "VL", metadata.volume
    yield "IS", metadata.issue or metadata.report_number
    yield "SP", first
    yield "EP", last
    yield from (("SN", number) for number in [*metadata.isbns, *metadata.issns])
    yield "DO", metadata.doi
    yield "UR", metadata.permalink
    yield "L1", metadata.main_pdf.url if metadata.main_pdf else ""
    yield "LA", metadata.language
    yield "M3", metadata.type.label
    yield from (("KW", word) for word in metadata.all_keywords)
    yield "AB", metadata.abstract
    yield "DP", "Repositori Kesos"
