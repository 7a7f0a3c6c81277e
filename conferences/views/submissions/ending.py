"""Withdraw what was handed in; throw a draft away."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.signed_in import person
from conferences.actions import submissions as actions
from conferences.models import Submission
from conferences.rules import submissions as rules
from publications.forms.inputs import TextField
from publications.states import IllegalTransition

from .common import address, around, for_author


class WithdrawForm(forms.Form):
    reason = TextField(
        label=gettext_lazy("Why you withdraw it"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("The committee reads it."),
    )  # fmt: skip


@for_author
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if not rules.may_withdraw(person(request), submission):
        messages.info(request, _("This submission cannot be withdrawn now."))
        return redirect(address("submission", submission))
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.withdraw(submission, form.cleaned_data["reason"], by=person(request))
        except IllegalTransition:
            messages.info(request, _("This submission cannot be withdrawn now."))
        else:
            messages.success(request, _("The submission is withdrawn."))
        return redirect(address("submission", submission))
    status = 422 if request.method == "POST" else 200
    return render(request, "conferences/submissions/withdraw.html", {**around(submission), "form": form}, status=status)


@for_author
@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, submission: Submission) -> HttpResponseBase:
    if not rules.may_discard(person(request), submission):
        messages.info(request, _("Only a draft can be thrown away. What was handed in is withdrawn."))
        return redirect(address("submission", submission))
    if request.method == "POST":
        actions.discard(submission, by=person(request))
        messages.success(request, _("The draft is thrown away."))
        return redirect("conferences:my_submissions")
    return render(request, "conferences/submissions/discard.html", around(submission))
