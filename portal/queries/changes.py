"""What became different on a topic since a day: one list over everything, read a page at a time.

Of what is withdrawn only that it is, never what it said.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.models import Finding, Question, Recommendation, RecommendationStep, TopicMessage, Use
from evidence.queries.uses import on_topic
from evidence.states import FindingState
from publications.models import Output, Version
from publications.queries.paging import Paging
from publications.states import OutputState, VersionState
from taxonomy.models import Pmks

Rows = QuerySet[Any, Any]


@dataclass(frozen=True, slots=True)
class Change:
    day: datetime.date
    kind: str
    what: str  # in words
    title: str
    language: str  # of the title; empty for that of the page
    url: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangePage:
    changes: list[Change]
    paging: Paging


@dataclass(frozen=True)
class Kind:
    """`select` finds the rows of a topic since a moment, with `day`; `told` words those with these ids."""

    name: str
    select: Callable[[Pmks, datetime.datetime], Rows]
    told: Callable[[Iterable[int]], dict[int, dict[str, str]]]


def changes_since(topic: Pmks, since: datetime.date, number: int) -> ChangePage:
    """The newest first. One statement counts, one picks the page, and one for each kind that stands on it."""
    begin = timezone.make_aware(datetime.datetime.combine(since, datetime.time.min))
    parts = [_numbered(position, kind.select(topic, begin)) for position, kind in enumerate(KINDS)]
    rows = parts[0].union(*parts[1:], all=True)
    total = rows.count()
    paging = Paging.nearest(number, total)
    first = paging.first_item - 1 if total else 0
    picked = list(rows.order_by("-day", "what_kind", "-id_of")[first : paging.last_item])
    return ChangePage(_told(picked), paging)


def _numbered(position: int, rows: Rows) -> Rows:
    numbers = {"what_kind": Value(position, IntegerField()), "id_of": F("pk")}
    numbered: Rows = rows.annotate(**numbers).order_by().values_list("day", "what_kind", "id_of")
    return numbered


def _told(picked: list[tuple[datetime.date, int, int]]) -> list[Change]:
    ids: dict[int, list[int]] = defaultdict(list)
    for _day, position, pk in picked:
        ids[position].append(pk)
    words = {position: KINDS[position].told(own) for position, own in ids.items()}
    return [
        Change(day, KINDS[position].name, **words[position][pk])
        for day, position, pk in picked
        if pk in words[position]
    ]


# --- which ---


def _day(field: str) -> Any:
    """The day in Jakarta of a moment."""
    return TruncDate(field, tzinfo=timezone.get_default_timezone())


def _outputs(topic: Pmks, begin: datetime.datetime) -> Rows:
    found = Output.objects.public().filter(topic_listings__pmks=topic, first_published_at__gte=begin)
    return found.annotate(day=_day("first_published_at"))


def _versions(topic: Pmks, begin: datetime.datetime) -> Rows:
    public = Output.objects.public().filter(topic_listings__pmks=topic)
    found = Version.objects.filter(output__in=public, state=VersionState.PUBLISHED, number__gt=1)
    return found.filter(published_at__gte=begin).annotate(day=_day("published_at"))


def _withdrawn_outputs(topic: Pmks, begin: datetime.datetime) -> Rows:
    found = Output.objects.filter(state=OutputState.WITHDRAWN, current__version_pmks__pmks=topic)
    return found.filter(withdrawn_at__gte=begin).annotate(day=_day("withdrawn_at"))


def _findings(topic: Pmks, begin: datetime.datetime) -> Rows:
    found = Finding.objects.public().filter(pmks=topic, checked_on__gte=begin.date())
    return found.annotate(day=F("checked_on"))


def _withdrawn_findings(topic: Pmks, begin: datetime.datetime) -> Rows:
    """Of outputs that are still public: those of a withdrawn one are gone with it."""
    found = Finding.objects.filter(state=FindingState.WITHDRAWN, output__in=Output.objects.public(), pmks=topic)
    return found.filter(withdrawn_at__gte=begin).annotate(day=_day("withdrawn_at"))


def _steps(topic: Pmks, begin: datetime.datetime) -> Rows:
    findings = Finding.objects.public().filter(pmks=topic)
    linked = Recommendation.findings.through.objects.filter(finding__in=findings).values("recommendation")
    found = RecommendationStep.objects.filter(recommendation__checked_on__isnull=False, recommendation__in=linked)
    return found.filter(at__gte=begin).annotate(day=_day("at"))


def _uses(topic: Pmks, begin: datetime.datetime) -> Rows:
    found = on_topic(Use.objects.public(), topic).filter(decided_on__gte=begin.date())
    return found.annotate(day=F("decided_on"))


def _questions(topic: Pmks, begin: datetime.datetime) -> Rows:
    found = Question.objects.public().filter(pmks=topic, decided_on__gte=begin.date())
    return found.annotate(day=F("decided_on"))


def _messages(topic: Pmks, begin: datetime.datetime) -> Rows:
    found = TopicMessage.objects.filter(pmks=topic, checked_on__gte=begin.date())
    return found.annotate(day=F("checked_on"))


# --- in words ---


def _said(text: Any, what: Any, url: str, note: str = "") -> dict[str, str]:
    """`text` knows its language."""
    return {"what": str(what), "title": str(text), "language": text.language, "url": url, "note": str(note)}


def _titled(version: Version, what: Any, url: str, note: str = "") -> dict[str, str]:
    return {"what": str(what), "title": version.title, "language": version.title_language, "url": url, "note": note}


_TITLE = ("title_id", "title_en")


def _paper(output: Output) -> str:
    return reverse("publications:output", args=[output.public_id])


def _told_outputs(what: Callable[[], str], ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = Output.objects.with_tombstones().select_related("current").filter(pk__in=ids)
    rows = rows.only("public_id", "state", *(f"current__{name}" for name in _TITLE))
    return {one.pk: _titled(one.current, what(), _paper(one)) for one in rows if one.current}


def _told_versions(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = Version.objects.select_related("output").filter(pk__in=ids)
    rows = rows.only("number", "change_note", "is_correction", "output__public_id", "output__current", *_TITLE)
    return {
        one.pk: _titled(
            one, _("correction") if one.is_correction else _("new version"), _paper(one.output), one.change_note
        )
        for one in rows
    }


def _told_findings(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = Finding.objects.only("statement_id", "statement_en", "direction").filter(pk__in=ids)
    return {
        one.pk: _said(one.statement, _("new finding"), reverse("evidence:finding", args=[one.pk]), _direction(one))
        for one in rows
    }


def _direction(finding: Finding) -> str:
    return str(finding.get_direction_display())


def _told_withdrawn_findings(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Only its number, as its page says."""
    return {
        pk: {
            "what": _("finding withdrawn"),
            "title": _("Finding %(number)s") % {"number": pk},
            "language": "",
            "url": reverse("evidence:finding", args=[pk]),
        }
        for pk in ids
    }


