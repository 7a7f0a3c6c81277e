"""The participants as tables: CSV and XLSX, and what they count."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Edition, Registration
from conferences.queries import registrations_desk as desk
from conferences.views.common import render_desk
from conferences.views.desk.common import for_registrars
from publications.spreadsheets import csv_response, xlsx_response


@for_registrars
def registrations_csv(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return csv_response(_rows(request, edition), f"peserta-{edition.slug}")


@for_registrars
def registrations_xlsx(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return xlsx_response(_rows(request, edition), f"peserta-{edition.slug}", _("Participants"))


def _rows(request: HttpRequest, edition: Edition) -> Iterator[Sequence[object]]:
    """Never what people need, which is sensitive."""
    names = desk.province_names()
    yield [
        _("Number"), _("State"), _("Category"), _("Takes part"), _("Name with degrees"), _("Name on the badge"),
        _("Institution"), _("Province"), _("Position"), _("E-mail"), _("Telephone"), _("Language of mails"),
        _("Letter of assignment"), _("Registered at"), _("Reason"), _("Sample data"),
    ]  # fmt: skip
    for one in desk.in_batches(desk.of_edition(edition, desk.wanted(request.GET))):
        yield _row(one, names, edition)


def _row(one: Registration, names: dict[str, str], edition: Edition) -> list[object]:
    place: Any = one.institution
    return [
        one.number, str(one.get_state_display()), str(one.get_category_display()), str(one.get_attendance_display()),
        one.name, one.badge_name, place.label if place else one.institution_name,
        names.get(place.province_code, "") if place else "", one.position_title, one.email, one.phone,
        str(one.get_language_display()), _("yes") if one.letter_id else _("no"),
        timezone.localtime(one.registered_at, edition.tz).strftime("%Y-%m-%d %H:%M"), one.reason,
        _("yes") if one.is_sample else _("no"),
    ]  # fmt: skip


@for_registrars
def statistics(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = {
        "section": "conferences:desk_registrations",
        "statistics": desk.statistics(edition, _("not known")),
    }
    return render_desk(request, "conferences/registration/desk/statistics.html", edition, context)
