"""Sign-up, sign-in and second factors (django-allauth). ORCID and OpenID Connect appear where they are configured."""

from typing import Any

import environ

from .base import DEMO

env = environ.Env()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.SignupDetails"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_MAX_EMAIL_ADDRESSES = 5
ACCOUNT_SESSION_REMEMBER = True
# How many proxies in front of the site set X-Forwarded-For; limits on attempts count addresses behind them.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("KESOS_TRUSTED_PROXIES", default=0)

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "add_webauthn": "accounts.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.passkey_forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = env("KESOS_SITE_NAME", default="Repositori Kesos")
# Browsers allow passkeys on http://localhost only; the demo is such a place.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
# Roles that must have a second factor. The demo's passwords are public, so it asks for none.
MFA_REQUIRED_ROLES: set[str] = set() if DEMO else {"curator", "administrator"}

USERSESSIONS_TRACK_ACTIVITY = False

SOCIALACCOUNT_ADAPTER = "accounts.adapters.SocialAdapter"
SOCIALACCOUNT_QUERY_EMAIL = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}

if orcid_client := env("KESOS_ORCID_CLIENT_ID", default=""):
    SOCIALACCOUNT_PROVIDERS["orcid"] = {
        # sandbox.orcid.org for trying out
        "BASE_DOMAIN": env("KESOS_ORCID_DOMAIN", default="orcid.org"),
        "APPS": [{"client_id": orcid_client, "secret": env("KESOS_ORCID_CLIENT_SECRET"), "key": ""}],
    }

if oidc_server := env("KESOS_OIDC_SERVER", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env("KESOS_OIDC_ID", default="sso"),
                "name": env("KESOS_OIDC_NAME", default="SSO"),
                "client_id": env("KESOS_OIDC_CLIENT_ID"),
                "secret": env("KESOS_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": oidc_server},
            }
        ],
    }
