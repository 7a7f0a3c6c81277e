"""Policy briefs in the making."""

from django.urls import path

from evidence.views import brief_editing, briefs

urlpatterns = [
    path("risalah/", briefs.mine, name="briefs"),
    path("risalah/baru/", briefs.start, name="start_brief"),
    path("risalah/tambah/", briefs.add, name="add_to_brief"),
    path("risalah/<int:pk>/", brief_editing.edit, name="brief"),
    path("risalah/<int:pk>/pratinjau/", briefs.preview, name="brief_preview"),
    path("risalah/<int:pk>/jadikan/", briefs.make, name="make_brief"),
    path("risalah/<int:pk>/hapus/", briefs.delete, name="delete_brief"),
]
