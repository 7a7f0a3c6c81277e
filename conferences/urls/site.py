"""The public site of an edition: /konferensi/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
