"""A citation for people to read and copy, in the manner of APA 7, in the language of the page."""

import re
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publications.metadata import Agent, PublicMetadata
from publications.models import DatePrecision

_MOST_NAMES = 20
# (text, whether in italics)
Piece = tuple[str, bool]


def formatted(metadata: PublicMetadata) -> str:
    return "".join(text for text, _italic in _pieces(metadata))


def formatted_html(metadata: PublicMetadata) -> SafeString:
    pieces = (f"<i>{escape(text)}</i>" if italic else str(escape(text)) for text, italic in _pieces(metadata))
    return mark_safe("".join(pieces))  # noqa: S308 - each piece is escaped


def _pieces(metadata: PublicMetadata) -> Iterator[Piece]:
    people = _people(metadata)
    if people:
        yield f"{people} ", False
    yield f"({_date(metadata)}). ", False
    yield from _title(metadata)
    yield from _container(metadata)
    yield metadata.best_address, False


def _people(metadata: PublicMetadata) -> str:
    if metadata.authors:
        return _sentence(_names(metadata.authors))
    if metadata.editors:
        label = _("(Ed.)") if len(metadata.editors) == 1 else _("(Eds.)")
        return f"{_names(metadata.editors)} {label}."
    return _sentence(metadata.publisher)


def _names(agents: list[Agent]) -> str:
    names = [_short(agent) for agent in agents]
    if len(names) > _MOST_NAMES:
        names = [*names[: _MOST_NAMES - 1], "… " + names[-1]]
        return ", ".join(names)
    if len(names) == 1:
        return names[0]
    return ", ".join(names[:-1]) + ", & " + names[-1]


def _short(agent: Agent) -> str:
    """'Lelang, M. G.'; a single name whole."""
    initials = " ".join(_initials(part) for part in agent.given.split())
    return f"{agent.family}, {initials}" if initials else agent.family


def _initials(part: str) -> str:
    """'Jean-Luc' → 'J.-L.'"""
    letters = [piece[0].upper() for piece in re.split(r"[-‐]", part.strip(".")) if piece]
    return "-".join(f"{letter}." for letter in letters)


def _date(metadata: PublicMetadata) -> str:
    if metadata.date.precision == DatePrecision.YEAR or metadata.type.crossref != "other":
        return metadata.date.parts[0]
    if metadata.date.precision == DatePrecision.MONTH:
        return date_format(metadata.date.date, "YEAR_MONTH_FORMAT", use_l10n=True)
    return date_format(metadata.date.date, "DATE_FORMAT", use_l10n=True)


def _title(metadata: PublicMetadata) -> Iterator[Piece]:
    stands_alone = not metadata.container
    yield metadata.title, stands_alone
    if metadata.translated_title:
        yield f" [{metadata.translated_title}]", False
    notes = list(_notes(metadata))
    if notes:
        yield f" ({'; '.join(notes)})", False
    if stands_alone and metadata.type.crossref in ("dissertation", "other", "dataset"):
        yield f" [{metadata.type.label}]", False
    yield "" if metadata.title.endswith(("?", "!", ".")) and not notes else ".", False
    yield " ", False


def _notes(metadata: PublicMetadata) -> Iterator[str]:
    if metadata.report_number:
        yield _("No. %(number)s") % {"number": metadata.report_number}
    if metadata.number > 1:
        yield _("Version %(number)s") % {"number": metadata.number}
    if metadata.is_withdrawn:
        yield _("withdrawn")


def _container(metadata: PublicMetadata) -> Iterator[Piece]:
    if metadata.container and metadata.type.crossref == "journal-article":
        yield from _journal(metadata)
    elif metadata.container:
        yield from _book(metadata)
    if metadata.publisher and (metadata.authors or metadata.editors) and metadata.type.crossref != "journal-article":
        yield _sentence(metadata.publisher) + " ", False


def _journal(metadata: PublicMetadata) -> Iterator[Piece]:
    volume = f", {metadata.volume}" if metadata.volume else ""
    yield metadata.container + volume, True
    issue = f"({metadata.issue})" if metadata.issue else ""
    pages = metadata.printed_pages
    yield issue + (f", {pages}" if pages else "") + ". ", False


def _book(metadata: PublicMetadata) -> Iterator[Piece]:
    yield _("In") + " ", False
    yield metadata.container, True
    pages = metadata.printed_pages
    details = [
        _("Vol. %(number)s") % {"number": metadata.volume} if metadata.volume else "",
        _("pp. %(pages)s") % {"pages": pages} if pages else "",
    ]
    known = ", ".join(filter(None, details))
    yield f" ({known}). " if known else ". ", False


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text if text.endswith(".") else text + "."
