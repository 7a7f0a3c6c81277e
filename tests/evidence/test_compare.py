"""Findings and publications side by side: the table, what may be in it, and its files read back."""

import datetime
import io
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from evidence.comparing.asked import MOST, Kind, read, typed_one
from evidence.states import FindingState
from tests.evidence.test_facts import UNKNOWN
from tests.factories.accounts import make_user
from tests.factories.evidence import make_finding, make_ratings
from tests.factories.publications import make_draft, make_output, make_submitted, some_user, withdraw

django = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
PATH = "/bandingkan/"
ROLES = [None, "researcher", "policymaker", "curator", "administrator"]


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    cache.clear()


def html_of(client: Client, query: str, status: int = 200, prefix: str = "") -> str:
    response = client.get(f"{prefix}{PATH}?{query}")
    assert response.status_code == status, query
    return response.content.decode()


def columns_of(html: str) -> list[str]:
    """The letters and addresses of the columns."""
    head = re.search(r"<thead>(.*?)</thead>", html, re.S)
    return re.findall(r'href="([^"]+)"', head[1]) if head else []


def of(*findings: Any) -> str:
    return "temuan=" + ",".join(str(finding.pk) for finding in findings)


class TestAsked:
    def test_kinds_order_and_limits(self) -> None:
        asked = read(QueryDict("temuan=3,1&temuan=3&temuan=2,x,0,4,5,6,7,8"))
        assert (asked.kind, asked.keys) == (Kind.FINDINGS, ("3", "1", "2", "4", "5", "6"))
        assert asked.unread == ("x", "0") and asked.left_out == ("7", "8")

    def test_outputs_in_their_one_spelling(self) -> None:
        asked = read(QueryDict("publikasi=abc&publikasi="))
        assert (asked.kind, asked.keys, asked.unread) == (Kind.OUTPUTS, (), ("abc",))

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("https://x.id/bukti/temuan/12/", (Kind.FINDINGS, "12")),
            ("/en/bukti/temuan/12", (Kind.FINDINGS, "12")),
            ("#12", (Kind.FINDINGS, "12")),
            ("/publikasi/!!/", (Kind.FINDINGS, "")),
            ("", (Kind.FINDINGS, "")),
        ],
    )
    def test_what_is_typed(self, typed: str, found: tuple[Kind, str]) -> None:
        assert typed_one(typed, Kind.FINDINGS) == found

    @given(st.lists(st.text(max_size=50), max_size=80), st.sampled_from(["temuan", "publikasi"]))
    def test_never_breaks(self, texts: list[str], name: str) -> None:
        query = QueryDict("&".join(f"{name}={quote(text)}" for text in texts))
        asked = read(query)
        assert len(asked.keys) <= MOST and len(set(asked.keys)) == len(asked.keys)
        assert read(QueryDict(asked.query(asked.keys))).keys == asked.keys
        for text in texts:
            typed_one(text, asked.kind)


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestFindings:
    def test_a_table_with_heads_on_both_sides_in_the_order_of_the_questions(self, client: Client) -> None:
        one, two = make_finding(), make_finding(direction="worse", **UNKNOWN)
        make_ratings(one, 3, 2)
        html = html_of(client, of(one, two))
        assert columns_of(html) == [f"/bukti/temuan/{one.pk}/", f"/bukti/temuan/{two.pk}/"]
        labels = [label.strip() for label in re.findall(r'<th scope="row">([^<]+)', html)]
        assert labels[:2] == ["Apakah berhasil?", "Kekuatan metode"] and labels[3] == "Biaya"
        assert labels.index("Biaya") < labels.index("Bagi siapa")
        for text in ("rendah sampai sedang", "memburuk", "Rp1.250.000", "tidak diketahui", "berbeda", "sama"):
            assert text in html, text
        english = html_of(client, of(one, two), prefix="/en")
        for text in ("Does it work?", "unknown", "differs", "the same"):
            assert text in english, text

    def test_only_rows_that_differ(self, client: Client) -> None:
        one, two = make_finding(), make_finding(cost_amount=None, cost_basis_id="", cost_basis_en="")
        html = html_of(client, of(one, two) + "&hanya=beda")
        assert "Biaya" in html and "Sampel" not in re.sub(r"(?s)^.*<table", "", html)

    def test_links_remove_and_move(self, client: Client) -> None:
        a, b, c = make_finding(), make_finding(), make_finding()
        html = html_of(client, of(a, b, c))
        for keys in ((b, a, c), (a, c, b), (b, c), (a, c), (a, b)):
            assert f'href="?{of(*keys)}"' in html
        assert columns_of(html_of(client, of(b, a)))[0] == f"/bukti/temuan/{b.pk}/"

    @pytest.mark.parametrize("number", [0, 1])
    def test_fewer_than_two_say_what_to_do(self, client: Client, number: int) -> None:
        findings = [make_finding() for _ in range(number)]
        html = html_of(client, of(*findings) if findings else "")
        assert "<table" not in html and ("Perlu satu lagi" if number else "Belum ada yang dibandingkan") in html

    def test_more_than_six_keep_the_first(self, client: Client) -> None:
        findings = [make_finding() for _ in range(6)] + [make_finding(statement_id="Yang ketujuh.")]
        html = html_of(client, of(*findings))
        assert len(columns_of(html)) == 6 and "Tidak disertakan: “Yang ketujuh.”." in html
        assert "Tambahkan satu" not in html

    @pytest.mark.parametrize("state", [state for state in FindingState if state != FindingState.CHECKED])
    @pytest.mark.parametrize("role", [None, "owner", "curator"])
    def test_of_what_is_not_public_only_its_number(self, client: Client, state: FindingState, role: str | None) -> None:
        """The same for every reader: a comparison is public."""
        hidden = make_finding(state=state, statement_id="Rahasia besar.")
        one, two = make_finding(), make_finding()
        if role:
            client.force_login(hidden.output.owner if role == "owner" else make_user(role=role))
        html = html_of(client, of(one, hidden, two))
        assert "Rahasia besar." not in html and len(columns_of(html)) == 2
        assert f"tidak ada: temuan {hidden.pk}." in html
        for extension in ("xlsx", "docx"):
            content = client.get(f"{PATH}banding.{extension}?{of(one, hidden, two)}").content
            assert "Rahasia" not in cells_text(extension, content)

    def test_goes_with_its_output(self, client: Client) -> None:
        one, two = make_finding(), make_finding(statement_id="Ditarik bersama.")
        html_of(client, of(one, two))
        withdraw(two.output)
        html = html_of(client, of(one, two))
        assert "Ditarik bersama." not in html and "Perlu satu lagi" in html

    def test_offers_others_on_the_same_people_and_outcome(self, client: Client) -> None:
        one, like = make_finding(), make_finding(statement_id="Serupa.")
        make_finding(statement_id="Lain hasil.", outcome="HLT")
        make_finding(statement_id="Lain orang.", pmks=["PMKS-24"])
        make_finding(statement_id="Belum terbuka.", state=FindingState.PROPOSED)
        html = html_of(client, of(one))
        assert f'href="?{of(one, like)}"' in html
        for text in ("Lain hasil.", "Lain orang.", "Belum terbuka."):
            assert text not in html

    def test_adding_by_address_or_number(self, client: Client) -> None:
        one, two = make_finding(), make_finding()
        response = client.get(f"{PATH}?{of(one)}&tambah={quote(f'https://x.id/en/bukti/temuan/{two.pk}/')}")
        assert response["Location"] == f"{PATH}?{of(one, two)}"
        assert client.get(f"{PATH}?tambah={two.pk}")["Location"] == f"{PATH}?{of(two)}"
        output = make_output()
        response = client.get(f"{PATH}?tambah=/publikasi/{output.public_id}/")
        assert response["Location"] == f"{PATH}?publikasi={output.public_id}"
        response = client.get(f"{PATH}?{of(one)}&tambah=/publikasi/{output.public_id}/", follow=True)
        assert "tidak dapat ditambahkan" in response.content.decode()

    def test_hostile_texts_stay_text(self, client: Client) -> None:
        evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
        html = html_of(client, of(make_finding(statement_id=evil, harms_id=evil), make_finding()))
        assert "<script>alert" not in html and "<img src=x" not in html
        assert "<script>alert" not in html_of(client, f"temuan={quote(evil)}&ditolak={quote(evil)}")

    @pytest.mark.parametrize(
        "query",
        [
            "temuan=%00", "temuan=" + "9" * 400, "temuan=999999999999999,1", "temuan=-1,²,1e9", "publikasi=%00",
            "publikasi=" + "A" * 5000, "temuan=1&publikasi=X", "hanya=%00&ditolak=%00",
            "temuan=" + ",".join("12" * 900),
            "&".join(f"temuan={n}" for n in range(300)), "temuan=&publikasi=", "publikasi=%F0%9F%92%A5,=1",
        ],
    )  # fmt: skip
    def test_hostile_addresses(self, client: Client, query: str) -> None:
        html_of(client, query)
        assert client.get(f"{PATH}?{query}&tambah=%00").status_code in (200, 302)
        for extension in ("xlsx", "docx"):
            assert client.get(f"{PATH}banding.{extension}?{query}").status_code == 404

    def test_the_number_of_statements_is_constant(self, client: Client) -> None:
        def statements(query: str, path: str = PATH) -> int:
            client.get(f"{path}?{query}")
            cache.clear()
            with CaptureQueriesContext(connection) as seen:
                client.get(f"{path}?{query}")
            return len(seen)

        client.force_login(some_user())
        findings = [make_finding() for _ in range(6)][:5]  # one more, so that something is offered
        make_ratings(findings[4], 1, 2)
        assert statements(of(*findings[:2])) == statements(of(*findings))
        file = f"{PATH}banding.xlsx"
        assert statements(of(*findings[:2]), file) == statements(of(*findings), file)
        outputs = "publikasi=" + ",".join(str(finding.output.public_id) for finding in findings)
        assert statements(outputs.rsplit(",", 3)[0]) == statements(outputs)


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestOutputs:
    def test_what_policymakers_ask(self, client: Client) -> None:
        finding = make_finding()
        make_ratings(finding, 3)
        other = make_output(title_id="Judul kedua", access="restricted")
        html = html_of(client, f"publikasi={finding.output.public_id},{other.public_id}")
        assert columns_of(html) == [f"/publikasi/{finding.output.public_id}/", f"/publikasi/{other.public_id}/"]
        for text in (
            finding.statement_id, "membaik; kekuatan metode: sedang", "Lanjut Usia Terlantar", "Jawa Tengah", "2014",
            "Siti Rahmawati", "CC", "belum ada yang dilaporkan", "belum ada yang dimasukkan", "Judul kedua",
        ):  # fmt: skip
            assert text in html, text

    @pytest.mark.parametrize("make", [make_draft, make_submitted])
    def test_of_what_is_not_public_nothing(self, client: Client, make: Callable[..., Any]) -> None:
        version = make(title_id="Rahasia besar")
        client.force_login(version.output.owner)
        public = make_output()
        html = html_of(client, f"publikasi={public.public_id},{version.output_id}")
        assert "Rahasia besar" not in html

    def test_withdrawn_ones_leave(self, client: Client) -> None:
        one, two = make_output(), make_output(title_id="Akan ditarik")
        withdraw(two)
        html = html_of(client, f"publikasi={one.public_id},{two.public_id}")
        assert "Akan ditarik" not in html and str(two.public_id) in html

    def test_embargoed_ones_say_until_when(self, client: Client) -> None:
        one = make_output(access="embargoed", embargo_until=datetime.date(2031, 1, 1))
        html = html_of(client, f"publikasi={one.public_id},{make_output().public_id}")
        assert "1 Januari 2031" in html and "makalah.pdf" not in html


