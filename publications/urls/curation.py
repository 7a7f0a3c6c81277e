from django.urls import path

from publications.views import curation

urlpatterns = [
    path("kurasi/", curation.queue, name="queue"),
    path("kurasi/semua/", curation.everything, name="everything"),
    path("kurasi/<int:pk>/", curation.review_page, name="curate"),
    path("kurasi/<int:pk>/ambil/", curation.claim, name="claim"),
    path("kurasi/<int:pk>/lepas/", curation.release, name="release"),
    path("kurasi/<int:pk>/komentar/", curation.comment, name="curation_comment"),
    path("kurasi/<int:pk>/kembalikan/", curation.return_to_author, name="return"),
    path("kurasi/<int:pk>/terbitkan/", curation.approve, name="approve"),
    path("kurasi/<int:pk>/tarik/", curation.withdraw, name="withdraw"),
    path("kurasi/<int:pk>/koreksi/", curation.correct, name="correct"),
]
