"""Searches that are kept: as text that is always the same for the same search, and read again later."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import Organisation, Person
from search.models import MOST_CHARACTERS
from search.query.request import Chosen, SearchRequest
from search.query.vocabulary import Vocabulary


class TooLong(ValueError):
    """The search has more words and values than can be kept."""


def text_of(asked: SearchRequest) -> str:
    """The address of the search without the question mark, its page and its order."""
    text = plain(asked).to_query_string().removeprefix("?")
    if len(text) > MOST_CHARACTERS:
        raise TooLong
    return text


def plain(asked: SearchRequest) -> SearchRequest:
    """Only what is searched for: what a page is about belongs to it, the place in the list does not."""
    return SearchRequest(
        words=asked.words,
        chosen=(*asked.chosen, *(pair for pair in asked.within if pair not in asked.chosen)),
        year_from=asked.year_from,
        year_to=asked.year_to,
    )


def read(text: str, known: Vocabulary) -> SearchRequest | None:
    """None if part of it makes no sense any more: without that part it would find far more than was meant."""
    asked = SearchRequest.from_querydict(QueryDict(text), known)
    return None if asked.notices else plain(asked)


def after_merges(searches: Sequence[SearchRequest]) -> list[SearchRequest]:
    """The same with the present numbers of people and organisations that were merged; two statements at most."""
    present = {
        **_merged("penulis", Person.objects.all(), searches),
        **_merged("lembaga", Organisation.objects.all(), searches),
    }
    if not present:
        return list(searches)
    return [replace(asked, chosen=tuple(present.get(pair, pair) for pair in asked.chosen)) for asked in searches]


def _merged(name: str, things: QuerySet[Any], searches: Sequence[SearchRequest]) -> dict[Chosen, Chosen]:
    numbers = {value for asked in searches for value in asked.values(name)}
    if not numbers:
        return {}
    merged = things.filter(pk__in=numbers).exclude(merged_into=None).values_list("pk", "merged_into")
    return {(name, str(pk)): (name, str(target)) for pk, target in merged}
