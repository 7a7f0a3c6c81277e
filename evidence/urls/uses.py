"""Where outputs were used."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
