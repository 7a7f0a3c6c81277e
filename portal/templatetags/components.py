"""The components of the interface, one tag each; shown at /gaya/, described in docs/developers/components.md."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.component import Extras, block_component, component, require_choice
from portal.icons import ICONS
from portal.tables import Table
from publications.queries.paging import Paging
from publications.queries.rows import Row

register = template.Library()

NOTICE_ICONS = {"info": "info", "success": "done", "warn": "warn", "danger": "danger"}
MESSAGE_KINDS = {"success": "success", "warning": "warn", "error": "danger"}
TILE = 26
CHART_KINDS = ("bar", "column", "line", "stacked", "stacked_bar")
CHECK_ICONS = {"ok": "done", "todo": "circle", "warn": "warn"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A line drawing; without `label` it is decoration and hidden from screen readers."""
    require_choice("icon", "name", name, tuple(ICONS))
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon icon-{}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2"'
        ' stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        name,
        named,
        mark_safe(ICONS[name]),  # noqa: S308 our own drawings
    )


@component(register)
def chip(label: str, url: str = "", kind: str = "", count: int | None = None, lang: str = "") -> Extras:
    require_choice("chip", "kind", kind, ("", "plain", "act", "danger"))
    return None


@component(register)
def status(label: str, kind: str = "") -> Extras:
    require_choice("status", "kind", kind, ("", "ok", "wait", "act", "danger"))
    return None


@component(register)
def breadcrumbs(*trail: str) -> Extras:
    """Label and address in turn; a last label without address is the page itself."""
    pairs = list(trail)
    if len(pairs) % 2:
        pairs.append("")
    return {"items": [{"label": label, "url": url} for label, url in zip(pairs[::2], pairs[1::2], strict=True)]}


@component(register)
def page_head(title: str, lede: str = "", kicker: str = "") -> Extras:
    return None


@component(register)
def stat(label: str, value: Any, note: str = "") -> Extras:
    return None


@component(register)
def steps(labels: Sequence[Any], current: int) -> Extras:
    items = [item if isinstance(item, dict) else {"label": item, "url": ""} for item in labels]
    return {"items": [{**item, "is_done": number < current} for number, item in enumerate(items, 1)]}


@component(register)
def checklist(items: Iterable[dict[str, Any]], label: str = "") -> Extras:
    rows = list(items)
    for row in rows:
        require_choice("checklist", "state", row["state"], tuple(CHECK_ICONS))
    return {"items": [{**row, "icon": CHECK_ICONS[row["state"]]} for row in rows]}


@component(register)
def progress(label: str, value: float | None = None, maximum: float = 100, note: str = "", id: str = "") -> Extras:
    return None


@component(register)
def drop_zone(name: str, label: str, help: str = "", accept: str = "", id: str = "", multiple: bool = False) -> Extras:
    return {"id": id or f"id_{name}"}


@component(register)
def thread(comments: Iterable[Any], empty: str = "") -> Extras:
    return None


@component(register)
def meta_list(items: Iterable[tuple[str, Any]]) -> Extras:
    return {"items": [(term, value) for term, value in items if value not in (None, "")]}


@component(register)
def search_box(
    url: str,
    label: str,
    value: str = "",
    placeholder: str = "",
    name: str = "q",
    id: str = "q",
    suggest: bool = False,
    form: str = "",
    target: str = "",
) -> Extras:
    return {"suggest_url": reverse("search:suggest") if suggest else ""}


@component(register)
def hit(row: Row, thumbnail: str = "", snippet: str = "", level: int = 3, provinces: bool = False) -> Extras:
    """An output in a list, as `publications.queries.rows` reads it."""
    return {"output": row.output, "version": row.version}


@component(register)
def tile_map(tiles: Iterable[Any], label: str, url: str, counted: str = "") -> Extras:
    """The provinces as tiles, `url` with `?provinsi=` behind each; the same as a table beside it.

    `counted` says of what, if not of publications.
    """
    shown = [
        {
            "tile": tile,
            "short": tile.term.code.removeprefix("ID-"),
            "x": tile.term.tile_column * TILE,
            "y": tile.term.tile_row * TILE,
        }
        for tile in tiles
    ]
    width = max((tile["x"] for tile in shown), default=0) + TILE
    height = max((tile["y"] for tile in shown), default=0) + TILE
    address = f"{url}{'&' if '?' in url else '?'}provinsi="
    return {
        "shown": shown,
        "address": address,
        "width": width,
        "height": height,
        "side": TILE - 2,
        "middle": TILE // 2 - 1,
    }


