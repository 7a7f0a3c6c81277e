"""Reviewers: /telaah/; assignment, decisions and letters at the organisers' desk."""

from django.urls import path

from conferences.views.reviewing import circulars, desk_reviewers, desk_reviews, outbox, reviewers

DESK = "panitia/<slug:slug>/"
ONE = f"{DESK}telaah/<int:number>/"

urlpatterns = [
    path("telaah/", reviewers.my_reviews, name="reviews"),
    path("telaah/undangan/<str:token>/", reviewers.invitation, name="reviewer_invitation"),
    path("telaah/<int:pk>/", reviewers.assignment, name="assignment"),
    path("telaah/<int:pk>/terima/", reviewers.accept, name="accept_assignment"),
    path("telaah/<int:pk>/tolak/", reviewers.decline, name="decline_assignment"),
    path("telaah/<int:pk>/konflik/", reviewers.declare_conflict, name="declare_conflict"),
    path("telaah/<int:pk>/simpan/", reviewers.save, name="save_review"),
    path("telaah/<int:pk>/diskusi/", reviewers.discuss, name="discuss_as_reviewer"),
    path("telaah/<int:pk>/berkas/<slug:slot>/", reviewers.file, name="review_file"),
    path(f"{DESK}penelaah/", desk_reviewers.reviewer_list, name="desk_reviewers"),
    path(f"{DESK}penelaah/<int:pk>/topik/", desk_reviewers.reviewer_tracks, name="desk_reviewer_tracks"),
    path(f"{DESK}penelaah/<int:pk>/keluarkan/", desk_reviewers.remove_reviewer, name="remove_reviewer"),
    path(f"{DESK}penelaah/<int:pk>/undang/", desk_reviewers.invite_again, name="invite_again"),
    path(f"{DESK}penugasan/", desk_reviewers.plan, name="desk_assignment"),
    path(f"{DESK}penugasan/susun/", desk_reviewers.propose, name="propose_assignments"),
    path(f"{DESK}penugasan/surat/", desk_reviewers.write_letters, name="write_assignment_letters"),
    path(f"{DESK}penugasan/<int:pk>/buang/", desk_reviewers.discard, name="discard_assignment"),
    path(f"{DESK}penugasan/<int:pk>/batalkan/", desk_reviews.cancel, name="cancel_assignment"),
    path(f"{DESK}penugasan/<int:pk>/perpanjang/", desk_reviews.extend, name="extend_assignment"),
    path(f"{DESK}rubrik/", desk_reviewers.rubric_list, name="desk_rubrics"),
    path(f"{DESK}rubrik/<int:track>/lazim/", desk_reviewers.usual_rubric, name="usual_rubric"),
    path(f"{DESK}rubrik/<int:track>/baru/", desk_reviewers.criterion, name="add_criterion"),
    path(f"{DESK}rubrik/<int:track>/<int:pk>/", desk_reviewers.criterion, name="edit_criterion"),
    path(f"{DESK}rubrik/<int:track>/<int:pk>/hapus/", desk_reviewers.delete_criterion, name="delete_criterion"),
    path(f"{DESK}telaah/", desk_reviews.progress, name="desk_progress"),
    path(ONE, desk_reviews.review, name="desk_review"),
    path(f"{ONE}tambah/", desk_reviews.add, name="add_assignment"),
    path(f"{ONE}diskusi/", desk_reviews.discuss, name="discuss"),
    path(f"{ONE}konflik/", desk_reviews.enter_conflict, name="enter_conflict"),
    path(f"{ONE}konflik/<int:pk>/cabut/", desk_reviews.take_conflict_back, name="take_conflict_back"),
    path(f"{ONE}cabut-keputusan/", desk_reviews.take_decision_back, name="take_decision_back"),
    path(f"{DESK}keputusan/pratinjau/", desk_reviews.preview, name="preview_decisions"),
    path(f"{DESK}keputusan/", desk_reviews.decide, name="decide"),
    path(f"{DESK}surat/", outbox.outbox, name="desk_outbox"),
    path(f"{DESK}surat/kirim/", outbox.send_several, name="send_letters"),
    path(f"{DESK}surat/tulis/", circulars.write, name="write_circular"),
    path(f"{DESK}surat/teks/", outbox.wordings, name="desk_wordings"),
    path(f"{DESK}surat/teks/<str:kind>/<str:language>/", outbox.wording, name="desk_wording"),
    path(f"{DESK}surat/teks/<str:kind>/<str:variant>/<str:language>/", outbox.wording, name="desk_wording"),
    path(f"{DESK}surat/<int:pk>/", outbox.letter, name="desk_letter"),
    path(f"{DESK}surat/<int:pk>/kirim/", outbox.send, name="send_letter"),
    path(f"{DESK}surat/<int:pk>/jangan-kirim/", outbox.drop, name="drop_letter"),
]
