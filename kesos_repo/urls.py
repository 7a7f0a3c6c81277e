from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from portal.conference_papers import papers
from search.views.outputs import outputs

# Language-neutral, for machines.
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("portal.machine_urls")),
    path("akun/", include("accounts.provider_urls")),
]

# For people: Indonesian without a prefix, English under /en/.
urlpatterns += i18n_patterns(
    path("", include("accounts.urls")),
    path("topik/", include("portal.topic_urls")),
    path("cari/", include("search.urls")),
    path("", include("search.following_urls")),
    path("", include("search.collection_urls")),
    path("", include("evidence.urls")),
    path("konferensi/<slug:slug>/makalah/", papers),  # in front of the list without search
    path("", include("conferences.urls")),
    path("", include("exchange.urls")),
    path("publikasi/", outputs),  # in front of the list that `publications` answers by itself
    path("", include("publications.urls")),
    path("", include("portal.urls")),
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)

handler400 = "portal.views.errors.bad_request"
handler403 = "portal.views.errors.forbidden"
handler404 = "portal.views.errors.not_found"
handler429 = "portal.views.errors.too_many"  # asked for by django-allauth
handler500 = "portal.views.errors.server_error"
