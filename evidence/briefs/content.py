"""What the document of a brief says, as plain values in its language: data for the template, never markup."""

import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from evidence.agreement import assess
from evidence.briefs.checks import language_of
from evidence.facts import facts_of
from evidence.models import Brief, BriefFinding, Recommendation
from evidence.queries.briefs import items_of, recommendations_in
from evidence.queries.citations import Citation, citations_of

TEMPLATE = Path(__file__).parent / "brief.typ"
FILE_NAME = "risalah-kebijakan.pdf"
# Of the facts of a finding, those that a brief tells; unknown ones say so.
TOLD = ("size", "cost", "harms", "limits")
Content = dict[str, Any]


def content_of(brief: Brief, by: User, day: datetime.date) -> Content:
    language = language_of(brief)
    with override(language):
        return _content(brief, by, day, language)


def _content(brief: Brief, by: User, day: datetime.date, language: str) -> Content:
    items = items_of(brief)
    citations = citations_of((item.finding.output_id for item in items), settings.SITE_URL, language)
    followed = recommendations_in(brief)
    midnight = datetime.datetime.combine(day, datetime.time.min, datetime.UTC)
    return {
        "timestamp": int(midnight.timestamp()),
        "language": language,
        "site": "Repositori Kesos",
        "kicker": _("Policy brief"),
        "title": str(brief.title),
        "author": author_name(by),
        "date": date_format(day, "DATE_FORMAT"),
        "year": day.year,
        "message_title": _("Key message"),
        "message": paragraphs(str(brief.message)),
        "findings_title": _("What the findings say"),
        "findings": [_finding(item, citations.get(item.finding.output_id)) for item in items],
        "recommendations_title": _("Recommendations"),
        "recommendations": [_recommendation(one) for one in followed],
        "sources_title": _("Sources"),
        "sources": list(dict.fromkeys(str(citation) for citation in citations.values())),
        "other": _other(brief, language),
        "page": _("page"),
        "sample": _("Contains sample data.") if any(item.finding.output.is_sample for item in items) else "",
    }


def author_name(user: User) -> str:
    person = getattr(user, "person", None)
    return f"{person.given_name} {person.family_name}".strip() if person else user.name


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r", "").split("\n") if part.strip()]


def _finding(item: BriefFinding, citation: Citation | None) -> Content:
    finding = item.finding
    facts = {fact.key: fact for fact in facts_of(finding)}
    unknown = _("unknown")
    return {
        "statement": str(finding.statement),
        "direction": str(finding.get_direction_display()),
        "sure": [
            f"{capfirst(str(one.kind.label))}: {one.word}. {one.agreement}" for one in assess(finding.ratings.all())
        ],
        "facts": [[facts[key].label, "; ".join(value.text for value in facts[key].values) or unknown] for key in TOLD],
        "note": paragraphs(str(item.note)),
        "source": _source(finding.page, str(citation) if citation else finding.version.title),
        "address": settings.SITE_URL + reverse("evidence:finding", args=[finding.pk]),
    }


def _source(page: int | None, citation: str) -> str:
    return f"{citation} {_('Page %(number)s.') % {'number': page}}" if page else citation


def _recommendation(one: Recommendation) -> Content:
    return {"text": str(one.text), "to": one.addressee_label, "state": str(one.get_state_display())}


def _other(brief: Brief, language: str) -> Content:
    """Title and message in the other language, as an abstract."""
    there = "en" if language == "id" else "id"
    with override(there):
        title, message = getattr(brief, f"title_{there}"), getattr(brief, f"message_{there}")
        return {"language": there, "title": title, "message": paragraphs(message), "heading": _("Key message")}
