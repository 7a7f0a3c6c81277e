"""Badges as PDF: A6, four on a sheet of A4 with marks to cut along; one alone on a page of its own."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conferences import wording
from conferences.badges import token_of
from conferences.models import Edition, Registration
from publications.typesetting import typeset
from publications.typesetting.qr import qr_svg

TEMPLATE = Path(__file__).parent / "sheet.typ"
MOST_BADGES = 1000


def badges_pdf(edition: Edition, registrations: Iterable[Registration], *, alone: bool = False) -> bytes:
    """In the language of the page; `alone`: one A6 page each, for a participant's own printer."""
    return typeset(
        TEMPLATE,
        {
            "timestamp": 0,
            "language": get_language() or "id",
            "alone": alone,
            "title": _("Badges of %(edition)s") % {"edition": edition.title},
            "edition": str(edition.title),
            "theme": str(edition.theme),
            "when": " · ".join(filter(None, [wording.days(edition.starts_on, edition.ends_on), edition.city])),
            "sample": _("sample data") if edition.is_sample else "",
            "badges": [_badge(registration) for registration in registrations],
        },
    )


def _badge(registration: Registration) -> dict[str, Any]:
    return {
        "name": registration.badge_name or registration.name,
        "institution": institution_of(registration),
        "category": str(registration.get_category_display()),
        "number": f"{registration.number:03}",
        "qr": qr_svg(token_of(registration)),
    }


def institution_of(registration: Registration) -> str:
    organisation = registration.institution
    return organisation.label if organisation else registration.institution_name
