"""Authors and organisations."""

from django.urls import path

from portal import people

app_name = "people"
urlpatterns = [
    path("penulis/", people.people, name="people"),
    path("penulis/<int:pk>/", people.person, name="person"),
    path("penulis/huruf/<slug:letter>/", people.people, name="people_letter"),
    path("lembaga/", people.organisations, name="organisations"),
    path("lembaga/<int:pk>/", people.organisation, name="organisation"),
    path("lembaga/huruf/<slug:letter>/", people.organisations, name="organisations_letter"),
]
