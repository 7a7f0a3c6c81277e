"""The site's settings, with a trivial view beside it as the floor, and its own database for each size of corpus."""

import os

from kesos_repo.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "bench" / "templates"]  # noqa: F405
DATABASES["default"]["NAME"] = os.environ.get("KESOS_BENCH_DATABASE", DATABASES["default"]["NAME"])  # noqa: F405
# The floor is a plain Django view: without the look-up in the page cache that the site's own pages begin with.
MIDDLEWARE = [
    "bench.floor.PageCacheBesideFloor" if name.endswith("PageCacheMiddleware") else name
    for name in MIDDLEWARE  # noqa: F405
]
