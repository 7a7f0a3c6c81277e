"""The topics: the 26 PMKS."""

from django.urls import path

from portal import topic_brief, topic_changes, topics

app_name = "topics"
urlpatterns = [
    path("", topics.topic_list, name="list"),
    path("<slug:slug>/", topics.topic, name="topic"),
    path("<slug:slug>/ringkasan.pdf", topic_brief.brief, name="brief"),
    path("<slug:slug>/perubahan/", topic_changes.changes, name="changes"),
]
