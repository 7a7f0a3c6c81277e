from django.urls import path

from bench.floor import floor
from kesos_repo.urls import *  # noqa: F403
from kesos_repo.urls import urlpatterns as site_patterns

urlpatterns = [path("bench/floor/", floor), *site_patterns]
