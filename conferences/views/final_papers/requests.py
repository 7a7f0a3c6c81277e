"""Letters that ask for final papers: looked at, then written into the outbox."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.signed_in import person
from conferences.actions import final_requests as actions
from conferences.rules.final_papers import may_ask_for_papers, takes_final_papers
from conferences.views.reviewing.common import edition_for, number_in, private
from kesos_repo.access import signed_in

MOST = 1000


@signed_in
@private
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Those that are ticked, or all who owe one."""
    edition = edition_for(request, slug, may_ask_for_papers)
    if not takes_final_papers(edition):
        raise PermissionDenied
    chosen = None
    if request.POST.get("all") != "1":
        ticked = request.POST.getlist("chosen")[:MOST]
        chosen = {number for value in ticked if (number := number_in(value)) is not None}
    count = actions.write(edition, chosen, by=person(request))
    if count:
        text = ngettext(
            "%(n)s letter waits in the outbox, to be looked at and sent.",
            "%(n)s letters wait in the outbox, to be looked at and sent.",
            count,
        )
        messages.success(request, text % {"n": count})
    else:
        messages.info(request, _("No letter was written: nothing was chosen, or everybody is asked already."))
    return redirect("conferences:desk_final_papers", slug)
