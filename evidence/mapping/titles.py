"""What a map is called."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from evidence.mapping.drawing import Heading
from evidence.models import MapAxis
from taxonomy import umbrella


def short_title_of(axis: MapAxis | str) -> str:
    """For the choice between the two."""
    people = umbrella.current()
    return (
        _("%(people)s × outcome") % {"people": people}
        if axis == MapAxis.OUTCOME
        else _("%(people)s × service") % {"people": people}
    )


def title_of(axis: MapAxis | str) -> str:
    people = umbrella.current()
    if axis == MapAxis.OUTCOME:
        return _("Evidence map: %(people)s × outcome") % {"people": people}
    return _("Evidence map: %(people)s × service") % {"people": people}


def heading_of(axis: MapAxis | str, narrowed: list[str], on: datetime.date, address: str) -> Heading:
    return Heading(title_of(axis), narrowed, f"Repositori Kesos, {date_format(on)}, {address}")
