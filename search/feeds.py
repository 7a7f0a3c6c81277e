"""Atom feeds (RFC 4287) of what is public: metadata only, whatever may be read of it."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language

from publications.addresses import Addresses
from publications.models import Output
from publications.queries.rows import Row, output_rows
from search.query.among import among, count_strictly, ids_strictly
from search.query.request import SearchRequest

MOST_ENTRIES = 50
FEW = 5_000  # so many hits are put in order by PostgreSQL; of more, the newest outputs of all are asked which match
AT_ONCE = 2_000
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ARRIVED = ("-first_published_at", "-pk")


@dataclass(frozen=True, slots=True)
class Entry:
    row: Row
    published: datetime.datetime
    updated: datetime.datetime


def newest_found(asked: SearchRequest) -> list[int]:
    """The public outputs of a search that arrived last, last first. Raises `IndexNotReady`."""
    public = Output.objects.public().order_by(*ARRIVED).values_list("pk", flat=True)
    if count_strictly(asked) <= FEW:
        return list(public.filter(pk__in=list(ids_strictly(asked)))[:MOST_ENTRIES])
    found: list[int] = []
    start = 0
    while len(found) < MOST_ENTRIES and (some := list(public[start : start + AT_ONCE])):
        matching = among(asked, some)
        found += [pk for pk in some if pk in matching]
        start += AT_ONCE
    return found[:MOST_ENTRIES]


def newest_of(ids: Iterable[int]) -> list[int]:
    """Those of these that arrived last."""
    public = Output.objects.public().filter(pk__in=list(ids))
    return list(public.order_by(*ARRIVED).values_list("pk", flat=True)[:MOST_ENTRIES])


def entries(ids: Sequence[int]) -> list[Entry]:
    rows = output_rows(ids)
    dates = {
        pk: (first, current)
        for pk, first, current in Output.objects.public()
        .filter(pk__in=ids)
        .values_list("pk", "first_published_at", "current__published_at")
    }
    found = ((row, *dates.get(row.output.pk, (None, None))) for row in rows)
    return [Entry(row, published, updated) for row, published, updated in found if published and updated]


def write(found: Sequence[Entry], base: str, *, title: str, subtitle: str, page: str, own: str) -> str:
    """`page` and `own` are the addresses of what it is the feed of, and of the feed itself."""
    language = get_language() or "id"
    feed = _Feed(
        title=_clean(title),
        link=base + page,
        description=None,
        subtitle=_clean(subtitle),
        language=language,
        feed_url=base + own,
        feed_guid=base + own,
    )
    for entry in found:
        _add(feed, entry, base, language)
    return feed.writeString("utf-8")


def _add(feed: Atom1Feed, entry: Entry, base: str, language: str) -> None:
    row, version = entry.row, entry.row.version
    addresses = Addresses(base, row.output.public_id or "", language)
    abstract = version.abstract_en if row.snippet_language == "en" else version.abstract_id
    feed.add_item(
        title=_clean(version.title),
        link=addresses.page(),
        description=escape(_clean(abstract)),
        author_names=[_clean(name) for name in row.names],
        categories=[_clean(term.label) for term in row.pmks],
        unique_id=addresses.permalink,
        pubdate=entry.published,
        updateddate=entry.updated,
    )


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)


class _Feed(Atom1Feed):
    """With several authors for an entry, each a person of their own."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        for name in item["author_names"]:
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        super().add_item_elements(handler, item)

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.startElement("author", {})  # of entries without one of their own
        handler.addQuickElement("name", "Repositori Kesos")
        handler.endElement("author")

    def latest_post_date(self) -> datetime.datetime:
        """Of an empty feed: always the same, so that it does not seem to change."""
        dates = [item["updateddate"] for item in self.items]
        return max(dates) if dates else datetime.datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
