"""The day itself: badges, check-in, attendance, certificates."""

from django.urls import path

from conferences.views.day import attendance, badges, certificates, check_in, own

DESK = "panitia/<slug:slug>/"
SEEN = f"{DESK}kehadiran/"
ISSUED = f"{DESK}sertifikat/"

urlpatterns = [
    path(f"{DESK}tanda-pengenal/", badges.badges, name="desk_badges"),
    path(f"{DESK}tanda-pengenal.pdf", badges.sheets, name="desk_badge_sheets"),
    path(f"{DESK}presensi/", check_in.check_in, name="desk_check_in"),
    path(f"{DESK}presensi/peserta/", check_in.people, name="check_in_people"),
    path(f"{DESK}presensi/hadir/", check_in.present, name="check_in_present"),
    path(f"{DESK}presensi/catat/", check_in.record, name="record_check_ins"),
    path(SEEN, attendance.attendance, name="desk_attendance"),
    path(f"{SEEN}pintu/", attendance.who, name="desk_door_attendance"),
    path(f"{SEEN}pintu.csv", attendance.table, name="desk_door_table"),
    path(f"{SEEN}<int:pk>/", attendance.who, name="desk_session_attendance"),
    path(f"{SEEN}<int:pk>.csv", attendance.table, name="desk_session_table"),
    path(f"{SEEN}batalkan/<int:pk>/", attendance.undo, name="undo_check_in"),
    path(ISSUED, certificates.overview, name="desk_certificates"),
    path(f"{DESK}sertifikat.zip", certificates.archive, name="desk_certificate_files"),
    path(f"{ISSUED}terbitkan/", certificates.issue, name="issue_certificates"),
    path(f"{ISSUED}buat/", certificates.make_files, name="make_certificate_files"),
    path(f"{ISSUED}kemajuan/", certificates.progress, name="certificate_progress"),
    path(f"{ISSUED}kabari/", certificates.announce, name="announce_certificates"),
    path(f"{ISSUED}<int:pk>/", certificates.certificate, name="desk_certificate"),
    path(f"{ISSUED}<int:pk>.pdf", certificates.file, name="desk_certificate_file"),
    path(f"{ISSUED}<int:pk>/cabut/", certificates.revoke, name="revoke_certificate"),
    path(f"{ISSUED}<int:pk>/terbitkan-lagi/", certificates.issue_anew, name="issue_certificate_anew"),
    path("konferensi/<slug:slug>/tanda-pengenal.pdf", badges.my_badge, name="my_badge"),
    path("akun/sertifikat/", own.my_certificates, name="my_certificates"),
    path("akun/sertifikat/<int:pk>.pdf", own.my_certificate, name="my_certificate"),
    path("sertifikat/unduh/<str:signed>/", own.download, name="download_certificate"),
    path("sertifikat/<str:token>/", own.check, name="certificate"),
]
