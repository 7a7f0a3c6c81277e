"""The organisers' desk: /panitia/<slug>/, its facts, site, dates and committee."""

from django.urls import URLPattern, path

from conferences.parts import PARTS, Part
from conferences.views.desk import editions, home, parts


def of_part(part: Part) -> list[URLPattern]:
    at, name, given = f"panitia/<slug:slug>/{part.address}/", f"desk_{part.name}", {"part": part}
    return [
        path(at, parts.part_list, given, name=name),
        path(f"{at}baru/", parts.part_new, given, name=f"{name}_new"),
        path(f"{at}<int:pk>/", parts.part_edit, given, name=f"{name}_edit"),
        path(f"{at}<int:pk>/pindah/", parts.part_move, given, name=f"{name}_move"),
        path(f"{at}<int:pk>/hapus/", parts.part_remove, given, name=f"{name}_remove"),
    ]


urlpatterns: list[URLPattern] = [
    path("panitia/", home.desks, name="desks"),
    path("panitia/undangan/<int:pk>/", home.answer, name="answer_invitation"),
    path("panitia/seri/baru/", editions.series, name="new_series"),
    path("panitia/seri/<int:pk>/", editions.series, name="edit_series"),
    path("panitia/baru/", editions.new_edition, name="new_edition"),
    path("panitia/<slug:slug>/", home.home, name="desk"),
    path("panitia/<slug:slug>/catatan/", home.log, name="desk_log"),
    path("panitia/<slug:slug>/salinan.zip", home.site_copy, name="copy_site"),
    path("panitia/<slug:slug>/terbitkan/", home.publish, name="publish_edition"),
    path("panitia/<slug:slug>/arsipkan/", home.archive, name="archive_edition"),
    path("panitia/<slug:slug>/buka-arsip/", home.reopen, name="reopen_edition"),
    path("panitia/<slug:slug>/salin/", editions.clone, name="clone_edition"),
    path("panitia/<slug:slug>/fakta/", editions.facts, name="desk_facts"),
    path("panitia/<slug:slug>/tanggal/", editions.important_dates, name="desk_dates"),
    path("panitia/<slug:slug>/susunan/<int:pk>/undang/", parts.invite, name="invite_member"),
    path("panitia/<slug:slug>/foto/<int:pk>/gambar/", parts.picture, name="desk_picture"),
    *(pattern for part in PARTS for pattern in of_part(part)),
]
