from django.urls import include, path

from portal.mail_preview import mail_preview
from portal.views import dashboard, pages

urlpatterns = [
    path("", include("portal.people_urls")),
    path("", pages.home, name="home"),
    path("dasbor/", dashboard.dashboard, name="dashboard"),
    path("dasbor/<slug:key>.csv", dashboard.dashboard_file, name="dashboard_file"),
    path("surel/", mail_preview, name="mail_preview"),
    path("gaya/", pages.style_guide, name="style_guide"),
]