@component(register)
def chart(
    title: str,
    table: Table,
    kind: str = "bar",
    csv: str = "",
    unit: str = "",
    note: str = "",
    most: int | None = None,
    apart: bool = False,
) -> Extras:
    """Numbers as a chart, with their table and file beside it. Without script the table alone."""
    require_choice("chart", "kind", kind, CHART_KINDS)
    return {"description": chart_description(title, table)}


def chart_description(title: str, table: Table) -> str:
    """What a screen reader says instead of the picture: the title and the largest number of each drawn column."""
    said = [title]
    for place, column in enumerate(table.columns):
        known = [line for line in table.lines if line.cells[place].value]
        if column.is_drawn and known:
            top = max(known, key=lambda line: line.cells[place].value or 0)
            said.append(
                _("%(column)s: most in %(name)s, %(value)s")
                % {"column": column.label, "name": top.label, "value": top.cells[place].text}
            )
    return ". ".join([*said, _("All numbers are in the table below.")])


@component(register)
def reader(url: str, title: str, pages: int | None = None, size: str = "", opened: bool = False) -> Extras:
    """A PDF in the page; needs js/reader.js as a module."""
    return None


@component(register)
def field(bound: BoundField, suggestion: dict[str, Any] | None = None, lang: str = "", optional: bool = True) -> Extras:
    """A form field with label, help and errors. `suggestion`: {"page", "source"} of what the file suggested."""
    widget = bound.field.widget
    attrs: dict[str, Any] = {"lang": lang} if lang else {}
    input_type = getattr(widget, "input_type", "")
    return {
        "widget": _with_words_for_none(bound.as_widget(attrs=attrs)),
        "is_check": input_type == "checkbox" and not bound.use_fieldset,
        "show_optional": optional and not bound.field.required and input_type != "checkbox",
    }


def _with_words_for_none(widget: SafeString) -> SafeString:
    """Django offers dashes where nothing is chosen yet."""
    dashes = f">{BLANK_CHOICE_DASH[0][1]}</option>"
    return mark_safe(widget.replace(dashes, f">{escape(_('Choose…'))}</option>"))  # noqa: S308 - Django's own, one word escaped


@component(register)
def form_fields(form: BaseForm, optional: bool = True) -> Extras:
    """All fields of a form, its hidden ones included."""
    return None


@component(register)
def error_summary(form: BaseForm, title: str = "") -> Extras:
    """On top of a form: what is wrong, each error a link to its field. Nothing when the form is fine."""
    return {"fields": [bound for bound in form if bound.errors]}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Page[Any] | Paging, label: str = "", parameter: str = "halaman"
) -> Extras:
    """Links to the pages of a list, keeping the rest of the address."""
    request: HttpRequest = context["request"]
    paging = page if isinstance(page, Paging) else Paging(page.number, page.paginator.count, page.paginator.per_page)
    query = [(key, value) for key, values in request.GET.lists() if key != parameter for value in values]

    def address(number: int | None) -> str:
        if number is None:
            return ""
        pairs = query + ([(parameter, str(number))] if number > 1 else [])
        return f"?{urlencode(pairs)}" if pairs else request.path

    numbers = [{"number": number, "url": address(number)} for number in paging.links()]
    links = {"previous": address(paging.previous), "next": address(paging.next)}
    return {"paging": paging, "label": label, "numbers": numbers, **links}


@block_component(register)
def notice(content: SafeString, kind: str = "info", title: str = "", live: bool = False) -> Extras:
    require_choice("notice", "kind", kind, tuple(NOTICE_ICONS))
    return {"icon": NOTICE_ICONS[kind]}


@block_component(register)
def empty(content: SafeString, title: str, icon: str = "search", url: str = "", action: str = "") -> Extras:
    return None


@block_component(register)
def scroll(content: SafeString, label: str) -> Extras:
    return None


@block_component(register)
def fold(content: SafeString, title: str, open: bool = False, group: str = "") -> Extras:
    return None


@block_component(register)
def dialog(content: SafeString, id: str, title: str) -> Extras:
    return None


@register.filter
def message_kind(message: Any) -> str:
    """The kind of notice for a message of Django's."""
    return MESSAGE_KINDS.get(message.level_tag, "info")


@register.filter
def thousands(value: int) -> str:
    """A count with the separators of the page's language."""
    from django.utils.formats import number_format

    return number_format(value, force_grouping=True)
