from django.urls import path

from kesos_repo.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
]
