from django.urls import path

from kesos_repo.health import healthz
from portal.views.pages import favicon

urlpatterns = [
    path("favicon.ico", favicon, name="favicon"),
    path("healthz", healthz, name="healthz"),
]
