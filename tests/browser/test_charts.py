"""Charts in a real browser: what is drawn, when, and what is left without them."""

import datetime
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories.evidence import make_finding, make_recommendation
from tests.factories.publications import make_output

pytestmark = pytest.mark.django_db(transaction=True)
GUIDE = "/en/gaya/"
LIBRARY = "echarts"


def asked_for(page: Page) -> list[str]:
    """The addresses of scripts that the page fetches from now on."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url) if request.url.endswith(".js") else None)
    return found


def drawn(page: Page):
    figure = page.locator("[data-chart]").first
    figure.scroll_into_view_if_needed()
    picture = figure.locator("[data-picture]")
    expect(picture.locator("svg")).to_have_count(1)
    return figure


def test_nothing_is_fetched_before_a_chart_comes_into_view(page: Page):
    scripts = asked_for(page)
    page.goto(GUIDE, wait_until="networkidle")
    assert any("charts" in address for address in scripts)
    assert not any(LIBRARY in address for address in scripts)
    assert page.locator("[data-picture] svg").count() == 0
    drawn(page)
    assert sum(LIBRARY in address for address in scripts) == 1


def test_is_drawn_as_svg_with_patterns_and_a_description(page: Page):
    page.goto(GUIDE)
    picture = drawn(page).locator("[data-picture]")
    expect(picture).to_have_attribute("role", "img")
    expect(picture).to_have_attribute(
        "aria-label",
        "Publications and findings a year. Publications: most in 2024, 31. Findings: most in 2023, 9. "
        "All numbers are in the table below.",
    )
    assert picture.locator("canvas").count() == 0
    expect(picture.locator("pattern").first).to_be_attached()
    for text in ("2021", "2024", "Publications", "Findings"):
        expect(picture.locator("svg text", has_text=text).first).to_be_attached()


def test_the_hint_says_the_numbers_of_the_table(page: Page):
    """Drawn inside the picture: `new_context` fails on any style that the policy blocked."""
    page.goto(GUIDE)
    picture = drawn(page).locator("[data-picture]")
    box = picture.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + box["height"] * 0.6)
    expect(picture.locator("svg text", has_text="Publications: 31")).to_be_attached()


def test_the_table_is_beside_it(page: Page):
    page.goto(GUIDE)
    figure = drawn(page)
    expect(figure.get_by_role("table")).to_be_hidden()
    figure.locator("summary").press("Enter")
    expect(figure.get_by_role("row", name="2024 31 4")).to_be_visible()


FIRST_TEXT = "getComputedStyle(document.querySelector('[data-picture] svg text')).fill"


def test_follows_light_and_dark(page: Page):
    page.goto(GUIDE)
    drawn(page)
    light = page.evaluate(FIRST_TEXT)
    page.get_by_label("Dark").check(force=True)
    page.wait_for_function(f"light => {FIRST_TEXT} !== light", arg=light)
    dark = page.evaluate(FIRST_TEXT)
    page.get_by_label("Light").check(force=True)
    page.wait_for_function(f"light => {FIRST_TEXT} === light", arg=light)
    page.get_by_label("System").check(force=True)
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"dark => {FIRST_TEXT} === dark", arg=dark)


def test_fits_the_screen_after_it_was_turned(page: Page):
    page.goto(GUIDE)
    picture = drawn(page).locator("[data-picture]")
    page.set_viewport_size({"width": 320, "height": 900})
    page.wait_for_function("() => document.querySelector('[data-picture] svg').getBoundingClientRect().width < 320")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    expect(picture.locator("svg text", has_text="2024").first).to_be_attached()


def test_without_script_the_table_stands_open(new_context: Callable):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(GUIDE)
    figure = page.locator("[data-chart]").first
    expect(figure.get_by_role("row", name="2024 31 4")).to_be_visible()
    expect(figure.locator("[data-picture]")).to_be_hidden()


def test_when_the_library_does_not_come_the_table_opens(page: Page):
    page.route("**/echarts*", lambda route: route.abort())
    page.goto(GUIDE)
    figure = page.locator("[data-chart]").first
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_role("row", name="2024 31 4")).to_be_visible()
    expect(figure.locator("[data-picture]")).to_be_hidden()


def test_who_saves_data_is_sent_no_chart(new_context: Callable):
    context = new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', {value: {saveData: true}})")
    page = context.new_page()
    scripts = asked_for(page)
    page.goto(GUIDE, wait_until="networkidle")
    figure = page.locator("[data-chart]").first
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_role("row", name="2024 31 4")).to_be_visible()
    assert not any(LIBRARY in address for address in scripts)


def test_is_printed_within_the_paper_or_as_a_table(page: Page):
    page.goto(GUIDE)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("row", name="2024 31 4")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    picture = drawn(page).locator("[data-picture]")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 700, "height": 900})
    expect(picture.locator("svg")).to_be_visible()
    assert picture.locator("svg").bounding_box()["width"] <= 700


@pytest.mark.parametrize("path", ["/", "/publikasi/", "/cari/", "/akun/masuk/", "/bukti/rubrik/"])
def test_pages_without_charts_have_no_chart_code(vocabularies, client, path):
    html = client.get(path, follow=True).content.decode()
    assert "charts.js" not in html
    assert LIBRARY not in html


@pytest.fixture
def dashboard(vocabularies, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    finding = make_finding(make_output(date=datetime.date(2018, 1, 1)))
    make_output(date=datetime.date(2020, 1, 1))
    make_recommendation(finding)


DASHBOARD = "/dasbor/"
BUDGET = 150_000


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_dashboard_is_accessible(dashboard, language, new_context, accessible):
    accessible(new_context().new_page(), language + DASHBOARD)


def test_all_charts_of_the_dashboard_are_drawn(dashboard, page: Page, axe):
    page.goto(DASHBOARD)
    charts = page.locator("[data-chart]")
    for figure in charts.all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator("[data-picture] svg")).to_have_count(1)
        assert figure.locator("[data-picture]").get_attribute("aria-label")
    assert charts.count() == 6
    axe(page)
    expect(charts.last.locator("pattern").first).to_be_attached()


def test_a_bar_leads_to_the_list_behind_it(dashboard, page: Page):
    page.goto(DASHBOARD)
    picture = page.locator("[data-chart=column] [data-picture]")
    picture.scroll_into_view_if_needed()
    expect(picture.locator("svg")).to_have_count(1)
    box = picture.bounding_box()
    assert box is not None
    left, right, years = 46, 12, 3  # the room of the axis, and the last of three bars
    band = (box["width"] - left - right) / years
    page.mouse.click(box["x"] + left + band * 2.5, box["y"] + 120)
    expect(page).to_have_url(re.compile(r"/publikasi/\?tahun=2020$"))


def test_first_view_of_the_dashboard_is_light(dashboard, page: Page):
    """The first chart lies below what a desktop shows at first; a phone shows less."""
    import brotli

    received: dict[str, int] = {}

    def weigh(response):
        body = response.body()
        packed = re.search(r"\.(woff2|webp|png)$", response.url)
        received[response.url] = len(body) if packed else len(brotli.compress(body, quality=5))

    page.on("requestfinished", lambda request: weigh(request.response()))
    page.goto(DASHBOARD, wait_until="networkidle")
    assert sum(received.values()) < BUDGET, received
    assert not any(LIBRARY in address for address in received)
