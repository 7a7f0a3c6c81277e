"""An organiser moves a session by mouse and by keyboard, and a paper into a session; axe on the pages of the desk."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from conferences.models import Edition
from tests.factories.conferences import make_edition
from tests.factories.programme import accepted, at, make_item, make_room, make_session, maker, publish

from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


def desk(edition: Edition, name: str = "desk_schedule", *more: object) -> str:
    return reverse(f"conferences:{name}", args=[edition.slug, *more])


def test_by_mouse_and_by_keyboard(site: str, new_context: Contexts) -> None:
    edition = make_edition()
    hall, small = make_room(edition, "Aula"), make_room(edition, "Melati")
    session = make_session(edition, room=hall, title_id="Lanjut usia")
    other = make_session(edition, "13:00", "14:00", room=hall)
    for title in ("Sambutan", "Tanya jawab"):
        make_item(session, title)
    paper = accepted(edition)
    context = new_context(height=2200)  # nothing scrolls while it is dragged
    sign_in(context, site, maker(edition))
    page = context.new_page()
    page.goto(desk(edition))

    goal = page.locator(f"tr[data-time='11:00'] td[data-room='{small.pk}']")
    card = page.locator(f"#sesi-{session.pk}")
    card.drag_to(goal, source_position={"x": 20, "y": 3}, target_position={"x": 20, "y": 8})
    expect(page.get_by_role("status").filter(has_text="11:00, Melati")).to_be_attached()
    session.refresh_from_db()
    assert (session.room, session.starts_at) == (small, at(edition, "11:00"))

    page.get_by_role("link", name="Lanjut usia", exact=True).focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.get_by_role("status").filter(has_text="11:15, Melati")).to_be_attached()
    page.keyboard.press("Alt+Shift+ArrowUp")  # the focus has stayed
    expect(page.get_by_role("status").filter(has_text="11:10, Melati")).to_be_attached()
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.get_by_role("status").filter(has_text="11:10, Aula")).to_be_attached()
    session.refresh_from_db()
    assert (session.room, session.starts_at) == (hall, at(edition, "11:10"))

    last = page.get_by_role("link", name="“Tanya jawab”")
    last.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(card.locator(".slot-items li").first).to_contain_text("Tanya jawab")
    assert session.items.first().title_id == "Tanya jawab"  # type: ignore[union-attr]
    card.locator(".slot-items li").first.drag_to(page.locator(f"#sesi-{other.pk} h2"))
    expect(page.locator(f"#sesi-{other.pk}")).to_contain_text("Tanya jawab")
    page.locator(f"[data-submission='{paper.pk}']").drag_to(page.locator(f"#sesi-{other.pk} h2"))
    expect(page.locator(f"#sesi-{other.pk}")).to_contain_text(f"#{paper.number}")
    assert {item.submission_id for item in other.items.all()} == {None, paper.pk}


def test_axe_finds_nothing(site: str, new_context: Contexts, accessible: Callable[[Page, str], None]) -> None:
    edition = make_edition()
    session = make_session(edition, room=make_room(edition, capacity=2), expected=9)
    item = make_item(session, accepted(edition))
    publish(edition)
    make_session(edition, room=session.room)
    accepted(edition)
    context = new_context()
    sign_in(context, site, maker(edition))
    page = context.new_page()
    names = ("desk_schedule", "desk_schedule_publish", "desk_schedule_warnings", "desk_schedule_versions", "desk_rooms")
    for path in (
        *(desk(edition, name) for name in names),
        f"/en{desk(edition)}",
        desk(edition, "desk_session", session.pk),
        desk(edition, "desk_session_edit", session.pk),
        desk(edition, "desk_item_move", item.pk),
        desk(edition, "desk_schedule_differences") + "?dari=1",
    ):
        accessible(page, path)
