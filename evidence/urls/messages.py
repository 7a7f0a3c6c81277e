"""What curators write on top of a topic page."""

from django.urls import path

from evidence.views import messages

urlpatterns = [
    path("kurasi/topik/", messages.topics, name="messages"),
    path("kurasi/topik/<slug:slug>/pesan/", messages.message, name="message"),
    path("kurasi/topik/<slug:slug>/pesan/periksa/", messages.check, name="check_message"),
    path("kurasi/topik/<slug:slug>/pesan/kembalikan/", messages.return_to_writer, name="return_message"),
]
