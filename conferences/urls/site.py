"""The public site of an edition: /konferensi/."""

from django.urls import path

from conferences.views import site

HERE = "konferensi/<slug:slug>/"

urlpatterns = [
    path("konferensi/", site.editions, name="editions"),
    path(HERE, site.edition_home, name="edition"),
    path(f"{HERE}undangan/", site.call, name="edition_call"),
    path(f"{HERE}undangan/<str:name>", site.call_template, name="edition_template"),
    path(f"{HERE}tanggal/", site.dates, name="edition_dates"),
    path(f"{HERE}tanggal.ics", site.calendar, name="edition_calendar"),
    path(f"{HERE}panitia-penyelenggara/", site.committee, name="edition_committee"),
    path(f"{HERE}pembicara/", site.speakers, name="edition_speakers"),
    path(f"{HERE}makalah/", site.papers, name="edition_papers"),
    path(f"{HERE}berita/", site.news_list, name="edition_news"),
    path(f"{HERE}berita.atom", site.feed, name="edition_feed"),
    path(f"{HERE}berita/<slug:news>/", site.news_item, name="edition_news_item"),
    path(f"{HERE}foto/", site.photos, name="edition_photos"),
    path(f"{HERE}foto/<int:pk>/", site.photo, name="edition_photo"),
    path(f"{HERE}foto/<int:pk>/kecil/", site.photo, {"is_small": True}, name="edition_photo_small"),
    path(f"{HERE}h/<slug:page>/", site.own_page, name="edition_page"),
]
