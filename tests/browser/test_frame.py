"""The frame of every page in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db(transaction=True)
BUDGET = 150_000


def test_first_view_of_home_is_light(vocabularies, page: Page):
    """Over the wire, compressed as the production server does: HTML by its cache, the rest beforehand."""
    import brotli

    received: dict[str, int] = {}

    def weigh(response):
        body = response.body()
        packed = re.search(r"\.(woff2|webp|png)$", response.url)
        received[response.url] = len(body) if packed else len(brotli.compress(body, quality=5))

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto("/", wait_until="networkidle")
    assert sum(received.values()) < BUDGET, received
    assert len(received) <= 8, "few requests"


def test_nothing_comes_from_elsewhere(vocabularies, page: Page, site):
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    for path in ("/", "/gaya/", "/en/akun/masuk/"):
        page.goto(path)
    assert [address for address in addresses if not address.startswith((site, "data:"))] == []


def test_keyboard_reaches_the_content_at_once(page: Page):
    page.goto("/en/gaya/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_language_switch_leads_to_the_same_page(page: Page):
    page.goto("/gaya/?halaman=2")
    page.get_by_role("link", name="English").click()
    expect(page).to_have_url(re.compile(r"/en/gaya/\?halaman=2$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("link", name="Bahasa Indonesia").click()
    expect(page).to_have_url(re.compile(r"[^n]/gaya/\?halaman=2$"))


def test_appearance_is_remembered_without_a_cookie(page: Page):
    page.goto("/en/gaya/")
    page.get_by_label("Dark").check(force=True)
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.goto("/en/nothing/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    assert page.context.cookies() == []
    page.get_by_label("System").check(force=True)
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


def test_pages_work_without_script(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/en/gaya/")
    page.get_by_role("button", name="Open a dialog").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.locator("[data-themes]")).to_be_hidden()


def test_titles_differ(vocabularies, page: Page):
    titles = []
    for path in ("/", "/gaya/", "/tidak-ada/", "/topik/", "/publikasi/", "/akun/masuk/"):
        page.goto(path)
        titles.append(page.title())
    assert len(set(titles)) == len(titles), titles


def test_print_leaves_the_frame_away(page: Page):
    page.goto("/gaya/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.locator(".masthead")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.fixture
def signed_in(page: Page) -> Page:
    make_user("kurator@example.org", role="curator", name="Dewi Anggraini")
    page.goto("/en/akun/masuk/")
    page.get_by_label("Email").fill("kurator@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "masuk" not in url)
    return page


def test_account_menu_by_keyboard(signed_in: Page, axe):
    page = signed_in
    page.goto("/en/gaya/")
    menu = page.locator("details.menu")
    menu.locator("summary").press("Enter")
    expect(page.get_by_role("link", name="Curation")).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Curation")).to_be_hidden()
    expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_administration_works_under_the_policy(new_context):
    """Its widgets and its own appearance switch run; `new_context` fails on anything the policy blocked."""
    make_user("admin@example.org", role="administrator", is_superuser=True)
    page = new_context().new_page()
    page.goto("/en/akun/masuk/?next=/en/admin/taxonomy/pmks/add/")
    page.get_by_label("Email").fill("admin@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("#site-name")).to_have_text("Repositori Kesos")
    expect(page.locator(".select2-container").first).to_be_visible()
    page.get_by_role("link", name="Today").first.click()
    expect(page.locator("#id_retired_on")).not_to_have_value("")