def cells_text(extension: str, content: bytes) -> str:
    if extension == "xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    document = Document(io.BytesIO(content))
    cells = [cell.text for row in document.tables[0].rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestFiles:
    @pytest.mark.parametrize("extension", ["xlsx", "docx"])
    @pytest.mark.parametrize("role", ROLES)
    def test_say_what_the_page_says(self, client: Client, extension: str, role: str | None) -> None:
        one, two = make_finding(), make_finding(**UNKNOWN)
        make_ratings(one, 3)
        if role:
            client.force_login(make_user(role=role))
        response = client.get(f"{PATH}banding.{extension}?{of(one, two)}")
        assert response.status_code == 200
        assert f".{extension}" in response["Content-Disposition"] and response["X-Robots-Tag"] == "noindex"
        text = cells_text(extension, response.content)
        for part in (
            "A. Kunjungan rumah", "B. Kunjungan rumah", "Apakah berhasil?", "membaik", "sedang", "Rp1.250.000",
            "tidak diketahui", f"{PATH}?{of(one, two)}",
        ):  # fmt: skip
            assert part in text, part
        english = client.get(f"/en{PATH}banding.{extension}?{of(one, two)}")
        assert "Does it work?" in cells_text(extension, english.content)

    @pytest.mark.parametrize("extension", ["xlsx", "docx"])
    def test_of_outputs_too(self, client: Client, extension: str) -> None:
        one, two = make_output(), make_output(title_id="Judul kedua")
        path = f"{PATH}banding.{extension}?publikasi={one.public_id},{two.public_id}"
        assert "Judul kedua" in cells_text(extension, client.get(path).content)

    @pytest.mark.parametrize("evil", ["=1+1", "+HYPERLINK(1)", "@SUM(A1)", "-2", "\tx=1", "=cmd|' /C calc'!A0"])
    def test_no_formula_in_the_workbook(self, client: Client, evil: str) -> None:
        one = make_finding(statement_id=evil, population_id=evil, harms_id=evil)
        content = client.get(f"{PATH}banding.xlsx?{of(one, make_finding())}").content
        for row in load_workbook(io.BytesIO(content)).active.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n") and not str(cell.value or "").startswith(("=", "+", "@", "\t"))

    @pytest.mark.parametrize("extension", ["xlsx", "docx"])
    def test_characters_that_xml_cannot_say(self, client: Client, extension: str) -> None:
        one = make_finding(harms_id="Lelah\x0b\x1f\ufffe 💥 sekali")
        content = client.get(f"{PATH}banding.{extension}?{of(one, make_finding())}").content
        assert "💥 sekali" in cells_text(extension, content)

    def test_the_head_is_told_and_repeated(self, client: Client) -> None:
        content = client.get(f"{PATH}banding.docx?{of(make_finding(), make_finding())}").content
        document = Document(io.BytesIO(content))
        assert "w:tblHeader" in document.tables[0].rows[0]._tr.xml
        assert document.sections[0].page_width > document.sections[0].page_height
        book = load_workbook(io.BytesIO(client.get(f"{PATH}banding.xlsx?{of(make_finding(), make_finding())}").content))
        assert book.active.freeze_panes == "B2"


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestWaysIn:
    def test_from_finding_list_output_and_finding(self, client: Client) -> None:
        finding = make_finding()
        make_finding(finding.output)
        assert f'href="{PATH}?temuan={finding.pk}"' in client.get(f"/bukti/temuan/{finding.pk}/").content.decode()
        html = client.get(f"/publikasi/{finding.output.public_id}/").content.decode()
        assert f'href="{PATH}?publikasi={finding.output.public_id}"' in html
        for page in (html, client.get("/bukti/temuan/").content.decode()):
            assert page.count('form="banding"') >= 2 and 'id="banding"' in page
