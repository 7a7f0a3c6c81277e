"""The programme at the desk: /panitia/<slug>/jadwal/; and when a presenter cannot come."""

from django.urls import URLPattern, path

from conferences.parts import ROOMS, UNAVAILABLE
from conferences.urls.desk import of_part
from conferences.views.programme import away, days, items, publishing, sessions

DESK = "panitia/<slug:slug>/jadwal/"
SESSION, ITEM = f"{DESK}sesi/<int:pk>/", f"{DESK}butir/<int:pk>/"
AWAY = "konferensi/<slug:slug>/kiriman/<int:pk>/berhalangan/"
urlpatterns: list[URLPattern] = [
    path(DESK, days.schedule, name="desk_schedule"),
    path(f"{DESK}hari/<str:day>/", days.schedule_day, name="desk_schedule_day"),
    path(f"{DESK}tempatkan/", days.place, name="desk_schedule_place"),
    path(f"{DESK}periksa/", days.problems, name="desk_schedule_warnings"),
    path(f"{DESK}terbitkan/", publishing.publish, name="desk_schedule_publish"),
    path(f"{DESK}versi/", publishing.versions, name="desk_schedule_versions"),
    path(f"{DESK}versi/beda/", publishing.compare, name="desk_schedule_differences"),
    path(f"{DESK}sesi/baru/", sessions.new, name="desk_session_new"),
    path(SESSION, sessions.session, name="desk_session"),
    path(f"{SESSION}sunting/", sessions.edit, name="desk_session_edit"),
    path(f"{SESSION}pindah/", sessions.move, name="desk_session_move"),
    path(f"{SESSION}hapus/", sessions.remove, name="desk_session_remove"),
    path(f"{SESSION}tempatkan/", days.place_in, name="desk_session_place"),
    path(f"{SESSION}butir/", items.new, name="desk_item_new"),
    path(ITEM, items.edit, name="desk_item_edit"),
    path(f"{ITEM}pindah/", items.move, name="desk_item_move"),
    path(f"{ITEM}urut/", items.order, name="desk_item_order"),
    path(f"{ITEM}hapus/", items.remove, name="desk_item_remove"),
    path(AWAY, away.away, name="submission_away"),
    path(f"{AWAY}<int:row_pk>/hapus/", away.back, name="submission_away_remove"),
    *of_part(ROOMS),
    *of_part(UNAVAILABLE),
]
