from django.urls import include, path

from portal.mail_preview import mail_preview
from portal.views import pages

urlpatterns = [
    path("", include("portal.people_urls")),
    path("", pages.home, name="home"),
    path("surel/", mail_preview, name="mail_preview"),
    path("gaya/", pages.style_guide, name="style_guide"),
]
