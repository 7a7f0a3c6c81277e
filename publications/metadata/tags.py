"""`citation_*` for Google Scholar and reference managers, Open Graph for those who share links."""

from collections.abc import Iterator

from .facts import PublicMetadata

LARGEST_SCHOLAR_PDF = 5 * 1024 * 1024
DESCRIPTION_LENGTH = 300

Tag = tuple[str, str]


def citation_tags(metadata: PublicMetadata) -> list[Tag]:
    """In document order. Reference managers take the type from the last tag that implies one: only its own are here."""
    return [(name, value) for name, value in _citation_tags(metadata) if value]


def _citation_tags(metadata: PublicMetadata) -> Iterator[Tag]:
    yield "citation_title", metadata.title
    for agent in metadata.authors or metadata.editors:
        yield "citation_author" if metadata.authors else "citation_editor", agent.inverted
    yield "citation_publication_date", metadata.date.joined("/")
    yield "citation_online_date", metadata.online_since.strftime("%Y/%m/%d")
    yield "citation_language", metadata.language
    yield from (("citation_keywords", word) for word in metadata.all_keywords)
    yield "citation_publisher", metadata.publisher
    yield "citation_doi", metadata.doi
    yield from (("citation_isbn", isbn) for isbn in metadata.isbns)
    yield from (("citation_issn", issn) for issn in metadata.issns)
    yield from _container_tags(metadata)
    yield "citation_abstract_html_url", metadata.landing
    yield "citation_pdf_url", scholar_pdf(metadata)


def _container_tags(metadata: PublicMetadata) -> Iterator[Tag]:
    kind = metadata.type.crossref
    if kind == "report":
        yield "citation_technical_report_institution", metadata.publisher
        yield "citation_technical_report_number", metadata.report_number
    elif kind == "dissertation":
        yield "citation_dissertation_institution", metadata.publisher
    elif kind == "journal-article":
        yield "citation_journal_title", metadata.container
    elif kind == "book-chapter":
        yield "citation_inbook_title", metadata.container
    elif metadata.type.ris == "CPAPER":
        yield "citation_inbook_title", metadata.container
        yield "citation_conference_title", metadata.container
    first, last = metadata.page_range
    yield "citation_volume", metadata.volume
    yield "citation_issue", metadata.issue
    yield "citation_firstpage", first
    yield "citation_lastpage", last


def scholar_pdf(metadata: PublicMetadata) -> str:
    """The main PDF, if Google Scholar would take it."""
    pdf = metadata.main_pdf
    return pdf.url if pdf and pdf.size <= LARGEST_SCHOLAR_PDF and pdf.name.endswith(".pdf") else ""


def open_graph(metadata: PublicMetadata) -> list[Tag]:
    tags = [
        ("og:type", "article"),
        ("og:title", metadata.titles.get(metadata.page_language) or metadata.title),
        ("og:description", description(metadata)),
        ("og:url", metadata.landing),
        ("og:locale", "en_GB" if metadata.page_language == "en" else "id_ID"),
        ("og:image", metadata.thumbnail),
    ]
    return [(name, value) for name, value in tags if value]


def description(metadata: PublicMetadata) -> str:
    """The beginning of the abstract in the language of the page."""
    text = " ".join((metadata.abstracts.get(metadata.page_language) or metadata.abstract).split())
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0] + " …"
