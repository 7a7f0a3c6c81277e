"""The proceedings, at the desk and in public."""

from django.urls import URLPattern, path

from conferences.views.proceedings import desk, papers, public

DESK = "panitia/<slug:slug>/prosiding/"

urlpatterns: list[URLPattern] = [
    path("konferensi/<slug:slug>/prosiding/", public.proceedings, name="edition_proceedings"),
    path(DESK, desk.home, name="desk_proceedings"),
    path(f"{DESK}mulai/", desk.begin, name="begin_volume"),
    path(f"{DESK}fakta/", desk.facts, name="edit_volume"),
    path(f"{DESK}urutkan/", desk.arrange, name="arrange_volume"),
    path(f"{DESK}<int:pk>/pindah/", desk.move, name="move_volume_paper"),
    path(f"{DESK}buat/", desk.build, name="build_volume"),
    path(f"{DESK}kemajuan/", desk.progress, name="volume_progress"),
    path(f"{DESK}prosiding.pdf", desk.download, name="download_volume"),
    path(f"{DESK}makalah/<int:pk>.pdf", desk.download_paper, name="download_volume_paper"),
    path(f"{DESK}paket/<str:kind>.zip", desk.packet_file, name="volume_packet"),
    path(f"{DESK}terbitkan/", desk.publish, name="publish_volume"),
    path(f"{DESK}makalah/", papers.paper_list, name="desk_volume_papers"),
    path(f"{DESK}makalah/serahkan/", papers.hand_in, name="hand_in_volume"),
]
