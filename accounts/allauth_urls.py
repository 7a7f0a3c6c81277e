"""django-allauth's pages under Indonesian addresses, with its own names."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.usersessions import views as sessions
from django.urls import path, re_path

urlpatterns = [
    path("masuk/", account.login, name="account_login"),
    path("masuk/kode/", account.confirm_login_code, name="account_confirm_login_code"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("daftar/", account.signup, name="account_signup"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("surel/", account.email, name="account_email"),
    path("surel/konfirmasi/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^surel/konfirmasi/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("sandi/ubah/", account.password_change, name="account_change_password"),
    path("sandi/buat/", account.password_set, name="account_set_password"),
    path("sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path("sandi/baru/selesai/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sandi/baru/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("faktor-kedua/", mfa.index, name="mfa_index"),
    path("faktor-kedua/masuk/", mfa.authenticate, name="mfa_authenticate"),
    path("faktor-kedua/pastikan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("faktor-kedua/aplikasi/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("faktor-kedua/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("faktor-kedua/kode-pemulihan/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("faktor-kedua/kode-pemulihan/buat/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("faktor-kedua/kode-pemulihan/unduh/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("faktor-kedua/kunci/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("faktor-kedua/kunci/tambah/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("faktor-kedua/kunci/pastikan/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("faktor-kedua/kunci/masuk/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("faktor-kedua/kunci/<int:pk>/hapus/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("faktor-kedua/kunci/<int:pk>/ubah/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("sambungan/", social.connections, name="socialaccount_connections"),
    path("sambungan/daftar/", social.signup, name="socialaccount_signup"),
    path("sambungan/batal/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("sambungan/gagal/", social.login_error, name="socialaccount_login_error"),
    path("sesi/", sessions.list_usersessions, name="usersessions_list"),
]
