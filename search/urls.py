from django.urls import path

from search.views.feeds import atom
from search.views.suggest import suggest

app_name = "search"
urlpatterns = [
    path("atom/", atom, name="atom"),
    path("saran/", suggest, name="suggest"),
]
