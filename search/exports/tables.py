"""One output a row, under headings that the bulk import understands."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import get_language

from publications.metadata import Agent
from publications.models import ContributorRole
from publications.queries.terms import TermLabel
from search.exports.reading import Entry

Value = Callable[[Entry], str]


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def _labels(terms: Sequence[TermLabel]) -> str:
    return _joined(term.label for term in terms)


def _by_author(entry: Entry, value: Callable[[Agent], str]) -> str:
    """One place for each author, also an empty one; nothing if all are empty."""
    values = [value(agent).replace(";", ",") for agent in entry.metadata.authors]
    return _joined(values) if any(values) else ""


def _people(agents: Iterable[Agent]) -> str:
    return _joined(agent.inverted for agent in agents)


def _supervisors(entry: Entry) -> str:
    return _people(agent for agent in entry.metadata.agents if agent.role == ContributorRole.SUPERVISOR)


def _keywords(language: str) -> Value:
    return lambda entry: _joined(entry.metadata.keywords[language])


def _embargo(entry: Entry) -> str:
    until = entry.version.embargo_until
    return until.isoformat() if until and not entry.metadata.is_open else ""


# Heading in Indonesian, in English, and what stands under it.
COLUMNS: tuple[tuple[str, str, Value], ...] = (
    ("id", "id", lambda entry: entry.metadata.public_id),
    ("tautan", "url", lambda entry: entry.metadata.permalink),
    ("jenis", "type", lambda entry: entry.metadata.type.label),
    ("judul indonesia", "title id", lambda entry: entry.metadata.titles.get("id", "")),
    ("judul inggris", "title en", lambda entry: entry.metadata.titles.get("en", "")),
    ("penulis", "authors", lambda entry: _people(entry.metadata.authors)),
    ("afiliasi", "affiliations", lambda entry: _by_author(entry, lambda agent: agent.affiliation)),
    ("orcid", "orcid", lambda entry: _by_author(entry, lambda agent: agent.orcid)),
    ("penyunting", "editors", lambda entry: _people(entry.metadata.editors)),
    ("pembimbing", "supervisors", _supervisors),
    ("tanggal terbit", "publication date", lambda entry: entry.metadata.date.joined("-")),
    ("bahasa", "language", lambda entry: entry.metadata.language),
    ("prosiding", "container", lambda entry: entry.metadata.container),
    ("volume", "volume", lambda entry: entry.metadata.volume),
    ("nomor", "issue", lambda entry: entry.metadata.issue),
    ("halaman", "pages", lambda entry: entry.metadata.pages),
    ("penerbit", "publisher", lambda entry: entry.metadata.publisher),
    ("doi", "doi", lambda entry: entry.metadata.doi),
    ("isbn", "isbn", lambda entry: _joined(entry.metadata.isbns)),
    ("issn", "issn", lambda entry: _joined(entry.metadata.issns)),
    ("nomor laporan", "report number", lambda entry: entry.metadata.report_number),
    ("pmks", "pmks", lambda entry: _labels(entry.metadata.pmks)),
    ("psks", "psks", lambda entry: _labels(entry.parts.terms["psks"])),
    ("provinsi", "provinces", lambda entry: _labels(entry.metadata.provinces)),
    ("metode", "methods", lambda entry: _labels(entry.parts.terms["method"])),
    ("kata kunci indonesia", "keywords id", _keywords("id")),
    ("kata kunci inggris", "keywords en", _keywords("en")),
    ("abstrak indonesia", "abstract id", lambda entry: entry.metadata.abstracts.get("id", "")),
    ("abstrak inggris", "abstract en", lambda entry: entry.metadata.abstracts.get("en", "")),
    ("pendana", "funder", lambda entry: entry.metadata.funder),
    ("nomor hibah", "award number", lambda entry: entry.metadata.award_number),
    ("lisensi", "licence", lambda entry: entry.metadata.licence.code if entry.metadata.licence else ""),
    ("akses", "access", lambda entry: entry.version.access),
    ("embargo sampai", "embargo until", _embargo),
)


def headings(language: str | None = None) -> list[str]:
    is_english = (language or get_language()) == "en"
    return [english if is_english else indonesian for indonesian, english, _value in COLUMNS]


def values(entry: Entry) -> list[str]:
    return [value(entry) for _indonesian, _english, value in COLUMNS]
