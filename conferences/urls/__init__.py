"""Addresses of the conferences, one file a subject."""

from conferences.urls import (
    call,
    day,
    desk,
    final_papers,
    papers,
    proceedings,
    programme,
    programme_public,
    registration,
    reviewing,
    site,
    submissions,
)

app_name = "conferences"
urlpatterns = [
    *site.urlpatterns,
    *submissions.urlpatterns,
    *papers.urlpatterns,
    *desk.urlpatterns,
    *call.urlpatterns,
    *reviewing.urlpatterns,
    *programme.urlpatterns,
    *programme_public.urlpatterns,
    *registration.urlpatterns,
    *day.urlpatterns,
    *final_papers.urlpatterns,
    *proceedings.urlpatterns,
]
