from django.urls import path

from publications.views import importing

urlpatterns = [
    path("kurasi/impor/", importing.import_list, name="import"),
    path("kurasi/impor/contoh.csv", importing.example, name="import_example"),
    path("kurasi/impor/kolom/", importing.columns, name="import_columns"),
    path("kurasi/impor/<int:pk>/", importing.batch_page, name="import_batch"),
    path("kurasi/impor/<int:pk>/kemajuan/", importing.progress, name="import_progress"),
    path("kurasi/impor/<int:pk>/masalah.csv", importing.problems_csv, name="import_problems"),
    path("kurasi/impor/<int:pk>/mulai/", importing.start, name="import_start"),
    path("kurasi/impor/<int:pk>/buang/", importing.discard, name="import_discard"),
    path("kurasi/impor/<int:pk>/tarik/", importing.undo, name="import_undo"),
    path("kurasi/impor/<int:pk>/berkas/<int:file_pk>/", importing.release_file, name="import_release"),
]
