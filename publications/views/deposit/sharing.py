"""Who owns an output: co-owners and handing over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.signed_in import person
from kesos_repo.access import signed_in
from publications.actions import ownership
from publications.forms.deposit.small import PersonForm, TransferForm
from publications.models import Output
from publications.queries import deposits
from publications.rules import editing


def _output(request: HttpRequest, pk: int) -> Output:
    """An output that this reader owns, shares or administers; anything else does not exist for her."""
    output = Output.objects.select_related("owner", "current").filter(pk=pk).first()
    user = person(request)
    if output is None or not (editing.is_owner(user, output) or editing.may_share(user, output)):
        raise Http404
    return output


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def owners(request: HttpRequest, pk: int) -> HttpResponseBase:
    """GET: who owns it. POST: add a co-owner by e-mail."""
    output = _output(request, pk)
    form = PersonForm(request.POST or None, prefix="share")
    if request.method != "POST":
        return _show(request, output)
    if not editing.may_share(person(request), output):
        raise Http404
    if not form.is_valid():
        return _show(request, output, 422, share_form=form)
    if user := _registered(form.cleaned_data["email"]):
        ownership.add_co_owner(output, user, by=person(request))
    _say_sent(request, form.cleaned_data["email"])
    return redirect("publications:deposit_owners", output.pk)


def _registered(email: str) -> User | None:
    return User.objects.filter(email__iexact=email, is_active=True).first()


def _say_sent(request: HttpRequest, email: str) -> None:
    """The same words whether or not the address is known: who is registered here is nobody's business."""
    text = _("If %(email)s belongs to a registered person, she has been added and told by e-mail.")
    messages.success(request, text % {"email": email})


@signed_in
@require_POST
def remove_owner(request: HttpRequest, pk: int, user_pk: int) -> HttpResponse:
    """The owner removes a co-owner, or a co-owner leaves."""
    output, user = _output(request, pk), person(request)
    co_owner = output.co_owners.filter(pk=user_pk).first()
    if co_owner is None or not (editing.may_share(user, output) or co_owner.pk == user.pk):
        raise Http404
    ownership.remove_co_owner(output, co_owner, by=user)
    if co_owner.pk == user.pk:
        messages.success(request, _("You have left this output."))
        return redirect("publications:deposit")
    messages.success(request, _("%(name)s is no longer co-owner.") % {"name": co_owner})
    return redirect("publications:deposit_owners", output.pk)


@signed_in
@require_POST
def transfer(request: HttpRequest, pk: int) -> HttpResponseBase:
    output, user = _output(request, pk), person(request)
    if not editing.may_share(user, output):
        raise Http404
    form = TransferForm(output, request.POST)
    if not form.is_valid():
        return _show(request, output, 422, transfer_form=form)
    to = form.cleaned_data["to"]
    ownership.transfer(output, to, by=user)
    messages.success(request, _("%(name)s owns this output now; the former owner is co-owner.") % {"name": to})
    return redirect("publications:deposit_owners", output.pk)


def _show(request: HttpRequest, output: Output, status: int = 200, **forms: Any) -> HttpResponse:
    context = {
        "output": output,
        "newest": output.versions.order_by("-number").first(),
        "co_owners": deposits.owners_of(output),
        "may_share": editing.may_share(person(request), output),
        "share_form": PersonForm(prefix="share"),
        "transfer_form": TransferForm(output),
        **forms,
    }
    return render(request, "publications/deposit/owners.html", context, status=status)
