"""What the pages of a registration share: whose it is, two windows, the letter."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.signed_in import person
from conferences.actions import registration_letters as letters
from conferences.forms.registration import RegistrationForm
from conferences.models import Edition, Registration
from conferences.queries import registrations as queries
from conferences.rules.registration import is_own
from conferences.views.common import visible_edition
from evidence.views.common import private
from kesos_repo.access import signed_in
from publications.downloads import send
from publications.uploads import refused_uploads

View = Callable[..., HttpResponseBase]


def for_owner(view: View) -> View:
    """The view gets the registration of its address; what is not the reader's does not exist for them."""

    @signed_in
    @private
    @wraps(view)
    def wrapped(request: HttpRequest, slug: str, pk: int, **kwargs: Any) -> HttpResponseBase:
        registration = queries.registration_of(pk, visible_edition(request, slug))
        if registration is None or not is_own(person(request), registration):
            raise Http404
        return view(request, registration, **kwargs)

    return wrapped


def address(registration: Registration, name: str = "my_registration") -> str:
    return reverse(f"conferences:{name}", args=[registration.edition.slug, registration.pk])


def seen_in(request: HttpRequest) -> int:
    """The revision that the page showed; none fits where the form does not say."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def is_sound(request: HttpRequest, form: RegistrationForm) -> bool:
    """Also says so where the letter was too large to be received at all."""
    valid = form.is_valid()
    if "letter" in refused_uploads(request) and "letter" in form.fields:
        form.add_error("letter", _("The letter is larger than 5 MB. Make it smaller, or scan it with less detail."))
        return False
    return valid


def add_letter(request: HttpRequest, registration: Registration, form: RegistrationForm) -> None:
    letter = form.cleaned_data.get("letter")
    if letter is not None:
        letters.add(registration, letter, by=person(request))


def no_place(form: RegistrationForm, edition: Edition) -> None:
    form.add_error("attendance", _("No place is left for this. What you had stays as it is."))


def send_letter(request: HttpRequest, registration: Registration) -> HttpResponseBase:
    """Under a neutral name, never kept by anybody between."""
    blob = registration.letter
    if blob is None:
        raise Http404
    ending = {"application/pdf": ".pdf", "image/webp": ".webp"}.get(blob.mime, "")
    name = f"{registration.edition.slug}-surat-tugas-{registration.number:03d}{ending}"
    try:
        return send(request, blob.content, blob, name, private=True)
    except FileNotFoundError as error:
        raise Http404 from error