def _told_steps(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = RecommendationStep.objects.select_related("recommendation").filter(pk__in=ids)
    return {
        one.pk: _said(
            one.recommendation.text,
            _("recommendation: %(state)s") % {"state": one.get_state_display()},
            reverse("evidence:recommendation", args=[one.recommendation_id]),
        )
        for one in rows
    }


def _told_uses(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = Use.objects.select_related("output").filter(pk__in=ids)
    return {
        one.pk: _said(one.title, _("used in: %(kind)s") % {"kind": one.get_kind_display()}, _paper(one.output))
        for one in rows
    }


def _told_questions(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = Question.objects.filter(pk__in=ids)
    return {
        one.pk: _said(one.text, _("question answered"), reverse("evidence:question", args=[one.pk])) for one in rows
    }


def _told_messages(ids: Iterable[int]) -> dict[int, dict[str, str]]:
    rows = TopicMessage.objects.select_related("pmks").filter(pk__in=ids)
    return {
        one.pk: _said(one.text, _("new message on top"), reverse("topics:topic", args=[one.pmks.slug]) + "#pesan")
        for one in rows
    }


KINDS: tuple[Kind, ...] = (
    Kind("message", _messages, _told_messages),
    Kind("output", _outputs, partial(_told_outputs, lambda: _("new publication"))),
    Kind("version", _versions, _told_versions),
    Kind("withdrawn_output", _withdrawn_outputs, partial(_told_outputs, lambda: _("publication withdrawn"))),
    Kind("finding", _findings, _told_findings),
    Kind("withdrawn_finding", _withdrawn_findings, _told_withdrawn_findings),
    Kind("step", _steps, _told_steps),
    Kind("use", _uses, _told_uses),
    Kind("question", _questions, _told_questions),
)
