"""The deposit: from the first PDF to the published paper, for those who own it."""

from django.urls import path

from publications.views.deposit import (
    autosave,
    copies,
    files,
    home,
    lookups,
    paste,
    sharing,
    status,
    steps,
    submitting,
    versions,
)

HERE = "unggah/<int:pk>"

urlpatterns = [
    path("unggah/", home.home, name="deposit"),
    path("unggah/tempel/", home.begin_pasted, name="deposit_begin_pasted"),
    path("unggah/lembaga/", lookups.organisations, name="deposit_organisations"),
    path("unggah/salinan/", copies.copy_requests, name="copy_requests"),
    path("unggah/salinan/<int:pk>/", copies.copy_request, name="copy_request"),
    path("unggah/versi-baru/<str:public_id>/", versions.new_version, name="deposit_new_version"),
    path("unggah/pemilik/<int:pk>/", sharing.owners, name="deposit_owners"),
    path("unggah/pemilik/<int:pk>/alihkan/", sharing.transfer, name="deposit_transfer"),
    path("unggah/pemilik/<int:pk>/<int:user_pk>/keluarkan/", sharing.remove_owner, name="deposit_remove_owner"),
    path(f"{HERE}/", steps.details, name="deposit_edit"),
    path(f"{HERE}/berkas/", files.file_step, name="deposit_file_step"),
    path(f"{HERE}/topik/", steps.topics, name="deposit_topics"),
    path(f"{HERE}/pratinjau/", submitting.preview, name="deposit_preview"),
    path(f"{HERE}/kirim/", submitting.submit, name="deposit_submit"),
    path(f"{HERE}/status/", status.status, name="deposit_status"),
    path(f"{HERE}/status/<int:comment_pk>/selesai/", status.resolve, name="deposit_resolve"),
    path(f"{HERE}/buang/", submitting.discard, name="deposit_discard"),
    path(f"{HERE}/tempel/", paste.paste, name="deposit_paste"),
    path(f"{HERE}/simpan/", autosave.autosave, name="deposit_autosave"),
    path(f"{HERE}/pembacaan/", autosave.reading, name="deposit_reading"),
    path(f"{HERE}/ubah-berkas/<int:file_pk>/", files.change_file, name="deposit_change_file"),
]
