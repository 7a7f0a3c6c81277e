"""What curators write on top of a topic page."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
