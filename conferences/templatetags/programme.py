"""How the programme is shown: times on the clock of the edition, marks of an agenda, what is in a session."""

import datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.text import capfirst

from conferences.queries.programme_public import materials_of_output
from conferences.schedules.reading import Timed
from publications.models import Output

register = template.Library()


@register.filter
def clock(at: datetime.datetime) -> str:
    """'08.30' or '8:30'. Moments of a programme are in the edition's zone already; `date` would take the reader's."""
    return date_format(at, "H.i" if date_format(at, "TIME_FORMAT").count(".") else "H:i")


@register.filter
def span(timed: Timed) -> str:
    """'08.30–10.00'; with the day where it ends on another."""
    ends = clock(timed.ends_at)
    if timed.ends_at.date() != timed.day and timed.ends_at.time() != datetime.time.min:
        ends = f"{date_format(timed.ends_at, 'j M')}, {ends}"
    return f"{clock(timed.starts_at)}–{ends}"


@register.filter
def whole_day(day: datetime.date) -> str:
    """'Senin, 8 Februari 2027'."""
    return capfirst(date_format(day, "l, j F Y"))


@register.filter
def short_day(day: datetime.date) -> str:
    """'Sen, 8 Feb'."""
    return capfirst(date_format(day, "D, j M"))


@register.simple_tag
def materials_of(output: Output) -> list[Any]:
    """Public slides and posters of a paper that was given at a conference."""
    return materials_of_output(output)
