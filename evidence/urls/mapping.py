"""The evidence map, the findings of its cells and its snapshots."""

from django.urls import path

from evidence.views import finding_list, mapping, snapshots

urlpatterns = [
    path("bukti/", mapping.map_page, name="map"),
    path("bukti/peta.csv", mapping.map_csv, name="map_csv"),
    path("bukti/peta.svg", mapping.map_svg, name="map_svg"),
    path("bukti/peta.png", mapping.map_png, name="map_png"),
    path("bukti/temuan/", finding_list.finding_list, name="finding_list"),
    path("bukti/temuan/temuan.csv", finding_list.finding_csv, name="finding_csv"),
    path("bukti/potret/", snapshots.snapshot_list, name="snapshots"),
    path("bukti/potret/simpan/", snapshots.take, name="take_snapshot"),
    path("bukti/potret/<slug:code>/", snapshots.snapshot_page, name="snapshot"),
    path("bukti/potret/<slug:code>/<str:name>", snapshots.snapshot_file, name="snapshot_file"),
]
