"""Addresses of outputs; one file for each kind of reader."""

from .curation import urlpatterns as curation_urls
from .deposit import urlpatterns as deposit_urls
from .drafts import urlpatterns as draft_urls
from .importing import urlpatterns as import_urls
from .public import urlpatterns as public_urls

app_name = "publications"
urlpatterns = [*public_urls, *curation_urls, *import_urls, *draft_urls, *deposit_urls]
