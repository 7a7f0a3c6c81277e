"""The evidence map, the list of findings and their files, as readers get them."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence.mapping import picture
from evidence.mapping.asked import read
from evidence.mapping.cells import Tally
from evidence.mapping.geometry import SIZES, size_of
from evidence.models import MapAxis
from evidence.queries.mapping import gaps, vocabulary
from evidence.states import FindingState
from evidence.views import mapping as views
from publications import typesetting
from publications.pdf.runner import Run
from taxonomy.models import Pmks, Service
from tests.factories.evidence import make_finding, make_ratings
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
CELL = "/bukti/temuan/?pmks=lanjut-usia-terlantar&amp;layanan=rehsos-perawatan-dan-pengasuhan"
STATEMENT = "Kunjungan rumah dua kali sebulan"
HOSTILE = [
    "provinsi=tidak-ada", "provinsi=%00", "metode=<script>alert(1)</script>", "dari=99999", "dari=abc", "sampai=-1",
    "dari=1899", "sampai=2101", "sampai=2999",
    "kekuatan=9", "kekuatan=²", "kolom=apa", "lipat=x", "halaman=0", "halaman=99999999999999999999",
    "jenis=" + "x" * 5000,
    "pmks=' OR 1=1", "arah=up", "layanan=%F0%9F%92%A5", "&".join(f"provinsi=p{n}" for n in range(300)),
]  # fmt: skip


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def cell_text(html: str, link: str = CELL) -> str:
    found = re.search(re.escape(f'<a href="{link}">') + r"(.*?)</a>", html, re.S)
    assert found, link
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[1])).strip()


class TestMap:
    def test_a_cell_says_how_many_and_how_sure_in_both_languages(self, client: Client) -> None:
        output = make_output()
        make_ratings(make_finding(output), 3, 3)
        make_finding(output, statement_id="Lain.")
        make_finding(make_output())
        assert cell_text(html_of(client, "/bukti/")) == "2 2 studi, 3 temuan, kekuatan metode: sedang"
        english = CELL.replace("/bukti", "/en/bukti")
        text = cell_text(html_of(client, "/en/bukti/"), english)
        assert text == "2 2 studies, 3 findings, strength of method: moderate"

    def test_a_gap_says_so_and_leads_to_its_empty_list(self, client: Client) -> None:
        html = html_of(client, "/bukti/")
        assert cell_text(html) == "belum ada bukti"
        assert "Belum ada bukti di sini" in html_of(client, CELL.replace("&amp;", "&"))

    def test_the_table_has_a_caption_and_headers_of_rows_columns_and_groups(self, client: Client) -> None:
        html = html_of(client, "/bukti/")
        assert html.count('<caption class="visually-hidden" id="peta-judul">') == 1
        assert html.count('<th scope="row">') == Pmks.objects.count()
        services = Service.objects.count()
        assert html.count('<th scope="col"') == services + 3  # people, not told, all
        assert 'scope="rowgroup"' in html and 'scope="colgroup"' in html
        assert 'role="region" tabindex="0" aria-labelledby="peta-judul"' in html

    def test_every_cell_is_a_link(self, client: Client) -> None:
        html = html_of(client, "/bukti/")
        table = html[html.index("<table") : html.index("</table>")]
        columns = Service.objects.count() + 1
        assert table.count('href="/bukti/temuan/?pmks=') == Pmks.objects.count() * columns

    def test_what_names_no_service_has_a_column(self, client: Client) -> None:
        make_finding(service=None)
        link = "/bukti/temuan/?pmks=lanjut-usia-terlantar&amp;layanan=tidak-disebut"
        assert cell_text(html_of(client, "/bukti/"), link) == "1 1 studi, 1 temuan, kekuatan metode: belum dinilai"
        assert STATEMENT in html_of(client, link.replace("&amp;", "&"))

    def test_outcomes_as_columns(self, client: Client) -> None:
        make_finding()
        html = html_of(client, "/bukti/?kolom=luaran")
        link = "/bukti/temuan/?pmks=lanjut-usia-terlantar&amp;luaran=keberfungsian-dan-kemandirian"
        assert cell_text(html, link).startswith("1 1 studi")
        assert "tidak-disebut" not in html[html.index("<table") : html.index("</table>")]

    def test_clusters_fold_without_script(self, client: Client) -> None:
        make_finding()
        folded = html_of(client, "/bukti/?lipat=lanjut-usia")
        link = "/bukti/temuan/?klaster=lanjut-usia&amp;layanan=rehsos-perawatan-dan-pengasuhan"
        assert cell_text(folded, link).startswith("1 1 studi, 1 temuan")
        assert 'aria-expanded="false"' in folded
        table = folded[folded.index("<table") : folded.index("</table>")]
        assert "/topik/lanjut-usia-terlantar/" not in table
        assert STATEMENT in html_of(client, link.replace("&amp;", "&"))

    @pytest.mark.parametrize(
        ("query", "counts"),
        [
            ("provinsi=jawa-tengah", True), ("provinsi=papua", False), ("provinsi=papua&provinsi=jawa-tengah", True),
            ("dari=2014&sampai=2014", True), ("dari=2015", False), ("sampai=2013", False),
            ("metode=kuasi-eksperimen", True), ("metode=kuantitatif", True), ("metode=kualitatif", False),
            ("kekuatan=2", True), ("kekuatan=3", False), ("keberlakuan=1", False),
            ("jenis=makalah-konferensi-prosiding", True), ("jenis=laporan-penelitian", False),
        ],
    )  # fmt: skip
    def test_filters_recompute_it_and_go_along_to_the_list(self, client: Client, query: str, counts: bool) -> None:
        make_ratings(make_finding(), 2)
        response = client.get(f"/bukti/?{query}")
        assert not response.context["asked"].notices, query
        assert response.context["map"].total.findings == int(counts)
        cell = next(
            cell
            for row in response.context["map"].rows
            for cell in row.cells
            if row.term and row.term.code == "PMKS-08" and cell.column.term and cell.column.term.code == "REHSOS-02"
        )
        listed = client.get(cell.url)
        assert (STATEMENT in listed.content.decode()) is counts
        assert len(listed.context["applied"]) == len(response.context["applied"]) + 2

    @pytest.mark.parametrize("query", HOSTILE)
    @pytest.mark.parametrize("path", ["/bukti/", "/en/bukti/temuan/", "/bukti/peta.csv", "/bukti/peta.svg"])
    def test_what_makes_no_sense_is_left_out_and_told(self, client: Client, path: str, query: str) -> None:
        make_finding()
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        if "text/html" in response["Content-Type"]:
            html = response.content.decode()
            assert "<script>alert(1)" not in html
            is_of_list = query.startswith(("pmks", "arah", "layanan", "halaman"))
            if not is_of_list:
                assert "notice warn" in html

    def test_same_statements_for_one_finding_and_for_many(self, client: Client) -> None:
        make_finding()
        counts = []
        for _n in range(2):
            for path in ("/bukti/", "/bukti/?kolom=luaran&lipat=anak&kekuatan=1", "/bukti/temuan/"):
                cache.clear()
                with CaptureQueriesContext(
                    connection,
                ) as queries:
                    html_of(client, path)
                counts.append(len(queries))
            for number in range(4):
                make_ratings(make_finding(statement_id=f"Temuan {number}."), 2, 3)
        assert counts[:3] == counts[3:]
        assert max(counts) <= 8, counts


class TestWhoSeesWhat:
    @pytest.mark.parametrize("state", [s for s in FindingState if s != FindingState.CHECKED])
    def test_only_checked_findings_count(self, client: Client, state: str) -> None:
        make_finding(state=state)
        client.force_login(some_user(role="curator"))
        assert client.get("/bukti/").context["map"].total.findings == 0
        assert client.get("/bukti/temuan/").context["paging"].total == 0

    @pytest.mark.parametrize("access", ["open", "embargoed", "restricted"])
    def test_findings_of_public_papers_count_whoever_may_read_the_file(self, client: Client, access: str) -> None:
        fields: dict[str, Any] = {"access": access}
        if access == "embargoed":
            import datetime

            fields["embargo_until"] = datetime.date(2100, 1, 1)
        make_finding(make_output(**fields))
        assert client.get("/bukti/").context["map"].total.findings == 1

    def test_a_withdrawn_study_leaves_map_list_and_files(self, client: Client) -> None:
        finding = make_finding()
        assert client.get("/bukti/").context["map"].total.findings == 1
        withdraw(finding.output)
        assert client.get("/bukti/").context["map"].total.findings == 0
        assert STATEMENT not in html_of(client, "/bukti/temuan/")
        assert STATEMENT not in b"".join(client.get("/bukti/temuan/temuan.csv")).decode()  # type: ignore[call-overload]

    @pytest.mark.parametrize("role", [None, "researcher", "policymaker", "curator", "administrator"])
    def test_every_role_reads_everything(self, client: Client, role: str | None) -> None:
        if role:
            client.force_login(some_user(role=role))
        for path in ("/bukti/", "/bukti/temuan/", "/bukti/potret/", "/bukti/peta.csv", "/bukti/temuan/temuan.csv"):
            assert client.get(path).status_code == 200
            assert client.post(path).status_code in (403, 405)


class TestList:
    def test_is_paginated_best_first(self, client: Client) -> None:
        output = make_output()
        for number in range(26):
            make_finding(output, statement_id=f"Temuan nomor {number}.")
        best = make_finding(output, statement_id="Yang paling meyakinkan.")
        make_ratings(best, 4)
        first, second = client.get("/bukti/temuan/"), client.get("/bukti/temuan/?halaman=2")
        assert first.context["findings"][0] == best
        assert len(first.context["findings"]) + len(second.context["findings"]) == 27
        late = html_of(client, "/bukti/temuan/?halaman=77")
        assert "Tidak ada halaman 77" in late

    def test_chips_take_one_filter_away_each(self, client: Client) -> None:
        make_finding()
        response = client.get("/bukti/temuan/?pmks=lanjut-usia-terlantar&arah=better&dari=2010&kekuatan=1")
        links = dict(response.context["applied"])
        assert set(links) == {
            "Lanjut Usia Terlantar", "membaik", "sejak 2010", "Kekuatan metode: paling rendah sangat rendah",
        }  # fmt: skip
        assert "dari" not in links["sejak 2010"] and "pmks" in links["sejak 2010"]

    def test_a_file_is_harmless_and_whole(self, client: Client) -> None:
        make_finding(statement_id="=HYPERLINK(1)", size_value=None, size_low=None, size_high=None)
        text = b"".join(client.get("/bukti/temuan/temuan.csv")).decode("utf-8-sig")  # type: ignore[call-overload]
        assert "'=HYPERLINK(1)" in text
        assert "Home visits twice a month" in text and "1250000" in text


class TestFiles:
    def test_svg_stands_alone_and_names_what_it_shows(self, client: Client) -> None:
        make_ratings(make_finding(), 3)
        response = client.get("/bukti/peta.svg?provinsi=jawa-tengah")
        assert response["Content-Type"].startswith("image/svg+xml")
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        root = ElementTree.fromstring(response.content)  # noqa: S314 - our own
        tags = {element.tag.split("}")[1] for element in root.iter()}
        assert {"title", "desc", "circle"} <= tags and not {"script", "image", "style", "a"} & tags
        text = response.content.decode()
        assert "Lanjut Usia Terlantar: 1 studi, 1 temuan, kekuatan metode: sedang" in text
        assert "Jawa Tengah" in text and "/bukti/?provinsi=jawa-tengah" in text
        assert not re.search(r"(href|src|url\()=?[\"']?(https?:|//)", text)

    def test_png_is_a_picture_of_it(self, client: Client) -> None:
        make_finding()
        response = client.get("/en/bukti/peta.png?kolom=luaran")
        assert response["Content-Type"] == "image/png"
        assert response.content.startswith(b"\x89PNG")
        assert len(response.content) < 2_000_000

    def test_only_whole_maps_are_kept_as_png(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        made: list[Any] = []
        monkeypatch.setattr(views, "as_png", lambda drawing: made.append(drawing) or b"\x89PNG")
        monkeypatch.setattr(views, "generation_of", lambda _request: 7)
        path = "/bukti/peta.png"
        whole = [path, f"{path}?kolom=luaran", f"/en{path}", f"/en{path}?kolom=luaran"]
        for address in [*whole, f"{path}?halaman=3", f"{path}?x=1", *whole]:
            assert client.get(address, headers={"host": "localhost"}).status_code == 200
        assert len(made) == 4
        for address in [f"{path}?dari=2010", f"{path}?lipat=anak"] * 2:
            client.get(address)
        assert len(made) == 8

    @pytest.mark.parametrize("query", ["", "?dari=2010"])
    def test_png_is_refused_for_a_while_when_others_are_drawn(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, query: str
    ) -> None:
        monkeypatch.setitem(picture.as_png.__kwdefaults__, "wait", 0)
        with typesetting._turns["png"]:
            response = client.get(f"/bukti/peta.png{query}")
        assert (response.status_code, response["Retry-After"]) == (503, "60")
        assert "Gambar belum dapat dibuat" in response.content.decode()
        assert client.get(f"/bukti/peta.png{query}").status_code == 200

    @pytest.mark.parametrize(
        "run", [Run(b"", 1, "", 0, 0), Run(b"\x89PNG", 0, "output", 0, 0), Run(b"%PDF-", 0, "", 0, 0)]
    )
    def test_png_that_goes_over_its_limits_is_none(
        self, client: Client, monkeypatch: pytest.MonkeyPatch, run: Run
    ) -> None:
        monkeypatch.setattr(typesetting, "run", lambda *_, **__: run)
        assert client.get("/bukti/peta.png").status_code == 503

    def test_pictures_name_the_sites_own_address(self, client: Client, settings: Any) -> None:
        settings.SITE_URL = "https://repositori.contoh.id"
        assert "https://repositori.contoh.id/bukti/" in client.get("/bukti/peta.svg").content.decode()

    @pytest.mark.parametrize("name", ["peta.csv", "temuan/temuan.csv"])
    def test_tables_name_the_sites_own_address(self, client: Client, settings: Any, name: str) -> None:
        settings.SITE_URL = "https://repositori.contoh.id"
        make_finding()
        response = client.get(f"/bukti/{name}")
        content = b"".join(response) if response.streaming else response.content  # type: ignore[arg-type]
        assert b"https://repositori.contoh.id/" in content and b"testserver" not in content

    def test_csv_has_a_line_for_every_cell(self, client: Client) -> None:
        lines = client.get("/bukti/peta.csv").content.decode("utf-8-sig").splitlines()
        assert len(lines) == 1 + Pmks.objects.count() * (Service.objects.count() + 1)


@pytest.mark.parametrize(
    ("levels", "middle"),
    [
        ((3, 0, 0, 0, 0), 0), ((0, 1, 0, 0, 0), 1), ((0, 0, 1, 0, 1), 2), ((9, 0, 1, 1, 1), 3), ((0, 0, 0, 1, 3), 4),
        ((0, 2, 0, 0, 2), 1), ((0, 0, 0, 0, 0), 0),
    ],
)  # fmt: skip
def test_the_middle_of_two_is_the_lower(levels: tuple[int, ...], middle: int) -> None:
    assert Tally(1, sum(levels), levels).middle == middle


def test_bubbles_grow_with_studies() -> None:
    sizes = [size_of(number, 100) for number in range(101)]
    assert sizes[0] == 0 and sizes[1] == 1 and sizes[100] == SIZES
    assert sizes == sorted(sizes)


def test_the_address_says_everything() -> None:
    query = QueryDict(
        "metode=kualitatif&provinsi=papua&provinsi=jawa-tengah&dari=2010&kekuatan=3&kolom=luaran&lipat=anak"
    )
    asked = read(query, vocabulary(None))
    again = read(QueryDict(asked.query()[1:]), vocabulary(None))
    assert again == asked.with_(chosen=again.chosen) and set(again.chosen) == set(asked.chosen)


def test_gaps_of_one_topic_come_with_what_is_near() -> None:
    make_finding()
    topic = Pmks.objects.get(code="PMKS-01")
    found = gaps(topic, MapAxis.SERVICE)
    assert len(found) == Service.objects.count()
    assert (found[0].column.code, found[0].column_studies) == ("REHSOS-02", 1)
    assert found[0].url == "/bukti/temuan/?pmks=anak-balita-terlantar&layanan=rehsos-perawatan-dan-pengasuhan"
    others = gaps(Pmks.objects.get(code="PMKS-08"))
    assert not {"REHSOS-02", "FUN"} & {gap.column.code for gap in others}


@pytest.mark.django_db
def test_years_the_wrong_way_round_are_turned() -> None:
    asked = read(QueryDict("dari=2020&sampai=2010"), vocabulary(None))
    assert (asked.year_from, asked.year_to, asked.notices) == (2010, 2020, ())


@pytest.mark.django_db
def test_a_broken_address_is_told_of_a_few_times_only() -> None:
    query = "&".join(f"provinsi=x{number}" for number in range(300))
    assert len(read(QueryDict(query), vocabulary(None)).notices) == 5
