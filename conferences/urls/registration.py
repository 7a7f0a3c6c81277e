"""Addresses of registration, in public, of one's own and at the desk."""

from django.urls import URLPattern, path

from conferences.views.registration import desk, entering, one, own, register, tables, terms

HERE = "konferensi/<slug:slug>/"
ONE = f"{HERE}pendaftaran/<int:pk>/"
DESK = "panitia/<slug:slug>/pendaftaran"
urlpatterns: list[URLPattern] = [
    path(f"{HERE}daftar/", register.register, name="edition_registration"),
    path(ONE, own.registration, name="my_registration"),
    path(f"{ONE}ubah/", own.edit, name="registration_edit"),
    path(f"{ONE}batal/", own.cancel, name="registration_cancel"),
    path(f"{ONE}surat-tugas/", own.letter, name="registration_letter"),
    path(f"{ONE}surat-tugas/hapus/", own.remove_letter, name="registration_letter_remove"),
    path(f"{ONE}kalender.ics", own.calendar, name="registration_calendar"),
    path("akun/pendaftaran/", own.mine, name="my_registrations"),
    path(f"{DESK}/", desk.registration_list, name="desk_registrations"),
    path(f"{DESK}.csv", tables.registrations_csv, name="desk_registrations_csv"),
    path(f"{DESK}.xlsx", tables.registrations_xlsx, name="desk_registrations_xlsx"),
    path(f"{DESK}/konfirmasi/", desk.confirm_chosen, name="desk_registrations_confirm"),
    path(f"{DESK}/ketentuan/", terms.terms, name="desk_registration_terms"),
    path(f"{DESK}/statistik/", tables.statistics, name="desk_registration_statistics"),
    path(f"{DESK}/kebutuhan/", desk.need_list, name="desk_registration_needs"),
    path(f"{DESK}/baru/", entering.enter, name="desk_registration_enter"),
    path(f"{DESK}/<int:pk>/", one.registration, name="desk_registration"),
    path(f"{DESK}/<int:pk>/putusan/", one.decide, name="desk_registration_decide"),
    path(f"{DESK}/<int:pk>/ubah/", entering.edit, name="desk_registration_edit"),
    path(f"{DESK}/<int:pk>/surat-tugas/", one.letter, name="desk_registration_letter"),
]
