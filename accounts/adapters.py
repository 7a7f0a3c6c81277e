"""How django-allauth meets this site: mail through our queue, names for people, secrets encrypted at rest."""

import base64
from hashlib import sha256
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.translation import get_language, override

from accounts.mail import send_text
from accounts.models import User

_fits_into_the_column = MaxLengthValidator(User._meta.get_field("email").max_length or 0)
# In the demo, a visitor may read the mails that their own browser caused before they can sign in.
DEMO_ADDRESSES = "demo_mail_addresses"


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Rendered now, since the addresses in it come from the request; sent after commit, by the worker."""
        site = get_current_site(self.request)
        with override(_language_of(email)):
            message = self.render_mail(
                template_prefix, email, {"request": self.request, "email": email, "current_site": site, **context}
            )
        send_text(email, message.subject, str(message.body))
        self._remember_for_demo(email)

    def clean_email(self, email: str) -> str:
        """Django lets an address have 320 characters, and allauth cuts what the column cannot hold."""
        _fits_into_the_column(email)
        return str(super().clean_email(email))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return "/en/" if get_language() == "en" else "/"

    def get_email_verification_redirect_url(self, email_address: Any) -> str:
        return reverse("account" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account")

    def _remember_for_demo(self, email: str) -> None:
        if settings.DEMO and self.request is not None:
            known = self.request.session.get(DEMO_ADDRESSES, [])
            self.request.session[DEMO_ADDRESSES] = [*known, email.lower()]


def _language_of(email: str) -> str | None:
    """The language of whoever reads it; of the page, if nobody here has this address."""
    known = User.objects.filter(emailaddress__email__iexact=email).values_list("language", flat=True).first()
    return known or get_language()


class SocialAdapter(DefaultSocialAccountAdapter):
    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:
        return reverse("account")

    def get_signup_form_initial_data(self, sociallogin: Any) -> dict[str, Any]:
        initial = super().get_signup_form_initial_data(sociallogin)
        common = sociallogin.provider.extract_common_fields(sociallogin.account.extra_data)
        parts = (common.get("first_name"), common.get("last_name"))
        name = " ".join(part for part in parts if part) or common.get("name")
        return {**initial, "name": name or "", "language": get_language()}

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Never: name and consent are asked for first."""
        return False


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of authenticator apps and recovery codes are encrypted with a key made from SECRET_KEY."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (sha256(b"accounts.second-factor:" + force_bytes(key)).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
