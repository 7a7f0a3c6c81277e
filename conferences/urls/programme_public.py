"""The programme for everybody: pages, calendars, files for machines, agendas; slides and posters."""

from django.urls import URLPattern, path

from conferences.views.programme_public import agenda, machine, materials, pages

HERE = "konferensi/<slug:slug>/jadwal"
urlpatterns: list[URLPattern] = [
    path(f"{HERE}/", pages.programme, name="edition_programme"),
    path(f"{HERE}/cetak/", pages.printed, name="edition_programme_print"),
    path(f"{HERE}/saya/", agenda.agenda, name="edition_agenda"),
    path(f"{HERE}/saya/tautan/", agenda.renew, name="edition_agenda_renew"),
    path(f"{HERE}/saya/<str:token>.ics", agenda.calendar, name="edition_agenda_calendar"),
    path(f"{HERE}/sesi/<int:pk>/", pages.session, name="edition_programme_session"),
    path(f"{HERE}/<uuid:key>/", pages.item, name="edition_programme_item"),
    path(f"{HERE}/<uuid:key>.ics", machine.item_ics, name="edition_programme_item_ics"),
    path(f"{HERE}/materi/<int:pk>.pdf", materials.material, name="edition_material"),
    path(f"{HERE}.ics", machine.ics, name="edition_programme_ics"),
    path(f"{HERE}.json", machine.json_file, name="edition_programme_json"),
    path(f"{HERE}.xml", machine.xml, name="edition_programme_xml"),
    path(f"{HERE}.frab.json", machine.frab_json, name="edition_programme_frab"),
    path("konferensi/<slug:slug>/kiriman/<int:pk>/materi/", materials.bring, name="submission_materials"),
    path(
        "konferensi/<slug:slug>/kiriman/<int:pk>/materi/<int:material_pk>/",
        materials.change,
        name="submission_material_change",
    ),
]
