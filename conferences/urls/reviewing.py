"""Reviewers: /telaah/; assignment, decisions and letters at the organisers' desk."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
