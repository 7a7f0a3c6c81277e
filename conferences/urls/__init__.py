"""Addresses of the conferences, one file a subject."""

from conferences.urls import call, desk, reviewing, site, submissions

app_name = "conferences"
urlpatterns = [
    *site.urlpatterns,
    *submissions.urlpatterns,
    *desk.urlpatterns,
    *call.urlpatterns,
    *reviewing.urlpatterns,
]
