"""Addresses of this subject, at the desk and in public."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
