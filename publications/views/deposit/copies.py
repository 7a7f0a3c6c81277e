"""Requests for copies of restricted outputs: all of mine, and one to answer."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.signed_in import person
from kesos_repo.access import signed_in
from publications.actions import copies
from publications.forms.deposit.small import AnswerForm
from publications.models import CopyRequest
from publications.queries import deposits
from publications.states import IllegalTransition

PAGE_SIZE = 25


@signed_in
@require_safe
def copy_requests(request: HttpRequest) -> HttpResponse:
    page = Paginator(deposits.copy_requests(person(request)), PAGE_SIZE).get_page(request.GET.get("halaman"))
    return render(request, "publications/deposit/copy_requests.html", {"page": page})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def copy_request(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: what is asked. POST: grant or decline, once."""
    asked = deposits.copy_requests(person(request)).filter(pk=pk).first()
    if asked is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    answer = request.POST.get("answer")
    if request.method != "POST" or answer not in ("grant", "decline") or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"asked": asked, "form": form, "valid_days": copies.VALID_DAYS}
        return render(request, "publications/deposit/copy_request.html", context, status=status)
    return _answer(request, asked, answer == "grant", form.cleaned_data["message"])


def _answer(request: HttpRequest, asked: CopyRequest, grant: bool, message: str) -> HttpResponse:
    try:
        copies.answer_request(asked, grant=grant, by=person(request), message=message)
    except IllegalTransition:
        messages.info(request, _("This request has already been answered."))
    else:
        messages.success(request, _("Your answer is sent by e-mail."))
    return redirect("publications:copy_requests")
