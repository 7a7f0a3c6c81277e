"""What a digest says."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from publications.models import Output
from publications.queries.generation import content_generation
from publications.queries.rows import Row, output_rows
from search import saved
from search.describing import descriptions
from search.models import Digest, Told
from search.query.request import NEWEST, SearchRequest
from search.query.vocabulary import vocabulary
from search.unsubscribing import token_for

MOST_SHOWN = 20  # of each alert


@dataclass(frozen=True, slots=True)
class Section:
    """One alert. `more` is how many are not shown, `repeated` how many stand in a section above."""

    label: str
    url: str
    stop_url: str
    number: int
    rows: list[Row]
    more: int
    repeated: int


def contents_of(digest: Digest) -> list[Section]:
    """In the language that is active; only what is public. The number of statements is the same for all."""
    told = list(
        Told.objects.filter(digest=digest, output__in=Output.objects.public())
        .order_by("alert", "-output__first_published_at", "-output")
        .values_list("alert", "alert__query", "output")
    )
    by_alert: dict[tuple[int, str], list[int]] = {}
    for alert, query, output in told:
        by_alert.setdefault((alert, query), []).append(output)
    known = vocabulary(content_generation())
    searches = [saved.read(query, known) for _alert, query in by_alert]
    fresh = _without_repeats(list(by_alert.values()))
    rows = {row.output.pk: row for row in output_rows([pk for ids in fresh for pk in ids[:MOST_SHOWN]])}
    return [
        Section(
            label=label,
            url=_address(asked),
            stop_url=settings.SITE_URL + reverse("following:stop", args=[token_for(digest.user_id, alert)]),
            number=len(ids),
            rows=[rows[pk] for pk in ids[:MOST_SHOWN] if pk in rows],
            more=max(0, len(ids) - MOST_SHOWN),
            repeated=len(by_alert[alert, query]) - len(ids),
        )
        for (alert, query), asked, label, ids in zip(
            by_alert, searches, descriptions(searches, known), fresh, strict=True
        )
    ]


def _without_repeats(lists: list[list[int]]) -> list[list[int]]:
    seen: set[int] = set()
    fresh = []
    for ids in lists:
        fresh.append([pk for pk in ids if pk not in seen])
        seen.update(ids)
    return fresh


def _address(asked: SearchRequest | None) -> str:
    page: str = settings.SITE_URL + reverse("search:search")
    return page + asked.with_(sort=NEWEST).to_query_string() if asked else page
