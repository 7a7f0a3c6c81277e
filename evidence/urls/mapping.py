"""The evidence map, its cells and its snapshots."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
