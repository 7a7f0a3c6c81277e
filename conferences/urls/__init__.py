"""Addresses of the conferences, one file a subject."""

from conferences.urls import call, desk, papers, reviewing, site, submissions

app_name = "conferences"
urlpatterns = [
    *site.urlpatterns,
    *submissions.urlpatterns,
    *papers.urlpatterns,
    *desk.urlpatterns,
    *call.urlpatterns,
    *reviewing.urlpatterns,
]
