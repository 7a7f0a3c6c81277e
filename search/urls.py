from django.urls import path

from search.views.export import export
from search.views.feeds import atom
from search.views.pages import search_page
from search.views.suggest import suggest

app_name = "search"
urlpatterns = [
    path("", search_page, name="search"),
    path("atom/", atom, name="atom"),
    path("ekspor/<slug:extension>", export, name="export"),
    path("saran/", suggest, name="suggest"),
]
