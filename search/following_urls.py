"""What people follow."""

from django.urls import path

from search.views import alerts

app_name = "following"
urlpatterns = [
    path("akun/ikuti/", alerts.alert_list, name="list"),
    path("akun/ikuti/baru/", alerts.follow, name="follow"),
    path("akun/ikuti/berhenti/<str:token>/", alerts.stop, name="stop"),
    path("akun/ikuti/<int:pk>/", alerts.alert_page, name="sent"),
    path("akun/ikuti/<int:pk>/ubah/", alerts.change, name="change"),
]
