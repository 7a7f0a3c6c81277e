"""What everybody may open. Public ids have seven characters, so that the words here never are one."""

from django.urls import path

from publications.views import files, lists, output, requests

ID = "publikasi/<str:public_id>"

urlpatterns = [
    path("publikasi/", lists.output_list, name="list"),
    path("publikasi/tahun/", lists.years, name="years"),
    path("publikasi/tahun/<int:year>/", lists.year, name="year"),
    path("publikasi/jenis/", lists.types, name="types"),
    path("publikasi/jenis/<slug:slug>/", lists.of_type, name="type"),
    path(f"{ID}/", output.output_page, name="output"),
    path(f"{ID}/minta-salinan/", requests.ask_for_copy, name="ask_for_copy"),
    path(f"{ID}/sitasi.<str:extension>", output.citation, name="citation"),
    path(f"{ID}/sampul.webp", files.picture, name="picture"),
    path(f"{ID}/v<int:number>/", output.output_page, name="version"),
    path(f"{ID}/v<int:number>/sitasi.<str:extension>", output.citation, name="version_citation"),
    path(f"{ID}/v<int:number>/sampul.webp", files.picture, name="version_picture"),
    path(f"{ID}/v<int:number>/<str:name>", files.output_file, name="version_file"),
    path(f"{ID}/<str:name>", files.output_file, name="file"),
]
