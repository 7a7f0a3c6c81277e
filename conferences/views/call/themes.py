"""Themes of the call: taken over from what the evidence does not answer yet, or written by hand."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import calls
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.call import ThemeForm
from conferences.models import CallTheme, Edition
from conferences.views.desk.common import Difference, differences
from evidence.models import MapAxis
from evidence.queries.themes import Theme, themes
from publications.queries.generation import generation_of
from taxonomy.models import Pmks, Service

from .common import for_organising, render_call

PAGE_SIZE = 15


def key_of(theme: Theme) -> str:
    """'12-3': a PMKS and a service, or '12-' for questions about a PMKS as a whole."""
    return f"{theme.pmks.pk}-{theme.column.pk if theme.column else ''}"


def _suggested(request: HttpRequest, edition: Edition) -> list[Theme]:
    """A call asks by services; those that were taken over are not offered again."""
    taken = {f"{pmks}-{service or ''}" for pmks, service in edition.themes.values_list("pmks", "service") if pmks}
    found = themes(generation_of(request))
    return [theme for theme in found if theme.axis != MapAxis.OUTCOME and key_of(theme) not in taken]


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def theme_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = ThemeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        calls.add_theme(edition, form.cleaned_data, by=person(request))
        messages.success(request, _("The theme is added."))
        return redirect("conferences:desk_themes", edition.slug)
    page = Paginator(_suggested(request, edition), PAGE_SIZE).get_page(request.GET.get("halaman"))
    suggested = [(key_of(theme), theme) for theme in page.object_list]
    taken = edition.themes.select_related("pmks", "service")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "page": page, "suggested": suggested, "taken": taken}
    return render_call(request, "themes", edition, "desk_themes", status=status, **context)


@for_organising
@require_POST
def take(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """Those that were ticked, with what speaks for each on this day."""
    chosen = set(request.POST.getlist("theme"))
    wanted = [theme for theme in _suggested(request, edition) if key_of(theme) in chosen]
    for theme in wanted:
        calls.add_theme(edition, _taken_over(theme), by=person(request))
    if wanted:
        messages.success(request, _("Taken over. Edit the wording where needed."))
    else:
        messages.error(request, _("Tick at least one theme."))
    return redirect("conferences:desk_themes", edition.slug)


def _taken_over(theme: Theme) -> dict[str, Any]:
    pmks = Pmks.objects.get(pk=theme.pmks.pk)
    service = Service.objects.get(pk=theme.column.pk) if theme.column else None
    texts = {}
    for language in ("id", "en"):
        with override(language):
            place = f"{service.label} · {pmks.label}" if service else pmks.label
            question = next((getattr(q, f"text_{language}") for q in theme.questions), "")
            texts[f"text_{language}"] = (f"{place}: {question}" if question else place)[:300]
    reasons = [reason.kept() for reason in theme.reasons]
    return {"pmks": pmks, "service": service, "reasons": reasons, **texts}


def _theme(edition: Edition, pk: int) -> CallTheme:
    theme = CallTheme.objects.filter(edition=edition, pk=pk).select_related("pmks", "service").first()
    if theme is None:
        raise Http404
    theme.edition = edition
    return theme


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    theme = _theme(edition, pk)
    form = ThemeForm(request.POST or None, instance=theme)
    base = request.POST.get("base", "") if form.is_bound else stamp(theme, calls.THEME)
    status, found = 422 if form.is_bound else 200, list[Difference]()
    if request.method == "POST" and form.is_valid():
        try:
            calls.edit_theme(theme, form.cleaned_data, by=person(request), base=base)
        except Conflict as conflict:
            status, base = 409, stamp(conflict.fresh, calls.THEME)
            found = differences(form, ThemeForm(instance=conflict.fresh))
        else:
            messages.success(request, _("The theme is saved."))
            return redirect("conferences:desk_themes", edition.slug)
    context = {"form": form, "theme": theme, "base": base, "differences": found}
    return render_call(request, "theme", edition, "desk_themes", status=status, **context)


@for_organising
@require_POST
def change(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    """Move it up, or take it out of the call."""
    theme = _theme(edition, pk)
    if request.POST.get("up"):
        calls.move_up(theme, by=person(request))
    elif request.POST.get("delete"):
        calls.delete_theme(theme, by=person(request))
        messages.success(request, _("The theme is taken out of the call."))
    return redirect("conferences:desk_themes", edition.slug)
