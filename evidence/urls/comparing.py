"""Findings and outputs side by side."""

from django.urls import path

from evidence.views import comparing

urlpatterns = [
    path("bandingkan/", comparing.compare, name="compare"),
    path("bandingkan/banding.xlsx", comparing.compare_xlsx, name="compare_xlsx"),
    path("bandingkan/banding.docx", comparing.compare_docx, name="compare_docx"),
]
