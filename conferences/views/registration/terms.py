"""How one registers for an edition, said at the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.signed_in import person
from conferences.actions.editions_common import Conflict
from conferences.actions.registration_terms import set_terms
from conferences.forms.registration import TermsForm
from conferences.models import Edition
from conferences.queries import registrations as queries
from conferences.views.common import render_desk
from conferences.views.desk.common import differences, for_registering

from .common import seen_in
from .register import dates_of


@for_registering
def terms(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    stored, status, found = queries.terms_of(edition), 200, []
    form = TermsForm(request.POST or None, instance=stored)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _saved, moved = set_terms(edition, form.data_for_action(), by=person(request), seen=seen_in(request))
            except Conflict as conflict:
                status, stored = 409, conflict.fresh
                found = differences(form, TermsForm(instance=stored))
            else:
                _say(request, len(moved))
                return redirect("conferences:desk_registration_terms", edition.slug)
    context = {
        "section": "conferences:desk_registrations",
        "form": form,
        "terms": stored,
        "differences": found,
        **dates_of(edition),
    }
    return render_desk(request, "conferences/registration/desk/terms.html", edition, context, status)


def _say(request: HttpRequest, moved: int) -> None:
    messages.success(request, _("Saved."))
    if moved:
        said = ngettext("%(n)s moved up from the waiting list.", "%(n)s moved up from the waiting list.", moved)
        messages.success(request, said % {"n": moved})
