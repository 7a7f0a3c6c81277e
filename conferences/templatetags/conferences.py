"""What the pages of a conference's site need: dates in words, Markdown, and links that also work in its static copy."""

from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from conferences import markdown, wording
from conferences.models import Edition, Photo, Wanted
from conferences.queries.site import DateRow, date_rows

register = template.Library()


@register.simple_tag(takes_context=True)
def site_url(context: Context, name: str, *args: Any) -> str:
    """A page or file of this edition's site: `site_url "news_item" item.slug`; in a static copy a file beside it."""
    if copy := context.get("static_copy"):
        return str(copy.to(name, *args))
    view = f"conferences:edition_{name}" if name else "conferences:edition"
    return reverse(view, args=[context["edition"].slug, *args])


@register.simple_tag(takes_context=True)
def away_url(context: Context, name: str, *args: Any) -> str:
    """A page of another part; nothing where there is none. A static copy names it with the site's own address."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    copy = context.get("static_copy")
    return copy.away(path) if copy else path


@register.simple_tag(takes_context=True)
def photo_url(context: Context, photo: Photo, small: bool = False) -> str:
    return site_url(context, "photo_small" if small and photo.blob.thumbnail else "photo", photo.pk)


@register.simple_tag(takes_context=True)
def prose(context: Context, text: str) -> SafeString:
    """Markdown as the committee wrote it."""
    copy = context.get("static_copy")
    return markdown.render(text, copy.resolve) if copy else markdown.render(text)


@register.simple_tag
def edition_days(edition: Edition) -> str:
    return wording.days(edition.starts_on, edition.ends_on)


@register.simple_tag
def edition_place(edition: Edition) -> str:
    return wording.place(edition)


@register.simple_tag
def edition_moment(at: Any, edition: Edition) -> str:
    return wording.moment(at, edition) if at else ""


@register.filter
def wants_abstract(wants: str) -> bool:
    return wants in (Wanted.ABSTRACT, Wanted.BOTH)


@register.filter
def reason_text(reason: Any) -> str:
    """Why something became a theme, as it was told that day; what was kept first is told in one language."""
    if not isinstance(reason, dict):
        return str(reason)
    here, other = ("text_en", "text_id") if get_language() == "en" else ("text_id", "text_en")
    return str(reason.get(here) or reason.get(other) or reason.get("text", ""))


@register.simple_tag
def next_deadline(edition: Edition) -> DateRow | None:
    """The first date that is still to come."""
    return next((row for row in date_rows(edition) if row.is_next), None)
