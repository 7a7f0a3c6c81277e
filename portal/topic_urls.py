"""The topics: the 26 PMKS."""

from django.urls import path

from portal import topics

app_name = "topics"
urlpatterns = [
    path("", topics.topic_list, name="list"),
    path("<slug:slug>/", topics.topic, name="topic"),
]
