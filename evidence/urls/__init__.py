"""Addresses of the evidence, one file a subject."""

from evidence.urls import briefs, comparing, cooperation, findings, mapping, messages, questions, uses

app_name = "evidence"
urlpatterns = [
    *mapping.urlpatterns,
    *findings.urlpatterns,
    *comparing.urlpatterns,
    *briefs.urlpatterns,
    *uses.urlpatterns,
    *questions.urlpatterns,
    *cooperation.urlpatterns,
    *messages.urlpatterns,
]
