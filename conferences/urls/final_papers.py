"""Final papers: the author's page, and the desk of the editors of the proceedings."""

from django.urls import URLPattern, path

from conferences.views.final_papers import author, desk, requests

MINE = "akun/kiriman/<int:pk>/makalah-akhir/"
DESK = "panitia/<slug:slug>/makalah-akhir/"
ONE = f"{DESK}<int:number>/"

urlpatterns: list[URLPattern] = [
    path(MINE, author.final_paper, name="final_paper"),
    path(f"{MINE}berkas/", author.file, name="final_paper_file"),
    path(DESK, desk.final_papers, name="desk_final_papers"),
    path(f"{DESK}minta/", requests.ask, name="ask_for_final_papers"),
    path(ONE, desk.final_paper, name="desk_final_paper"),
    path(f"{ONE}berkas/", desk.file, name="desk_final_paper_file"),
    path(f"{ONE}setujui/", desk.approve, name="approve_final_paper"),
    path(f"{ONE}kembalikan/", desk.give_back, name="give_back_final_paper"),
    path(f"{ONE}unggah/", desk.upload, name="upload_final_paper"),
]
