"""What other machines are told, prepared at the desk."""

from django.urls import path

from exchange import views

app_name = "exchange"
DESK = "panitia/<slug:slug>/doi/"

urlpatterns = [
    path(DESK, views.dois, name="doi"),
    path(f"{DESK}<str:agency>/periksa/", views.check, name="check_doi"),
    path(f"{DESK}<str:agency>/berkas/", views.file, name="doi_file"),
]
