from pathlib import Path

import environ

from kesos_repo import embedded
from kesos_repo.paths import ROOT, var_dir

env = environ.Env()
BASE_DIR = ROOT
VAR_DIR: Path = var_dir()

DEBUG = env.bool("KESOS_DEBUG", default=False)
# The demo: sample outputs, accounts with a known password, mail written to files that anyone signed in may read.
DEMO = env.bool("KESOS_DEMO", default=False)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "allauth.socialaccount.providers.orcid",
    "allauth.socialaccount.providers.openid_connect",
    "taxonomy",
    "accounts",
    "publications",
    "evidence",
    "conferences",
    "search",
    "exchange",
    "portal",
    "kesos_repo",
]

MIDDLEWARE = [
    "kesos_repo.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kesos_repo.csp.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kesos_repo.form_addresses.FormAddressMiddleware",
    "kesos_repo.access.AccessMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
]
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"

ROOT_URLCONF = "kesos_repo.urls"
WSGI_APPLICATION = "kesos_repo.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.site",
            ],
        },
    }
]

DATABASES = {"default": env.db_url_config(embedded.database_url())}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Attempts to sign in are counted in the table, for all processes together; the rest stays in each process.
CACHES = {
    "default": {"BACKEND": "kesos_repo.cache.ProcessCache", "OPTIONS": {"MAX_ENTRIES": 1000}},
    "shared": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kesos_shared_cache"},
}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "kesos_repo.formats"
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
# Off, since it would also separate years and keys; counts are shown with the `thousands` filter.

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kesos_repo.bundle.BundleFinder",
]
MEDIA_ROOT = VAR_DIR / "files"
# A paper with hundreds of authors is sent as one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Beside the files, so that storing an upload is a rename.
FILE_UPLOAD_TEMP_DIR = VAR_DIR / "incoming"
FILE_UPLOAD_HANDLERS = ["publications.uploads.HashingUploadHandler"]
# The search index: derived, so it needs no backup, and each machine keeps its own.
DOI_SCHEMAS = env("KESOS_DOI_SCHEMAS", default=str(VAR_DIR / "doi-schemas"))  # what the agencies publish
SEARCH_DIR = Path(env("KESOS_SEARCH_DIR", default=str(VAR_DIR / "search")))
for folder in (MEDIA_ROOT, FILE_UPLOAD_TEMP_DIR):
    folder.mkdir(parents=True, exist_ok=True)

STORAGES = {
    "default": {
        "BACKEND": env("KESOS_FILE_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("KESOS_FILE_STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default=f"filemail://{VAR_DIR / 'mail'}")
vars().update(EMAIL_CONFIG)
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = env("KESOS_MAIL_FROM", default="Repositori Kesos <repositori@localhost.localdomain>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# The address readers use, without a final slash: for links in mails and exports.
SITE_URL = env("KESOS_SITE_URL", default=f"http://localhost:{env('PORT', default='8000')}").rstrip("/")
# Which umbrella word the interface uses for the 26 kinds: PMKS (Permensos 8/2012), PPKS (Permensos 5/2019) or
# PAS (Kepmensos 103/HUK/2025).
UMBRELLA_TERM = env("KESOS_UMBRELLA_TERM", default="PMKS")
# Largest file a depositor may upload, in bytes.
MAX_UPLOAD_BYTES = env.int("KESOS_MAX_UPLOAD_BYTES", default=100 * 1024 * 1024)
# Whether a DOI pasted into the deposit form is looked up at its registry (https://doi.org).
DOI_LOOKUP = env.bool("KESOS_DOI_LOOKUP", default=False)
# The hour in Jakarta at which digests of what people follow are due: after the work day.
DIGEST_HOUR = env.int("KESOS_DIGEST_HOUR", default=17)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
