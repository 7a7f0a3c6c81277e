"""The cooperation board."""

from django.urls import path

from evidence.views import cooperation, cooperation_desk

urlpatterns = [
    path("kerja-sama/", cooperation.opportunity_list, name="opportunities"),
    path("kerja-sama/baru/", cooperation.post, name="post_opportunity"),
    path("kerja-sama/saya/", cooperation.my_opportunities, name="my_opportunities"),
    path("kerja-sama/<int:pk>/", cooperation.opportunity_page, name="opportunity"),
    path("kerja-sama/<int:pk>/sunting/", cooperation.edit, name="edit_opportunity"),
    path("kerja-sama/<int:pk>/minat/", cooperation.write_to_owner, name="write_to_owner"),
    path("kerja-sama/<int:pk>/tutup/", cooperation.close, name="close_opportunity"),
    path("kerja-sama/<int:pk>/buka/", cooperation.reopen, name="reopen_opportunity"),
    path("kerja-sama/<int:pk>/buang/", cooperation.discard, name="discard_opportunity"),
    path("kurasi/kerja-sama/", cooperation_desk.queue, name="opportunity_queue"),
    path("kurasi/kerja-sama/<int:pk>/", cooperation_desk.desk, name="opportunity_desk"),
    path("kurasi/kerja-sama/<int:pk>/izinkan/", cooperation_desk.let_in, name="let_in_opportunity"),
    path("kurasi/kerja-sama/<int:pk>/kembalikan/", cooperation_desk.return_to_owner, name="return_opportunity"),
    path("kurasi/kerja-sama/<int:pk>/hapus-hasil/", cooperation_desk.clear_result, name="clear_opportunity_result"),
    path("kurasi/kerja-sama/<int:pk>/tarik/", cooperation_desk.withdraw, name="withdraw_opportunity"),
]
