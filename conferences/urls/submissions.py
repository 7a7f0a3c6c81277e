"""What authors do: /konferensi/<slug>/kirim/ and their submissions."""

from django.urls import URLPattern, path

from conferences.views.submissions import edit, ending, files, lists, page, sending, start

ONE = "konferensi/<slug:slug>/kiriman/<int:pk>/"
urlpatterns: list[URLPattern] = [
    path("konferensi/<slug:slug>/kirim/", start.submit, name="submit"),
    path("konferensi/<slug:slug>/susulan/<str:token>/", start.late, name="submit_late"),
    path(ONE, page.submission, name="submission"),
    path(f"{ONE}sunting/", edit.edit, name="submission_edit"),
    path(f"{ONE}simpan/", edit.autosave, name="submission_autosave"),
    path(f"{ONE}berkas/", files.file_step, name="submission_files"),
    path(f"{ONE}berkas/<int:file_pk>/", files.change_file, name="submission_file_change"),
    path(f"{ONE}unduh/<int:file_pk>/", files.download, name="submission_file"),
    path(f"{ONE}periksa/", sending.review, name="submission_review"),
    path(f"{ONE}tarik/", ending.withdraw, name="submission_withdraw"),
    path(f"{ONE}buang/", ending.discard, name="submission_discard"),
    path("akun/kiriman/", lists.my_submissions, name="my_submissions"),
]
