"""Badges: the committee's sheets, and everybody's own."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.signed_in import person
from conferences.badges.sheet import MOST_BADGES, badges_pdf
from conferences.forms.badges import BadgesForm
from conferences.models import Edition, Registration
from conferences.queries.check_ins import expected_at
from conferences.views.common import render_desk, visible_edition
from conferences.views.day.common import pdf_response, reading
from conferences.views.reviewing.common import private
from kesos_repo.access import signed_in
from publications.typesetting import NotTypeset

BADGES = "conferences:desk_badges"


@reading
def badges(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    return _page(request, edition, BadgesForm(request.GET or None), "")


def _page(request: HttpRequest, edition: Edition, form: BadgesForm, problem: str, status: int = 200) -> HttpResponse:
    context = {"section": BADGES, "form": form, "problem": problem, "expected": expected_at(edition).count()}
    return render_desk(request, "conferences/day/badges.html", edition, context, status)


@reading
def sheets(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """What cannot be printed comes back as the form, with what was asked for."""
    form = BadgesForm(request.GET)
    if not form.is_valid():
        return _page(request, edition, form, "", 422)
    rows: list[Registration] = list(form.narrowed(expected_at(edition), edition)[: MOST_BADGES + 1])
    if not rows:
        return _page(request, edition, form, _("Nobody who is confirmed is meant by that."), 422)
    if len(rows) > MOST_BADGES:
        told = ngettext("At most %(n)s badge at once.", "At most %(n)s badges at once.", MOST_BADGES)
        return _page(request, edition, form, told % {"n": MOST_BADGES}, 422)
    try:
        return pdf_response(badges_pdf(edition, rows), f"tanda-pengenal-{edition.slug}")
    except NotTypeset:
        return _page(request, edition, form, _("The sheet could not be made just now. Try again, or fewer."), 503)


@signed_in
@private
@require_safe
def my_badge(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Of one's own confirmed registration; 404 for who has none."""
    edition = visible_edition(request, slug)
    mine = expected_at(edition).filter(user=person(request)).first()
    if mine is None:
        raise Http404
    try:
        return pdf_response(badges_pdf(edition, [mine], alone=True), f"tanda-pengenal-{edition.slug}")
    except NotTypeset:
        return HttpResponse(_("It could not be made just now. Try again in a minute."), status=503)
