"""Everything that fits, from the index and the vocabulary, and of that the most useful."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from publications.models import Output
from search.index.reading import Reader
from search.suggesting import showing, topics
from search.suggesting.names import Bearer, bearers
from search.suggesting.showing import Group, Suggestion
from search.suggesting.titles import title_ids
from search.suggesting.typed import Typed

MOST = 8
# How many of each are shown if there are enough of all; what one kind leaves over goes to the others in this order.
_SHARES = {"title": 3, "topic": 2, "person": 2, "organisation": 1}
_SHOWN_ORDER = ("topic", "title", "person", "organisation")
_MOST_OF_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Title:
    """A public output as it is at this moment."""

    public_id: str
    year: int | None
    title_id: str
    title_en: str


def suggestions(reader: Reader, text: str, generation: int | None) -> list[Group]:
    """At most `MOST` in groups; at most four SQL statements, none of them for each suggestion."""
    typed = Typed.read(text)
    if not typed.words:
        return []
    searcher, schema = reader.outputs, reader.outputs_schema
    kinds = topics.fitting(typed, generation, lambda code: searcher.doc_freq("pmks", code))
    found = title_ids(searcher, schema, typed, MOST)
    people = bearers(searcher, schema, "person", typed, _MOST_OF_OTHERS)
    organisations = bearers(searcher, schema, "organisation", typed, _MOST_OF_OTHERS)
    public = _public({*found, *(pk for bearer in (*people, *organisations) for pk in bearer.outputs)})
    offered: dict[str, Sequence[Suggestion]] = {
        "topic": showing.of_topics(kinds[:_MOST_OF_OTHERS], searcher, schema),
        "title": showing.of_titles([public[pk] for pk in found if pk in public], typed),
        "person": showing.of_people(_seen(people, public)),
        "organisation": showing.of_organisations(_seen(organisations, public)),
    }
    shares = _shares({kind: len(offered[kind]) for kind in offered})
    return [Group(kind, tuple(offered[kind][: shares[kind]])) for kind in _SHOWN_ORDER if shares[kind]]


def _public(ids: Iterable[int]) -> dict[int, Title]:
    columns = ("pk", "public_id", "year", "current__title_id", "current__title_en")
    rows: Any = Output.objects.public().filter(pk__in=list(ids)).values_list(*columns)
    return {pk: Title(*values) for pk, *values in rows}


def _seen(found: Iterable[Bearer], public: dict[int, Title]) -> list[Bearer]:
    """The index may be behind by a second or two."""
    return [bearer for bearer in found if any(pk in public for pk in bearer.outputs)]


def _shares(offered: dict[str, int]) -> dict[str, int]:
    shares = {kind: min(share, offered[kind]) for kind, share in _SHARES.items()}
    for kind in _SHARES:
        shares[kind] += min(MOST - sum(shares.values()), offered[kind] - shares[kind])
    return shares
