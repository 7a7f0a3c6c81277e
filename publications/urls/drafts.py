"""Files of versions on their way; the pages around them are the deposit's and the curators'."""

from django.urls import path

from publications.views import draft_files

urlpatterns = [
    path("unggah/<int:pk>/sampul.webp", draft_files.draft_picture, name="draft_picture"),
    path("unggah/<int:pk>/berkas/<str:name>", draft_files.draft_file, name="draft_file"),
]
