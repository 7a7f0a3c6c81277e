"""An organiser orders a list by keyboard and saves in two windows; axe on each kind of page of the desk."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from conferences import parts
from conferences.models import Edition
from tests.factories.accounts import make_user
from tests.factories.conferences import make_edition, make_track
from tests.factories.desk import chair_of, make_photo, make_row

from .hands import Keyboard
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


def filled() -> Edition:
    edition = make_edition("draft", summary_id="", theme_en="")
    make_track(edition, pmks=["PMKS-08"])
    make_row(parts.PAGES, edition, body_en="")
    make_row(parts.NEWS, edition, related=[make_row(parts.NEWS, edition)])
    make_row(parts.COMMITTEE, edition)
    make_row(parts.OTHER_DATES, edition)
    make_photo(edition)
    return edition


def test_every_kind_of_page(site: str, new_context: Contexts, accessible: Callable[[Page, str], None]) -> None:
    edition = filled()
    member = edition.committee.get(role="member")
    context = new_context()
    sign_in(context, site, make_user("admin@contoh.id", role="administrator"))
    page = context.new_page()
    at = f"/panitia/{edition.slug}/"
    for path in ("", "tanggal/", "bidang/", "foto/", "catatan/", f"susunan/{member.pk}/"):
        accessible(page, at + path)
        accessible(page, f"/en{at}{path}")
    for path in ("/panitia/", "/panitia/baru/", f"/en{at}fakta/", f"{at}berita/baru/", f"{at}salin/"):
        accessible(page, path)


def test_order_by_keyboard(site: str, new_context: Contexts) -> None:
    edition = make_edition()
    first, second = make_track(edition), make_track(edition)
    context = new_context()
    sign_in(context, site, chair_of(edition))
    page = context.new_page()
    page.goto(reverse("conferences:desk_tracks", args=[edition.slug]))
    hands = Keyboard(page)
    hands.press(page.get_by_role("button", name=f"Naikkan: {second}"))
    expect(page.locator(f"#baris-{second.pk}")).to_be_in_viewport()
    assert page.url.endswith(f"#baris-{second.pk}")
    assert list(edition.tracks.all()) == [second, first]
    page.keyboard.press("Tab")  # goes on in the row that was moved
    assert page.evaluate("document.activeElement.closest('li').id") == f"baris-{second.pk}"


def test_two_windows(site: str, new_context: Contexts) -> None:
    edition = make_edition()
    news = make_row(parts.NEWS, edition)
    context = new_context(width=320)
    sign_in(context, site, chair_of(edition))
    path = reverse("conferences:desk_news_edit", args=[edition.slug, news.pk])
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto(path)
    for page, words in ((one, "Kata pertama"), (two, "Kata kedua")):
        page.locator("[name=title_id]").fill(words)
        page.get_by_role("main").get_by_role("button", name="Simpan", exact=True).click()
    expect(two.get_by_role("table")).to_contain_text("Kata pertama")
    expect(two.locator("[name=title_id]")).to_have_value("Kata kedua")
    assert two.evaluate("document.documentElement.scrollWidth") <= 320
    two.get_by_role("main").get_by_role("button", name="Simpan", exact=True).click()
    expect(two.get_by_role("strong").filter(has_text="Kata kedua")).to_be_visible()
    news.refresh_from_db()
    assert news.title_id == "Kata kedua"
