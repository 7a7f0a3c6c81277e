"""Secrets, hosts, cookies and headers."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path

import environ
from django.core.management.utils import get_random_secret_key

from kesos_repo.paths import var_dir

env = environ.Env()


def _secret_key() -> str:
    """`SECRET_KEY` from the environment, else one made on first use and kept in var/ readable by its owner only."""
    if key := env("SECRET_KEY", default=""):
        return str(key)
    path: Path = var_dir() / "secret-key"
    if not path.exists():
        _make_secret_key(path)
    return path.read_text()


def _make_secret_key(path: Path) -> None:
    """Appears whole or not at all, and once, however many processes want it first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(dir=path.parent)  # for its owner's eyes only
    with os.fdopen(handle, "w") as file:
        file.write(get_random_secret_key())
    with suppress(FileExistsError):
        os.link(scratch, path)
    os.unlink(scratch)


SECRET_KEY = _secret_key()
# Former keys: what they signed or encrypted can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Behind TLS: KESOS_HTTPS=1 turns on secure cookies, HSTS and the redirect.
HTTPS = env.bool("KESOS_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by machines beside the server, without TLS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Other places a form may lead to, besides ORCID and the OpenID Connect providers, which are added by themselves.
CSP_FORM_ACTION = env.list("KESOS_CSP_FORM_ACTION", default=[])
