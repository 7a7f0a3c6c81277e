"""Policy briefs in the making."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
