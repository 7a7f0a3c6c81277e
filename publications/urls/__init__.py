"""Addresses of outputs; one file for each kind of reader."""

from .public import urlpatterns as public_urls

app_name = "publications"
urlpatterns = [*public_urls]
