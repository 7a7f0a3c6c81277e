"""The reader of a PDF in the page, under the Content-Security-Policy."""

import io
import time

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from playwright.sync_api import Locator, Page, expect

from kesos_repo.access import public
from kesos_repo.urls import urlpatterns as site_urls

PAGES = 6
TEMPLATE = """{% extends "base.html" %}{% load components static %}
{% block scripts %}<script type="module" src="{% static "js/reader.js" %}"></script>{% endblock %}
{% block main %}<h1>Reader</h1>{% reader url="/reader-test.pdf" title="Test" pages=6 size="2 kB" %}{% endblock %}"""


def made_pdf() -> bytes:
    """Six pages, each with its number as text."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    font = pypdfium2.raw.FPDFText_LoadStandardFont(document.raw, b"Helvetica")
    for number in range(1, PAGES + 1):
        page = document.new_page(420, 595)
        text = pypdfium2.raw.FPDFPageObj_CreateTextObj(document.raw, font, 24)
        words = f"Halaman nomor {number}".encode("utf-16-le") + b"\x00\x00"
        pypdfium2.raw.FPDFText_SetText(text, (pypdfium2.raw.FPDF_WCHAR * (len(words) // 2)).from_buffer_copy(words))
        pypdfium2.raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 60, 400)
        pypdfium2.raw.FPDFPage_InsertObject(page.raw, text)
        page.gen_content()
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@public
def reading_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(TEMPLATE).render({}, request))


@public
def pdf(request: HttpRequest) -> FileResponse:
    return FileResponse(io.BytesIO(made_pdf()), content_type="application/pdf")


urlpatterns = [path("reader-test/", reading_page), path("reader-test.pdf", pdf), *site_urls]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db(transaction=True)]


def test_nothing_is_loaded_before_somebody_wants_to_read(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/reader-test/", wait_until="networkidle")
    assert not [url for url in asked if "pdf" in url]
    expect(page.get_by_role("link", name="Buka PDF")).to_be_visible()


def test_reads_at_a_click_with_text_to_select(page: Page, axe):
    page.goto("/reader-test/")
    page.get_by_role("button", name="Baca di sini").click()
    expect(page.locator(".reader-text").first).to_contain_text("Halaman nomor 1")
    expect(page.locator("[data-total]")).to_have_text("6")
    axe(page)


@pytest.mark.parametrize("address", ["/reader-test/#page=4", "/reader-test/#halaman=4", "/reader-test/?halaman=4"])
def test_opens_at_the_page_of_the_address(page: Page, address):
    page.goto(address)
    expect(page.locator("[data-page='4'] .reader-text")).to_contain_text("Halaman nomor 4")
    expect(page.locator("[data-number]")).to_have_value("4")
    expect(page.locator(".reader-bar")).to_be_in_viewport()


def test_moves_by_buttons_box_and_keys(page: Page):
    page.goto("/reader-test/#page=1")
    number = page.locator("[data-number]")
    expect(page.locator(".reader-text").first).to_be_attached()
    expect(page.get_by_role("button", name="Halaman sebelumnya")).to_be_disabled()
    page.get_by_role("button", name="Halaman berikutnya").click()
    expect(number).to_have_value("2")
    number.fill("6")
    number.press("Enter")
    expect(page.locator("[data-page='6'] .reader-text")).to_contain_text("Halaman nomor 6")
    page.get_by_role("region", name="Halaman dokumen").press("ArrowLeft")
    expect(number).to_have_value("5")
    page.get_by_role("region", name="Halaman dokumen").press("Home")
    expect(number).to_have_value("1")


def test_keeps_only_near_pages_drawn(page: Page):
    page.goto("/reader-test/#page=6")
    expect(page.locator("[data-page='6'] canvas")).to_be_attached()
    assert page.locator("[data-page='1'] canvas").count() == 0


def test_zooms_and_fits(page: Page):
    page.goto("/reader-test/#page=1")
    sheet = page.locator("[data-page='1']")
    expect(sheet.locator("canvas")).to_be_attached()
    before = sheet.bounding_box()["width"]
    page.get_by_role("button", name="Perbesar").click()
    becomes_wide(sheet, before * 1.25)
    page.get_by_role("button", name="Selebar layar").click()
    becomes_wide(sheet, before)


def becomes_wide(sheet: Locator, width: float) -> None:
    """A busy page may lay itself out a moment after the click."""
    until = time.monotonic() + 10
    while sheet.bounding_box()["width"] != pytest.approx(width, rel=0.02):
        assert time.monotonic() < until, f"{sheet.bounding_box()['width']} pixels wide, not {width}"
        time.sleep(0.05)


def test_narrow_screen_does_not_scroll_sideways(new_context, axe):
    page = new_context(width=320, dark=True).new_page()
    page.goto("/reader-test/#page=2")
    expect(page.locator("[data-page='2'] .reader-text")).to_contain_text("Halaman nomor 2")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    axe(page)


def test_a_missing_file_leaves_the_link(new_context):
    context = new_context()
    page = context.new_page()
    page.route("**/reader-test.pdf", lambda route: route.fulfill(status=404, body="gone"))
    page.add_init_script("console.error = console.warn")
    page.goto("/reader-test/#page=1")
    expect(page.locator("[data-failed]")).to_contain_text("Dokumen tidak dapat ditampilkan di sini")


def test_without_script_the_links_remain(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/reader-test/")
    expect(page.get_by_role("button", name="Baca di sini")).to_be_hidden()
    expect(page.get_by_role("link", name="Buka PDF")).to_be_visible()
