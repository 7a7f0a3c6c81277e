"""What the templates of an output are given: the same facts, ready to be printed."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from publications.addresses import Addresses
from publications.citation import FORMATS, formatted_html
from publications.copy_links import with_key
from publications.metadata import PublicDate, PublicMetadata, build_metadata
from publications.metadata.jsonld import json_ld_text
from publications.metadata.tags import citation_tags, description, open_graph
from publications.models import Version
from publications.queries.output_page import output_page
from publications.queries.parts import VersionParts
from publications.queries.public import whole_version


@dataclass(frozen=True, slots=True)
class Abstract:
    """Text and keywords in one language, with headings in that language."""

    language: str
    heading: str
    text: str
    keywords_heading: str
    keywords: list[str]


def languages() -> list[str]:
    """The language of the page first."""
    here = get_language()
    return sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != here)


def abstracts(version: Version) -> list[Abstract]:
    return [_abstract(version, language) for language in languages()]


def _abstract(version: Version, language: str) -> Abstract:
    text, keywords = getattr(version, f"abstract_{language}"), getattr(version, f"keywords_{language}")
    with override(language):
        return Abstract(language, _("Abstract"), text, _("Keywords"), keywords)


def other_titles(version: Version) -> list[tuple[str, str]]:
    """(language, title) of the titles besides the one that stands on top."""
    titles = [(language, getattr(version, f"title_{language}")) for language in languages()]
    return [(language, title) for language, title in titles if title and title != version.title]


def everything(version: Version, addresses: Addresses, key: str) -> dict[str, Any]:
    """What the page of an output prints; reads the database."""
    version = whole_version(version)
    page = output_page(version)
    return {
        "version": version,
        "output": version.output,
        "page": page,
        "main": page.main,
        "main_url": with_key(addresses.file(page.main.name), key) if page.main else "",
        "canonical": addresses.latest(addresses.language),
        "alternates": alternates(addresses),
        **shown(version, page.parts),
        **described(build_metadata(version, page.parts, addresses)),
    }


def shown(version: Version, parts: VersionParts) -> dict[str, Any]:
    return {
        "abstracts": abstracts(version),
        "other_titles": other_titles(version),
        "contributors": parts.contributors,
        "terms": parts.terms,
        "files": parts.files,
        "identifiers": parts.identifiers,
        "machine_date": PublicDate(version.date, version.date_precision).joined("-") if version.date else "",
    }


def described(metadata: PublicMetadata) -> dict[str, Any]:
    """The metadata in every form that the page carries."""
    return {
        "metadata": metadata,
        "citation_tags": citation_tags(metadata),
        "open_graph": open_graph(metadata),
        "description": description(metadata),
        "json_ld": json_ld_text(metadata),
        "citation_html": formatted_html(metadata),
        "citation_formats": FORMATS.values(),
    }


def alternates(addresses: Addresses) -> list[tuple[str, str]]:
    """(hreflang, address) of the current version's page in each language."""
    known = [(code, addresses.latest(code)) for code, _name in settings.LANGUAGES]
    return [*known, ("x-default", addresses.permalink)]


def reading_page(text: str) -> int | None:
    """The page of the document that an address asks to open at."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else None
