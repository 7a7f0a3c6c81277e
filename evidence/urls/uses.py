"""Where outputs were used, what became of recommendations, and the themes that follow for new research."""

from django.urls import path

from evidence.views import themes, use_desk, uses

urlpatterns = [
    path("bukti/penggunaan/", uses.use_list, name="uses"),
    path("bukti/penggunaan/unduh.csv", uses.use_list_csv, name="uses_csv"),
    path("bukti/penggunaan/<int:year>/", uses.use_report_of_year, name="uses_year"),
    path("bukti/penggunaan/<int:year>/unduh.csv", uses.use_report_of_year_csv, name="uses_year_csv"),
    path("bukti/penggunaan/lapor/<str:public_id>/", uses.report_use, name="report_use"),
    path("bukti/penggunaan/laporan/", uses.my_reports, name="my_uses"),
    path("bukti/penggunaan/laporan/<int:pk>/", uses.use_report, name="use_report"),
    path("kurasi/penggunaan/", use_desk.queue, name="use_queue"),
    path("kurasi/penggunaan/<int:pk>/", use_desk.review, name="use_review"),
    path("kurasi/penggunaan/<int:pk>/terima/", use_desk.accept, name="accept_use"),
    path("kurasi/penggunaan/<int:pk>/tolak/", use_desk.decline, name="decline_use"),
    path("kurasi/penggunaan/<int:pk>/tarik/", use_desk.withdraw, name="withdraw_use"),
    path("kurasi/tema/", themes.theme_list, name="themes"),
    path("kurasi/tema/unduh.csv", themes.theme_list_csv, name="themes_csv"),
]
