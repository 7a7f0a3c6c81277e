"""The account page: what people say about themselves, their security, their data."""

import json
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions import LastAdministrator, delete_account, save_profile
from accounts.forms import DeleteAccountForm, PersonForm, UserForm
from accounts.models import Person
from accounts.personal_data import personal_data
from accounts.queries import organisation_names, sign_in_means
from kesos_repo.access import signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    person = Person.objects.select_related("affiliation").filter(user=user).first() or Person(user=user)
    forms = (UserForm(request.POST or None, instance=user), PersonForm(request.POST or None, instance=person))
    if request.method == "POST" and all([form.is_valid() for form in forms]):  # noqa: C419 both show their errors
        save_profile(user, forms[0].cleaned_data, forms[1].cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("account")
    context = {
        "user_form": forms[0],
        "person_form": forms[1],
        "person": Person.objects.filter(user=user).first(),
        "organisation_names": organisation_names(),
        "means": sign_in_means(user),
    }
    return render(request, "accounts/home.html", context, status=422 if request.method == "POST" else 200)


@signed_in
@require_safe
@never_cache
def my_data(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    text = json.dumps(personal_data(user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="data-saya.json"'
    return response


@signed_in
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest) -> HttpResponseBase:
    user: Any = request.user
    form = DeleteAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            delete_account(user)
        except LastAdministrator as error:
            form.add_error(None, str(error))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect("home")
    return render(request, "accounts/delete.html", {"form": form}, status=422 if request.method == "POST" else 200)
