"""Late links: made, shown once, taken back."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.signed_in import person
from conferences.actions import calls
from conferences.forms.call import LateLinkForm
from conferences.models import Edition, LateLink

from .common import for_organising, render_call

PAGE_SIZE = 30


@for_organising
@require_http_methods(["GET", "HEAD", "POST"])
def late_link_list(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    form = LateLinkForm(edition, request.POST or None)
    made, url = None, ""
    if request.method == "POST" and form.is_valid():
        made, token = calls.make_late_link(edition, **form.cleaned_data, by=person(request))
        url = f"{settings.SITE_URL}{reverse('conferences:submit_late', args=[edition.slug, token])}"
        form = LateLinkForm(edition)
    rows = edition.late_links.select_related("track", "made_by", "submission")
    status = 422 if request.method == "POST" and made is None else 200
    context = {
        "form": form,
        "made": made,
        "made_url": url,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("halaman")),
        "now": timezone.now(),
    }
    return render_call(request, "late_links", edition, "desk_late_links", status=status, **context)


@for_organising
@require_POST
def revoke(request: HttpRequest, edition: Edition, pk: int) -> HttpResponseBase:
    link = LateLink.objects.filter(edition=edition, pk=pk).first()
    if link is None:
        raise Http404
    link.edition = edition
    calls.revoke_late_link(link, by=person(request))
    messages.success(request, _("The link does not work any more."))
    return redirect("conferences:desk_late_links", edition.slug)
