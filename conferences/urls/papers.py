"""The papers of an edition at its desk; the public list stands above the search."""

from django.urls import path

from conferences.views import papers

urlpatterns = [
    path("panitia/<slug:slug>/makalah/", papers.desk, name="desk_papers"),
    path("panitia/<slug:slug>/makalah/<int:pk>/keluarkan/", papers.release, name="release_paper"),
]
