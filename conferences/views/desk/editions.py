"""Series and editions: begin, edit, copy; important dates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences import date_order, parts
from conferences.actions import cloning, dates, editions
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.desk.editions import CloneForm, DatesForm, FactsForm, NewEditionForm, SeriesForm
from conferences.models import Edition, Series
from conferences.queries import desk as queries
from conferences.views.common import render_desk
from evidence.views.common import private
from kesos_repo.access import administrators

from .common import differences, for_changing, for_cloning


@administrators
@private
@require_http_methods(["GET", "HEAD", "POST"])
def series(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new one, or an old one."""
    thing = get_object_or_404(Series, pk=pk) if pk else None
    form = SeriesForm(request.POST or None, instance=thing)
    status, found = 200, []
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _save_series(request, thing, form)
            except Conflict as conflict:
                status, thing = 409, conflict.fresh
                found = differences(form, SeriesForm(instance=thing))
            except editions.AddressStays as stays:
                form.add_error("slug", str(stays))
            else:
                messages.success(request, _("Saved."))
                return redirect("conferences:desks")
    base = stamp(thing, editions.SERIES) if thing else ""
    context = {"form": form, "series": thing, "base": base, "differences": found}
    return render(request, "conferences/desk/series.html", context, status=status)


def _save_series(request: HttpRequest, thing: Series | None, form: SeriesForm) -> None:
    data, by = form.data_for_action(), person(request)
    if thing is None:
        editions.add_series(data, by=by)
    else:
        editions.edit_series(thing, data, by=by, base=request.POST.get("base", ""))


@administrators
@private
@require_http_methods(["GET", "HEAD", "POST"])
def new_edition(request: HttpRequest) -> HttpResponseBase:
    form = NewEditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.data_for_action()
        data["series"] = data.pop("series_choice")
        chair = {name: data.pop(name) for name in ("chair_name", "chair_email")}
        edition = editions.add_edition(data, by=person(request), **chair)
        messages.success(request, _("The edition is in preparation. The chair has got an invitation."))
        return redirect("conferences:desk", edition.slug)
    context = {"form": form, "has_series": Series.objects.exists()}
    return render(
        request, "conferences/desk/new_edition.html", context, status=422 if request.method == "POST" else 200
    )


@for_changing
def facts(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = FactsForm(request.POST or None, instance=edition)
    status, found, stored = 200, [], edition
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                base = request.POST.get("base", "")
                saved = editions.edit_facts(edition, form.data_for_action(), by=person(request), base=base)
            except Conflict as conflict:
                status, stored = 409, conflict.fresh
                found = differences(form, FactsForm(instance=stored))
            except editions.AddressStays as stays:
                form.add_error(None, str(stays))
            else:
                messages.success(request, _("Saved."))
                return redirect("conferences:desk_facts", saved.slug)
    context = {
        "section": "conferences:desk_facts",
        "form": form,
        "base": editions.edition_stamp(stored),
        "differences": found,
    }
    return render_desk(request, "conferences/desk/facts.html", edition, context, status)


@for_changing
def important_dates(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = DatesForm(request.POST or None, edition=edition)
    status, found, stored = 200, [], edition
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                base = request.POST.get("base", "")
                dates.set_dates(edition, form.cleaned_data, by=person(request), base=base)
            except Conflict as conflict:
                status, stored = 409, conflict.fresh
                found = differences(form, DatesForm(edition=stored))
            except dates.WrongOrder as wrong:
                form.add_error(None, str(wrong))
            else:
                messages.success(request, _("Saved."))
                return redirect("conferences:desk_dates", edition.slug)
    context = {
        "section": "conferences:desk_dates",
        "form": form,
        "base": dates.date_stamp(stored),
        "differences": found,
        "warnings": date_warnings(edition),
        "put_off": [date for date in edition.dates.all() if date.was_at],
        "part": parts.OTHER_DATES,
        "rows": queries.rows_of(parts.OTHER_DATES, edition),
        "may_edit": True,
    }
    return render_desk(request, "conferences/desk/dates.html", edition, context, status)


def date_warnings(edition: Edition) -> list[str]:
    """What is possible but looks like a mistake."""
    moments = date_order.moments_of(edition)
    late = date_order.after_the_end(edition, moments)
    return [
        *(dates.said(first, second) for first, second in date_order.unusual(moments)),
        *(_("“%(date)s” comes after the conference.") % {"date": kind.label} for kind in late),
    ]


@for_cloning
def clone(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """The form, then what will be copied and which dates come out, then the new edition."""
    form = CloneForm(request.POST or None, source=edition)
    shift = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("go") == "buat":
            made = cloning.clone(edition, form.cleaned_data, by=person(request))
            messages.success(request, _("The new edition is in preparation. Look through it before it is public."))
            return redirect("conferences:desk", made.slug)
        shift = cloning.shift_to(edition, form.cleaned_data["starts_on"])
    context = {"section": "", "form": form, "shift": shift, "copied": cloning.counts(edition) if shift else []}
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    return render_desk(request, "conferences/desk/clone.html", edition, context, status)
