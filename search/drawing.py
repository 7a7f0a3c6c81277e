"""Parts of a search page that are drawn without templates: hundreds of small things, at each request."""

import datetime
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from urllib.parse import quote

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from publications.queries.facets import Facet, Option
from publications.queries.rows import Row
from search.query.request import SearchRequest
from search.query.results import Hit, Piece, YearCount

SHOWN = 10  # values of a long facet before "more"
FORM = "cari"  # what the form of a search has as its id; checkboxes stand outside of it
_WIDTH, _HEIGHT = 270, 60


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Text with what was asked for in <mark>."""
    drawn = (f"<mark>{escape(text)}</mark>" if is_hit else escape(text) for text, is_hit in pieces)
    return mark_safe("".join(drawn))  # noqa: S308 - each piece is escaped


# --- hits ------------------------------------------------------------------------------------------------------------


def hits(found: Iterable[Hit], level: int) -> SafeString:
    """The same as templates/publications/parts/rows.html, with what was asked for marked; `level` of the headings."""
    language, today = get_language() or "", timezone.localdate()
    outputs = reverse("publications:output", args=["-"])[:-2]
    drawn = "".join(_hit(hit, level, f"{outputs}{hit.row.output.public_id}/", language, today) for hit in found)
    return mark_safe(f'<ul class="hits">{drawn}</ul>')  # noqa: S308 - every text in it is escaped


def _hit(hit: Hit, level: int, url: str, language: str, today: datetime.date) -> str:
    row, version, output = hit.row, hit.row.version, hit.row.output
    about = escape(" · ".join(filter(None, [str(output.type), str(output.year), version.container_title])))
    sample = f' <span class="sample">{escape(_("sample data"))}</span>' if output.is_sample else ""
    people = f'<p class="hit-people">{escape(_people(row))}</p>' if row.names else ""
    access = "" if version.files_open_on(today) else _plain(version.get_access_display())
    return (
        f'<li><article class="hit"><p class="hit-meta">{about}{sample}</p>'
        f'<h{level} class="hit-title">'
        f'<a href="{url}" lang="{version.title_language}">{marked(hit.title)}</a></h{level}>'
        f"{people}{_snippet(hit, url)}"
        f'<ul class="chips">{_chips(row, language)}{access}</ul></article></li>'
    )


def _snippet(hit: Hit, url: str) -> str:
    if not hit.snippet and not hit.page:
        return ""
    page = ""
    if hit.page:
        label = escape(_("open p. %(number)d") % {"number": hit.page.number})
        page = (
            f' <a class="hit-page" href="{url}{quote(hit.page.file_name)}#page={hit.page.number}">{label}'
            f'<span class="visually-hidden">: {escape(hit.row.version.title)}</span></a>'
        )
    return f'<p class="hit-snippet"><span lang="{hit.snippet_language}">{marked(hit.snippet)}</span>{page}</p>'


def _people(row: Row) -> str:
    names = ", ".join(row.names)
    if not row.more_names:
        return names
    others = ngettext("and %(n)d other", "and %(n)d others", row.more_names) % {"n": row.more_names}
    return f"{names} {others}"


def _chips(row: Row, language: str) -> str:
    topics = "".join(
        f'<li><a class="chip" href="{_topic(term.slug, language)}">{escape(term.label)}</a></li>' for term in row.pmks
    )
    return topics + "".join(_plain(term.label) for term in row.provinces)


def _plain(label: str) -> str:
    return f'<li><span class="chip plain">{escape(label)}</span></li>'


@lru_cache(1_000)
def _topic(slug: str, _language: str) -> str:
    return escape(reverse("topics:topic", args=[slug]))


# --- facets ----------------------------------------------------------------------------------------------------------


def options(facet: Facet) -> SafeString:
    """Checkboxes; of a long facet the chosen ones and those with most hits first, the rest behind "more"."""
    separator = str(get_format("THOUSAND_SEPARATOR"))
    if facet.name == "tahun":  # in their own order, beside the histogram
        return mark_safe(_list(facet.name, facet.options, separator))  # noqa: S308 - as below
    ordered = _ordered(facet)
    few = ordered[: max(SHOWN, len(facet.chosen))] if len(ordered) > SHOWN + 2 else ordered
    rest = ordered[len(few) :]
    drawn = _list(facet.name, few, separator)
    if rest:
        more = escape(_("%(number)d more") % {"number": len(rest)})
        drawn += (
            f'<details class="more" data-facet="{facet.name}-more"><summary>{more}</summary>'
            f"{_list(facet.name, rest, separator)}</details>"
        )
    return mark_safe(drawn)  # noqa: S308 - labels and values are escaped


def _ordered(facet: Facet) -> Sequence[Option]:
    """What is chosen moves to the top only where it would be out of sight."""
    is_long = len(facet.options) > SHOWN + 2
    return sorted(facet.options, key=lambda option: (is_long and not option.is_chosen, -(option.count or 0)))


def _list(name: str, shown: Iterable[Option], separator: str) -> str:
    return f"<ul>{''.join(_option(name, option, separator) for option in shown)}</ul>"


def _option(name: str, option: Option, separator: str) -> str:
    value = escape(option.value)
    checked = " checked" if option.is_chosen else ""
    count = "" if option.count is None else f'<span class="count">{f"{option.count:,}".replace(",", separator)}</span>'
    return (
        f'<li><label><input type="checkbox" form="{FORM}" name="{name}" value="{value}" id="{name}-{value}"{checked}>'
        f"<span>{escape(option.label)}</span>{count}</label></li>"
    )


def histogram(years: Sequence[YearCount], asked: SearchRequest) -> SafeString:
    """A bar a year, each a link for who uses a mouse; the checkboxes say and do the same for everybody else."""
    if not years:
        return SafeString("")
    step = _WIDTH / len(years)
    width = max(min(step * 0.72, 24), 0.8)
    address = _address(asked)
    bars = "".join(_bar(year, index * step, step, width, address) for index, year in enumerate(years) if year.count)
    last = f'<text x="{_WIDTH}" y="76" text-anchor="end">{years[-1].year}</text>' if len(years) > 1 else ""
    return mark_safe(  # noqa: S308 - numbers, and addresses that are escaped
        f'<svg class="bars" viewBox="0 0 {_WIDTH} 78" aria-hidden="true">{bars}'
        f'<text x="0" y="76">{years[0].year}</text>{last}</svg>'
    )


def _bar(year: YearCount, x: float, step: float, width: float, address: tuple[str, str]) -> str:
    height = max(1.0, _HEIGHT * year.share / 100) if year.count else 0.0
    before, after = address
    chosen = ' class="chosen"' if year.is_chosen else ""
    return (
        f'<a href="{before}{year.year}{after}" tabindex="-1" rel="nofollow"><title>{year.year}: {year.count}</title>'
        f'<rect class="reach" x="{x:.1f}" y="0" width="{step:.1f}" height="{_HEIGHT}"/>'
        f'<rect{chosen} x="{x:.1f}" y="{_HEIGHT - height:.1f}" width="{width:.1f}" height="{height:.1f}" rx="1.5"/></a>'
    )


def _address(asked: SearchRequest) -> tuple[str, str]:
    """What stands before and after the year in the address that chooses it alone."""
    without = asked.without("tahun").without("dari").without("sampai")
    before, name, after = without.with_(chosen=("tahun", "0000")).to_query_string().partition("tahun=0000")
    return escape(before + name.removesuffix("0000")), escape(after)
