"""The call and the submissions at the organisers' desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
