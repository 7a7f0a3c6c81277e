"""The site's own pages, drawn with links to the files beside them."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from conferences.exporting.links import StaticCopy, page_name
from conferences.queries.programme_public import beside, programme_of
from conferences.queries.site import Site, call_by_track, related_news
from conferences.queries.volume_page import volume_page
from conferences.schedules.choosing import by_day
from conferences.schedules.reading import Programme

LAYOUT = "conferences/export/base.html"


def drawn_pages(site: Site, copy: StaticCopy, language: str) -> Iterator[tuple[str, str]]:
    """File name and text of each page in a language."""
    with translation.override(language):
        for name, template, context in _pages(site):
            shown = {
                "edition": site.edition, "site": site, "layout": LAYOUT, "static_copy": copy, "language": language,
                "other": f"../{'en' if language == 'id' else 'id'}/{name}",
                "files": [("PDF", f"../situs-{language}.pdf"), ("JSON", "../data.json")], **context,
            }  # fmt: skip
            yield name, render_to_string(f"conferences/site/{template}.html", shown)


def _programme(programme: Programme) -> Iterator[tuple[str, str, dict[str, Any]]]:
    around = beside(programme.edition)
    shown = {"at": "programme", "programme": programme}
    yield page_name("programme"), "programme", {**shown, "days": by_day(programme.sessions), "marks": None}
    sessions = {session.id: session for session in programme.sessions}
    for session in programme.sessions:
        yield page_name("programme_session", str(session.id)), "programme_session", {**shown, "session": session}
    for item in programme.items:
        slots = [(one, sessions[one.session_id]) for one in programme.slots_of(item)]
        of_paper = {
            "paper": around.papers.get(item.submission or 0),
            "materials": around.materials.get(item.submission or 0, []),
        }
        yield (
            page_name("programme_item", item.key),
            "programme_item",
            {**shown, "item": item, "slots": slots, **of_paper},
        )


def _pages(site: Site) -> Iterator[tuple[str, str, dict[str, Any]]]:
    yield page_name(""), "home", {"at": "home"}
    if site.call.state:
        yield page_name("call"), "call", {"at": "call", "tracks": call_by_track(site)}
    if site.has_papers:
        yield page_name("papers"), "papers", {"at": "papers"}
    if programme := programme_of(site.edition):
        yield from _programme(programme)
    if proceedings := volume_page(site.edition):
        yield page_name("proceedings"), "proceedings", {"at": "proceedings", "proceedings": proceedings}
    for name in ("dates", "committee", "speakers", "news", "photos"):
        yield page_name(name), name, {"at": name}
    for item in site.news:
        item.edition = site.edition
        related = related_news(item, site.at)
        yield page_name("news_item", item.slug), "news_item", {"at": "news", "item": item, "related": related}
    for page in site.edition.pages.all():
        yield page_name("page", page.slug), "page", {"at": "page", "page": page}
