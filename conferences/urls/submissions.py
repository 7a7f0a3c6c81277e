"""What authors do: /konferensi/<slug>/kirim/ and their submissions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
