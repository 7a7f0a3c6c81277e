"""The organisers' desk: /panitia/<slug>/, its facts, site, dates and committee."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
