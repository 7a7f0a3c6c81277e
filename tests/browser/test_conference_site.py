"""The public site of a conference in a real browser: axe on every page kind, weight, and its copy from disk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conferences.exporting import export
from conferences.models import Edition
from tests.factories.conference_site import make_paper, make_site, paths_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
BUDGET = 150_000


@pytest.fixture
def edition(settings: Any, tmp_path: Path) -> Edition:
    settings.MEDIA_ROOT = tmp_path / "media"
    edition = make_site(times=3)
    make_paper(edition)
    return edition


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_every_kind_of_page(
    site: str, edition: Edition, new_context: Callable[..., BrowserContext], accessible: Any, language: str
) -> None:
    page = new_context().new_page()
    pages = [path for path in paths_of(edition)[:12] if path.endswith("/")]
    assert len(pages) == 10
    for path in ["/konferensi/", *pages]:
        accessible(page, language + path)


def test_the_first_view_is_light_and_nothing_comes_from_elsewhere(site: str, edition: Edition, page: Page) -> None:
    import brotli

    received: dict[str, int] = {}

    def weigh(request: Any) -> None:
        body = request.response().body()
        is_packed = request.url.endswith(("woff2", "/kecil/")) or "/foto/" in request.url
        received[request.url] = len(body) if is_packed else len(brotli.compress(body, quality=5))

    page.on("requestfinished", weigh)
    page.goto(f"/konferensi/{edition.slug}/", wait_until="networkidle")
    assert sum(received.values()) < BUDGET, received
    assert all(url.startswith(site) for url in received)


def test_a_copy_opens_from_disk(
    edition: Edition, new_context: Callable[..., BrowserContext], axe: Callable[[Page], None], tmp_path: Path
) -> None:
    folder = tmp_path / "salinan"
    export(Edition.objects.prefetch_related("dates").get(pk=edition.pk), folder)
    context = new_context(width=320)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(f"file://{folder}/index.html")
    page.get_by_role("link", name="Bahasa Indonesia", exact=True).click()
    expect(page.locator("h1")).to_have_text(edition.title_id)
    page.get_by_role("link", name="Undangan makalah").first.click()
    expect(page.locator("h1")).to_have_text("Undangan makalah")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("link", name="English", exact=True).click()
    expect(page.locator("h1")).to_have_text("Call for papers")
    assert page.evaluate("document.fonts.ready.then(fonts => fonts.size)") > 0
    assert all(url.startswith(f"file://{folder}/") for url in asked)
