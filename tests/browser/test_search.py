"""Searching in a real browser: by keyboard and mouse, with and without scripts, in both languages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from publications.models import Page as PdfPage
from tests.browser.hands import Keyboard, Mouse
from tests.browser.looks import LOOKS, look_name
from tests.factories.publications import make_output
from tests.factories.search import index  # noqa: F401 - a fixture
from tests.search.test_page import of

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "": {"box": "Cari publikasi, topik, penulis", "filter": "Saring", "apply": "Terapkan saringan", "aceh": "Aceh"},
    "/en": {
        "box": "Search publications, topics, authors",
        "filter": "Filter",
        "apply": "Apply filters",
        "aceh": "Aceh",
    },
}


@pytest.fixture
def found(vocabularies: None, site: str, index: Any, settings: Any, tmp_path: Any) -> None:  # noqa: F811
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.DEMO = True
    output = of("Rumah singgah lansia", 2018, provinces=["ID-JT"])
    assert output.current
    blob = output.current.files.get().blob
    PdfPage.objects.create(blob=blob, number=2, text="Pendamping menghitung bekal kerinduan di desa.")
    of("Rumah singgah anak", 2020, provinces=["ID-AC"], pmks=["PMKS-04"], access="restricted")
    of("Rumah nelayan", 2022, provinces=["ID-AC"], is_sample=True)
    of("Panti")
    index()


@pytest.mark.parametrize("hands", [Mouse, Keyboard])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_from_home_to_a_narrowed_result_and_back(
    found: None, page: Page, prefix: str, hands: Callable[[Page], Mouse]
) -> None:
    words, using = WORDS[prefix], hands(page)
    page.goto(f"{prefix}/")
    box = page.get_by_label(words["box"])
    using.write(box, "rumah")
    box.press("Enter")
    expect(page).to_have_url(re.compile(rf"{prefix}/cari/\?q=rumah$"))
    hits = page.locator(".hit-title")
    expect(hits).to_have_count(3)
    facet = page.locator("details[data-facet=provinsi]")
    using.press(facet.locator("summary"))
    province = facet.get_by_label(words["aceh"])
    using.tick(province)
    expect(page).to_have_url(re.compile(r"\?q=rumah&provinsi=aceh$"))
    expect(hits).to_have_count(2)
    expect(facet).to_have_attribute("open", "")
    expect(province).to_be_focused()
    expect(page.locator("[data-told]")).to_contain_text("2 publi")
    expect(page.locator("a.language")).to_have_attribute("href", re.compile(r"\?q=rumah&provinsi=aceh$"))
    using.press(page.locator(".applied a").first)
    expect(hits).to_have_count(3)
    page.go_back()
    expect(hits).to_have_count(2)
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?q=rumah$"))
    expect(hits).to_have_count(3)
    expect(page.get_by_label(words["aceh"])).not_to_be_checked()


def test_order_and_years_take_effect_at_once(found: None, page: Page) -> None:
    page.goto("/cari/?q=rumah")
    page.get_by_label("Urutan").select_option(label="terlama dahulu")
    expect(page).to_have_url(re.compile(r"urut=terlama"))
    expect(page.locator(".hit-title").first).to_have_text("Rumah singgah lansia")
    page.get_by_label("dari", exact=True).fill("2020")
    page.get_by_label("dari", exact=True).press("Enter")
    expect(page.locator(".hit-title")).to_have_count(2)
    page.locator(".bars a", has=page.locator("title", has_text="2022")).click()
    expect(page).to_have_url(re.compile(r"tahun=2022"))
    expect(page.locator(".hit-title")).to_have_text(["Rumah nelayan"])


def test_new_words_keep_what_was_chosen(found: None, page: Page) -> None:
    page.goto("/cari/?q=rumah&provinsi=aceh")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox", name="Cari publikasi")).fill("nelayan")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=nelayan&provinsi=aceh$"))
    expect(page.locator(".hit-title")).to_have_count(1)
    expect(page).to_have_title(re.compile("nelayan"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_without_scripts(found: None, new_context: Any, prefix: str) -> None:
    page = new_context(java_script_enabled=False).new_page()
    words = WORDS[prefix]
    page.goto(f"{prefix}/cari/")
    page.get_by_label(words["box"]).fill("rumah")
    page.locator("details[data-facet=provinsi] > summary").click()
    page.get_by_label(words["aceh"]).check()
    page.get_by_role("button", name=words["apply"]).click()
    expect(page).to_have_url(re.compile(r"q=rumah.*provinsi=aceh"))
    expect(page.locator(".hit-title")).to_have_count(2)


def test_within_a_topic(found: None, page: Page) -> None:
    page.goto("/topik/lanjut-usia-terlantar/")
    page.get_by_label("Cari dalam topik ini").fill("singgah")
    page.keyboard.press("Enter")
    expect(page.locator(".hit-title")).to_have_text(["Rumah singgah lansia"])
    page.locator(".facets-within > summary").click()
    page.locator("details[data-facet=provinsi] > summary").click()
    page.get_by_label("Jawa Tengah").check()
    expect(page).to_have_url(re.compile(r"/topik/lanjut-usia-terlantar/\?q=singgah&provinsi=jawa-tengah$"))
    expect(page.locator(".facets-within")).to_have_attribute("open", "")


def test_on_a_phone_filters_do_not_hide_the_result(found: None, new_context: Any) -> None:
    page = new_context(width=320).new_page()
    page.goto("/cari/?q=rumah")
    expect(page.locator(".facets")).to_be_hidden()
    page.get_by_text("Saring", exact=True).click()
    page.locator("details[data-facet=provinsi] > summary").click()
    page.get_by_label("Aceh").check()
    expect(page.locator(".hit-title")).to_have_count(2)
    expect(page.locator(".facets")).to_be_visible()


@pytest.mark.parametrize("look", LOOKS, ids=look_name)
def test_accessible_in_every_look(found: None, new_context: Any, axe: Callable[[Page], None], look: Any) -> None:
    language, dark, width = look
    page = new_context(width=width, dark=dark).new_page()
    paths = (
        "/cari/?q=bekal+kerinduan", "/cari/?q=rumah&tahun=2020&dari=2019&pmks=tidak-ada", "/cari/?q=nelayann",
        "/cari/?q=rumah&provinsi=bali", "/publikasi/", "/topik/lanjut-usia-terlantar/?q=rumah",
    )  # fmt: skip
    for path in paths:
        page.goto(language + path)
        for closed in page.locator("main details:not([open], .menu) > summary").all():
            if closed.is_visible():
                closed.click()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("look", LOOKS[::3], ids=look_name)
def test_accessible_without_an_index(vocabularies: None, site: str, new_context: Any, axe: Any, look: Any) -> None:
    language, dark, width = look
    make_output()
    page = new_context(width=width, dark=dark).new_page()
    for path in ("/cari/?q=rumah", "/publikasi/?q=rumah", "/topik/lanjut-usia-terlantar/?q=rumah"):
        page.goto(language + path)
        axe(page)
