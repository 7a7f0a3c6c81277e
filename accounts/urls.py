from django.urls import include, path

from accounts.views import account, directory, organisations, people

urlpatterns = [
    path("akun/", account.home, name="account"),
    path("akun/data/", account.my_data, name="account_data"),
    path("akun/hapus/", account.delete, name="account_delete"),
    path("akun/", include("accounts.allauth_urls")),
    path("kurasi/lembaga/", organisations.organisation_list, name="organisations_curate"),
    path("kurasi/lembaga/baru/", organisations.organisation_edit, name="organisation_add"),
    path("kurasi/lembaga/kembar/", directory.organisation_duplicates, name="organisation_duplicates"),
    path("kurasi/lembaga/gabung/", directory.organisation_merge, name="organisation_merge"),
    path("kurasi/lembaga/<int:pk>/", organisations.organisation_edit, name="organisation_edit"),
    path("kurasi/orang/", people.person_list, name="people_curate"),
    path("kurasi/orang/kembar/", directory.person_duplicates, name="person_duplicates"),
    path("kurasi/orang/gabung/", directory.person_merge, name="person_merge"),
    path("kurasi/orang/<int:pk>/", people.person_edit, name="person_edit"),
    path("kurasi/gabungan/<int:pk>/urungkan/", directory.merge_undo, name="merge_undo"),
]
