"""Collections: for readers, and for the curators who make them."""

from django.urls import path

from search.views import collection_editing, collections

app_name = "collections"
urlpatterns = [
    path("koleksi/", collections.collection_list, name="list"),
    path("koleksi/<slug:slug>/", collections.collection_page, name="collection"),
    path("koleksi/<slug:slug>/atom/", collections.collection_atom, name="atom"),
    path("koleksi/<slug:slug>/ekspor/<slug:extension>", collections.collection_export, name="export"),
    path("kurasi/koleksi/", collection_editing.collections_curate, name="curate"),
    path("kurasi/koleksi/baru/", collection_editing.collection_edit, name="add"),
    path("kurasi/koleksi/tambah/", collection_editing.collection_add_output, name="add_output"),
    path("kurasi/koleksi/isi/<int:pk>/", collection_editing.collection_item, name="item"),
    path("kurasi/koleksi/<int:pk>/", collection_editing.collection_edit, name="edit"),
    path("kurasi/koleksi/<int:pk>/terbit/", collection_editing.collection_publish, name="publish"),
]
