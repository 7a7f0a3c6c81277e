"""The evidence map in a browser: axe, narrow and wide, keyboard, screen reader, with and without script."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from evidence.actions import snapshots
from evidence.mapping.asked import Asked
from evidence.models import Snapshot
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding, make_ratings
from tests.factories.publications import make_output

from .looks import LOOKS, Look, look_name
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]
CELL = 'a[href*="pmks=lanjut-usia-terlantar&layanan=rehsos-perawatan-dan-pengasuhan"]'


@pytest.fixture
def findings() -> None:
    output = make_output()
    make_ratings(make_finding(output), 3, 3)
    make_finding(output, statement_id="Lain.", service=None)
    make_finding(make_output(), pmks=["PMKS-01", "PMKS-08"], service="DAYASOS-07", outcome="INC")


def no_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("look", LOOKS, ids=look_name)
def test_axe_and_width(new_context: Contexts, axe: Callable[[Page], None], findings: None, look: Look) -> None:
    language, dark, width = look
    snapshot, _is_new = snapshots.take(Asked(), "Untuk uji.", by=curator(), base="http://contoh.id")
    page = new_context(width=width, dark=dark).new_page()
    for path in (
        "/bukti/", "/bukti/?kolom=luaran&lipat=anak&provinsi=jawa-tengah&dari=x", "/bukti/temuan/",
        "/bukti/temuan/?pmks=anak-jalanan", "/bukti/potret/", f"/bukti/potret/{snapshot.code}/",
    ):  # fmt: skip
        page.goto(language + path)
        axe(page)
        assert no_sideways(page), path


def test_the_header_row_and_column_stay_in_sight(new_context: Contexts, findings: None) -> None:
    page = new_context(width=320, height=600).new_page()
    page.goto("/bukti/")
    page.locator(".map-scroll").scroll_into_view_if_needed()
    page.locator(".map-scroll").evaluate("box => { box.scrollLeft = 900; box.scrollTop = 700 }")
    box = page.locator(".map-scroll").bounding_box()
    assert box
    corner = page.locator(".map .corner").bounding_box()
    row = page.locator(".map tbody th[scope=row]").last.bounding_box()
    assert corner and row
    assert abs(corner["x"] - box["x"]) < 3 and abs(corner["y"] - box["y"]) < 3
    assert abs(row["x"] - box["x"]) < 3
    assert corner["width"] < 140


def test_a_screen_reader_hears_cells_with_their_headers(new_context: Contexts, findings: None) -> None:
    page = new_context().new_page()
    page.goto("/bukti/")
    table = page.get_by_role("table", name="Peta bukti: PMKS × layanan")
    row = table.get_by_role("row", name=re.compile("^Lanjut Usia Terlantar"))
    expect(row.get_by_role("rowheader", name="Lanjut Usia Terlantar")).to_have_count(1)
    expect(row.get_by_role("link", name="1 studi, 1 temuan, kekuatan metode: sedang", exact=True)).to_have_count(1)
    expect(row.get_by_role("link", name="belum ada bukti", exact=True)).to_have_count(29)
    expect(table.get_by_role("columnheader", name="Perawatan dan pengasuhan")).to_have_count(1)
    expect(page.get_by_role("region", name="Peta bukti: PMKS × layanan")).to_have_attribute("tabindex", "0")


def test_by_keyboard_from_cell_to_cell_to_findings(new_context: Contexts, findings: None) -> None:
    page = new_context().new_page()
    page.goto("/bukti/")
    page.get_by_role("table").get_by_role("link", name="Lanjut Usia Terlantar").focus()
    page.keyboard.press("Tab")  # tab goes from link to link, as everywhere
    expect(page.locator(":focus")).to_have_attribute("href", re.compile("layanan=rehsos-motivasi"))
    page.keyboard.press("ArrowRight")
    expect(page.locator(":focus")).to_have_attribute("href", re.compile("layanan=rehsos-perawatan"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    expect(page.locator(":focus")).to_have_attribute(
        "href", re.compile("lanjut-usia-terlantar&layanan=rehsos-perawatan")
    )
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/bukti/temuan/\?pmks="))


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_filters_and_folding(new_context: Contexts, findings: None, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/bukti/")
    expect(page.locator("[data-count]")).to_contain_text("2 studi, 3 temuan")
    page.locator("summary", has_text="Saring").first.click()
    page.locator("summary", has_text="Kekuatan metode").click()
    page.get_by_label("paling rendah sedang").first.check()
    if not script:
        page.get_by_role("button", name="Terapkan saringan").click()
    expect(page.locator("[data-count]")).to_contain_text("1 studi, 1 temuan")
    expect(page).to_have_url(re.compile("kekuatan=3"))
    page.get_by_role("table").get_by_role("link", name="Lanjut usia", exact=True).click()
    expect(page).to_have_url(re.compile("kekuatan=3.*lipat=lanjut-usia"))
    expect(page.locator("#klaster-lanjut-usia")).to_have_attribute("aria-expanded", "false")
    page.get_by_role("link", name=re.compile("^Kekuatan metode: paling rendah sedang")).click()
    expect(page.locator("[data-count]")).to_contain_text("2 studi, 3 temuan")
    page.go_back()
    expect(page.locator("[data-count]")).to_contain_text("1 studi, 1 temuan")


def test_on_a_phone_it_reads_as_a_list(new_context: Contexts, findings: None) -> None:
    page = new_context(width=320).new_page()
    page.goto("/bukti/")
    page.get_by_role("link", name="Baca sebagai daftar").click()
    page.locator("#daftar summary", has_text="Lanjut Usia Terlantar").click()
    page.locator("#daftar").get_by_role("link", name="Perawatan dan pengasuhan").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lanjut Usia Terlantar × Perawatan dan pengasuhan")


def test_a_snapshot_keeps_what_the_filters_say_now(site: str, new_context: Contexts, findings: None) -> None:
    context = new_context()
    sign_in(context, site, make_user("kurator@example.org", role="curator"))
    page = context.new_page()
    page.goto("/bukti/")
    page.get_by_role("link", name="PMKS × luaran").click()
    expect(page.get_by_role("table", name="Peta bukti: PMKS × luaran")).to_be_visible()
    page.locator("summary", has_text="Simpan peta seperti keadaannya hari ini").click()
    page.get_by_label("Untuk apa").fill("Rapat")
    page.get_by_role("button", name="Buat potret").click()
    expect(page.get_by_role("heading", name="Cara mengutip")).to_be_visible()
    assert Snapshot.objects.get().axis == "outcome"
