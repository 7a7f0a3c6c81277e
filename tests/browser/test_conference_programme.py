"""The public programme in a real browser: axe on every page kind, narrow and wide; an agenda by keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from conferences.models import Agenda, Edition
from tests.factories.accounts import make_user
from tests.factories.programme_public import make_material, make_programme, publish_schedule

from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


@pytest.fixture
def edition(settings: Any, tmp_path: Path) -> Edition:
    settings.MEDIA_ROOT = tmp_path / "media"
    edition = make_programme()
    make_material(edition.sessions.get(kind="posters").items.get().submission)
    publish_schedule(edition)
    return edition


def test_every_kind_of_page(
    site: str, edition: Edition, new_context: Callable[..., BrowserContext], accessible: Any
) -> None:
    session = edition.sessions.get(kind="posters")
    here = f"/konferensi/{edition.slug}/jadwal/"
    page = new_context().new_page()
    for path in (here, f"{here}cetak/", f"{here}sesi/{session.pk}/", f"{here}{session.items.get().key}/"):
        accessible(page, path)


def test_an_agenda_by_keyboard_without_script(
    site: str, edition: Edition, new_context: Callable[..., BrowserContext], axe: Any
) -> None:
    user = make_user()
    context = new_context(width=320)
    sign_in(context, site, user)
    page = context.new_page()
    page.goto(f"/konferensi/{edition.slug}/jadwal/")
    button = page.get_by_role("button", name=re.compile(r"Tandai\s*: Pembukaan"))
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile(r"Ada di agenda saya\s*: Pembukaan"))).to_be_visible()
    page.get_by_role("link", name="Agenda saya").click()
    expect(page.get_by_role("heading", name="Pembukaan")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert len(Agenda.objects.get(user=user).keys) == 1
