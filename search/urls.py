from django.urls import path

from search.views.suggest import suggest

app_name = "search"
urlpatterns = [
    path("saran/", suggest, name="suggest"),
]
