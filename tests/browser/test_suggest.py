"""Suggestions under the search box of the first page, by mouse and by keyboard alone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.looks import LOOKS, look_name
from tests.factories.accounts import make_organisation
from tests.factories.publications import make_output
from tests.factories.search import index  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)
TARGET = 44


@pytest.fixture
def published(vocabularies: None, settings: Any, tmp_path: Any, index: Callable[[], None]) -> Any:  # noqa: F811
    """One output whose title, author and organisation begin with the word of a topic."""
    settings.MEDIA_ROOT = tmp_path / "files"
    people = [{"given_name": "Anak", "family_name": "Agung", "affiliation": make_organisation("Anak Bangsa")}]
    output = make_output(title_id="Anak jalanan di Makassar", title_en="", contributors=people)
    index()
    return output


def box(page: Page) -> Locator:
    return page.locator("form[data-suggest]").get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.locator("form[data-suggest]").get_by_role("option")


def type_and_wait(page: Page, words: str) -> None:
    box(page).press_sequentially(words)
    expect(options(page).first).to_be_visible()


def test_with_the_mouse(published, page: Page):
    page.goto("/")
    type_and_wait(page, "anak jal")
    expect(page.get_by_role("group", name="Topik").get_by_role("option")).to_have_text(re.compile("Anak Jalanan"))
    page.get_by_role("group", name="Publikasi").get_by_role("option").click()
    expect(page).to_have_url(re.compile(rf"/publikasi/{published.public_id}/$"))


@pytest.mark.parametrize(("group", "address"), [("Topik", "/topik/"), ("Orang", "/penulis/"), ("Lembaga", "/lembaga/")])
def test_each_kind_leads_to_its_page(published, page: Page, group, address):
    page.goto("/")
    type_and_wait(page, "anak")
    page.get_by_role("group", name=group).get_by_role("option").first.click()
    expect(page).to_have_url(re.compile(f"{address}[^/]+/$"))
    assert page.locator("h1").count() == 1


def test_with_the_keyboard_alone(published, page: Page):
    page.goto("/")
    search = box(page)
    expect(search).to_have_attribute("aria-expanded", "false")
    for _turn in range(30):
        if search.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.type("anak")
    expect(search).to_have_attribute("aria-expanded", "true")
    number = options(page).count()
    expect(page.get_by_role("status")).to_have_text(f"{number} saran; gunakan tombol panah atas dan bawah.")
    for at in range(number):
        page.keyboard.press("ArrowDown")
        expect(options(page).nth(at)).to_have_attribute("aria-selected", "true")
        assert search.get_attribute("aria-activedescendant") == options(page).nth(at).get_attribute("id")
        assert page.locator("[aria-selected=true]").count() == 1
    page.keyboard.press("ArrowDown")
    expect(search).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("ArrowUp")
    expect(options(page).nth(number - 1)).to_have_attribute("aria-selected", "true")
    expect(search).to_be_focused()
    address = options(page).nth(number - 1).get_attribute("href")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{address}$"))


def test_escape_closes_and_keeps_the_words(published, page: Page):
    page.goto("/")
    type_and_wait(page, "anak")
    page.keyboard.press("Escape")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("anak")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")


def test_a_late_answer_changes_nothing_after_escape_or_an_arrow(published, page: Page):
    page.goto("/")
    type_and_wait(page, "anak")
    held = []
    page.route(re.compile("/saran/"), lambda route: held.append(route))
    for key, hidden in (("ArrowDown", False), ("Escape", True)):
        with page.expect_event("request", lambda event: "/saran/" in event.url):
            box(page).press_sequentially("x")
        page.keyboard.press(key)
        for route in held:
            route.continue_()
        held.clear()
        page.wait_for_timeout(300)
        assert page.locator("[role=listbox]").is_hidden() == hidden
        assert hidden or options(page).first.get_attribute("aria-selected") == "true"


def test_enter_without_a_choice_searches(published, page: Page):
    page.goto("/")
    type_and_wait(page, "anak")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=anak$"))


def test_leaving_the_box_closes_the_list(published, page: Page):
    page.goto("/")
    type_and_wait(page, "anak")
    page.keyboard.press("Tab")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(page.get_by_role("button", name="Cari")).to_be_focused()
    box(page).focus()
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()
    page.locator("h1").click()
    expect(page.locator("[role=listbox]")).to_be_hidden()


def test_the_answer_to_the_last_words_is_shown(published, page: Page):
    """An earlier question that is answered late is not."""
    page.route(re.compile(r"saran/\?q=pem"), lambda route: page.wait_for_timeout(600) or route.continue_())
    page.goto("/")
    box(page).press_sequentially("pem")
    page.wait_for_timeout(200)
    box(page).fill("anak jalanan")
    expect(options(page).first).to_contain_text("Anak Jalanan")
    page.wait_for_timeout(800)
    expect(options(page).first).to_contain_text("Anak Jalanan")


def test_asks_once_for_words_typed_in_one_go(published, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/saran/" in request.url else None)
    page.clock.install(time=0)
    page.goto("/")
    page.clock.pause_at(60_000)  # however slow the machine, the keys follow each other at once
    box(page).press_sequentially("anak jalanan")
    assert not asked
    page.clock.run_for(200)
    expect(options(page).first).to_be_visible()
    assert len(asked) == 1


def test_nothing_found_is_told_and_shows_no_list(published, page: Page):
    page.goto("/en/")
    box(page).press_sequentially("xyzzy")
    expect(page.get_by_role("status")).to_have_text("No suggestions.")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    box(page).fill("")
    expect(page.get_by_role("status")).to_have_text("")


@pytest.mark.parametrize("status", [204, 500, None])
def test_the_box_searches_without_suggestions(published, page: Page, status):
    """While there is no index, or no answer."""
    page.route(re.compile("/saran/"), lambda route: route.fulfill(status=status) if status else route.abort())
    page.goto("/")
    with page.expect_event("response" if status else "requestfailed", lambda event: "/saran/" in event.url):
        box(page).press_sequentially("anak")
    expect(page.locator("[role=listbox]")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=anak$"))


def test_a_plain_form_without_script(published, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/en/")
    search = page.get_by_role("searchbox")
    search.fill("anak")
    search.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/.*\?q=anak$"))


@pytest.mark.parametrize("look", LOOKS, ids=look_name)
def test_the_open_list_is_accessible(look, published, new_context, axe):
    language, dark, width = look
    page = new_context(width=width, dark=dark).new_page()
    page.goto(f"{language}/")
    type_and_wait(page, "anak")
    page.keyboard.press("ArrowDown")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    for place in options(page).all():
        size = place.bounding_box()
        assert size and size["height"] >= TARGET and size["x"] >= 0 and size["x"] + size["width"] <= width
    assert box(page).bounding_box()["height"] >= TARGET


def test_on_a_phone_by_touch(published, new_context):
    page = new_context(width=320, height=640, has_touch=True, is_mobile=True).new_page()
    page.goto("/")
    box(page).tap()
    page.keyboard.type("anak")
    page.get_by_role("group", name="Topik").get_by_role("option").first.tap()
    expect(page).to_have_url(re.compile("/topik/"))


@pytest.mark.parametrize("address", ["/tidak-ada/", "/en/nothing/", "/gaya/", "/cari/", "/en/cari/"])
def test_other_pages_have_it_too(published, page: Page, address):
    page.goto(address)
    type_and_wait(page, "pemulung")
    expect(options(page)).to_have_count(1)


def test_on_the_search_page_the_list_gives_way_to_the_results(published, page: Page):
    page.goto("/cari/?q=pemulung")
    box(page).fill("")
    type_and_wait(page, "anak")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/cari/\?.*q=anak"))
    expect(page.locator("[role=listbox]")).to_be_hidden()
    expect(page.get_by_role("link", name="Anak jalanan di Makassar").first).to_be_visible()
