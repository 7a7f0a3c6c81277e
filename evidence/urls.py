"""Addresses of the evidence."""

from django.urls import path

from evidence.views import public

app_name = "evidence"
urlpatterns = [
    path("bukti/temuan/<int:pk>/", public.finding_page, name="finding"),
    path("bukti/rubrik/", public.rubric_page, name="rubric"),
]
