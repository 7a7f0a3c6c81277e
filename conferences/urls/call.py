"""The call and the submissions at the organisers' desk."""

from django.urls import URLPattern, path

from conferences.views.call import late_links, questions, submissions, templates, themes, tracks

DESK = "panitia/<slug:slug>/"
urlpatterns: list[URLPattern] = [
    path(f"{DESK}undangan/", tracks.call, name="desk_call"),
    path(f"{DESK}undangan/pertanyaan/", questions.question_list, name="desk_questions"),
    path(f"{DESK}undangan/pertanyaan/<int:pk>/", questions.edit, name="desk_question"),
    path(f"{DESK}undangan/pertanyaan/<int:pk>/ubah/", questions.change, name="desk_question_change"),
    path(f"{DESK}undangan/templat/", templates.template_list, name="desk_templates"),
    path(f"{DESK}undangan/templat/<int:pk>/hapus/", templates.delete, name="desk_template_delete"),
    path(f"{DESK}undangan/tema/", themes.theme_list, name="desk_themes"),
    path(f"{DESK}undangan/tema/ambil/", themes.take, name="desk_theme_take"),
    path(f"{DESK}undangan/tema/<int:pk>/", themes.edit, name="desk_theme"),
    path(f"{DESK}undangan/tema/<int:pk>/ubah/", themes.change, name="desk_theme_change"),
    path(f"{DESK}undangan/susulan/", late_links.late_link_list, name="desk_late_links"),
    path(f"{DESK}undangan/susulan/<int:pk>/cabut/", late_links.revoke, name="desk_late_link_revoke"),
    path(f"{DESK}kiriman/", submissions.submission_list, name="desk_submissions"),
    path(f"{DESK}kiriman.csv", submissions.submissions_csv, name="desk_submissions_csv"),
    path(f"{DESK}kiriman.xlsx", submissions.submissions_xlsx, name="desk_submissions_xlsx"),
    path(f"{DESK}kiriman/<int:pk>/", submissions.submission, name="desk_submission"),
    path(f"{DESK}kiriman/<int:pk>/berkas/<int:file_pk>/", submissions.file, name="desk_submission_file"),
]
