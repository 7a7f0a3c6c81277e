from django.urls import path

from portal.views import pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("gaya/", pages.style_guide, name="style_guide"),
]
