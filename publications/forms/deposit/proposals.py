"""What a bibliographic record proposes for the blocks of the form, in the shape that `snapshot` has."""

from typing import Any

from publications.importing.records import Record
from publications.importing.vocabulary import Vocabulary
from publications.models import ContributorRole

from .choices import LANGUAGES
from .snapshot import DATE_LENGTHS, pmks_value

_SIMPLE = {
    "publisher": "publisher", "container_title": "container", "volume": "volume", "issue": "issue", "pages": "pages",
    "funder": "funder", "award_number": "award",
}  # fmt: skip


def proposals_from(record: Record) -> dict[str, Any]:
    """{block: value}; blocks of which the record says nothing are left out."""
    found: dict[str, Any] = {block: getattr(record, name) for block, name in _SIMPLE.items()}
    for language in ("id", "en"):
        found[f"title_{language}"] = _text(record.titles, language, record)
        found[f"abstract_{language}"] = _text(record.abstracts, language, record)
        found[f"keywords_{language}"] = list(record.keywords.get(language, ()))
    found["language"] = record.language if record.language in LANGUAGES else ""
    found |= _terms(record, Vocabulary.load())
    found["date"] = record.date.first_day.isoformat()[: DATE_LENGTHS[record.date.precision]] if record.date else ""
    found["contributors"] = [_contributor(person) for person in record.contributors]
    found["identifiers"] = sorted(_identifiers(record))
    return {block: value for block, value in found.items() if value}


def _text(texts: Any, language: str, record: Record) -> str:
    """A text of unknown language belongs to that of the record."""
    unknown = texts.get("", "") if (record.language or "id") == language else ""
    return str(texts.get(language, "") or unknown)


def _terms(record: Record, vocabulary: Vocabulary) -> dict[str, Any]:
    """The source's words that name a term here; the others are left out."""

    def code(kind: str, pk: int | None) -> str:
        return vocabulary.codes.get((kind, pk), "") if pk else ""

    def codes(kind: str, words: tuple[str, ...]) -> list[str]:
        found = (code(kind, vocabulary.find(kind, word)) for word in words)
        return list(dict.fromkeys(name for name in found if name))

    return {
        "type": code("types", vocabulary.type_of(record.type, record.container)),
        "licence": code("licences", vocabulary.licence_of(record.licence)) if record.licence else "",
        "pmks": pmks_value(codes("pmks", record.pmks)),
        "psks": sorted(codes("psks", record.psks)),
        "provinces": sorted(codes("provinces", record.provinces)),
        "methods": sorted(codes("methods", record.methods)),
    }


def _contributor(person: Any) -> dict[str, Any]:
    return {
        "given_name": person.given,
        "family_name": person.family,
        "affiliation": person.affiliation,
        "orcid": person.orcid,
        "role": person.role if person.role in ContributorRole.values else ContributorRole.AUTHOR,
        "credit": [],
    }


def _identifiers(record: Record) -> list[str]:
    many = [("isbn", record.isbn), ("issn", record.issn)]
    single = [("doi", record.doi), ("report", record.report), ("url", record.url)]
    return [f"{scheme}:{value}" for scheme, values in many for value in values] + [
        f"{scheme}:{value}" for scheme, value in single if value
    ]
