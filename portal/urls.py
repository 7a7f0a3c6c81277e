from django.urls import include, path

from portal.views import pages

urlpatterns = [
    path("", include("portal.people_urls")),
    path("", pages.home, name="home"),
    path("gaya/", pages.style_guide, name="style_guide"),
]
