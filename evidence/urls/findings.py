"""Findings and what belongs to them: for everybody, for those who enter them, for curators."""

from django.urls import path

from evidence.views import curation, entering, public, recommendations

urlpatterns = [
    path("bukti/temuan/<int:pk>/", public.finding_page, name="finding"),
    path("bukti/rubrik/", public.rubric_page, name="rubric"),
    path("bukti/rekomendasi/", recommendations.recommendation_list, name="recommendations"),
    path("bukti/rekomendasi/unduh.csv", recommendations.recommendation_csv, name="recommendations_csv"),
    path("bukti/rekomendasi/<int:pk>/", recommendations.recommendation_page, name="recommendation"),
    path("unggah/<int:pk>/temuan/", entering.entering, name="entering"),
    path("unggah/<int:pk>/temuan/baru/", entering.add, name="add"),
    path("unggah/temuan/<int:pk>/", entering.edit, name="edit"),
    path("unggah/temuan/<int:pk>/ajukan/", entering.propose, name="propose"),
    path("unggah/temuan/<int:pk>/buang/", entering.discard, name="discard"),
    path("unggah/<int:pk>/rekomendasi/baru/", recommendations.add, name="add_recommendation"),
    path("unggah/rekomendasi/<int:pk>/", recommendations.edit, name="edit_recommendation"),
    path("unggah/rekomendasi/<int:pk>/buang/", recommendations.discard, name="discard_recommendation"),
    path("unggah/<int:pk>/ringkasan/", recommendations.summary, name="summary"),
    path("kurasi/temuan/", curation.queue, name="queue"),
    path("kurasi/temuan/<int:pk>/", curation.review, name="review"),
    path("kurasi/temuan/<int:pk>/periksa/", curation.check, name="check"),
    path("kurasi/temuan/<int:pk>/kembalikan/", curation.return_to_enterer, name="return"),
    path("kurasi/temuan/<int:pk>/tarik/", curation.withdraw, name="withdraw"),
    path("kurasi/temuan/<int:pk>/nilai/<slug:kind>/", curation.rate, name="rate"),
    path("kurasi/rekomendasi/<int:pk>/periksa/", curation.check_recommendation, name="check_recommendation"),
    path("kurasi/rekomendasi/<int:pk>/kembalikan/", curation.return_recommendation, name="return_recommendation"),
    path("kurasi/rekomendasi/<int:pk>/tarik/", curation.take_back_recommendation, name="take_back_recommendation"),
    path("kurasi/ringkasan/<int:pk>/periksa/", curation.check_summary, name="check_summary"),
    path("kurasi/ringkasan/<int:pk>/kembalikan/", curation.return_summary, name="return_summary"),
]
