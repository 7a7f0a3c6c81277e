"""People and organisations by a name in the index; their order is how many outputs bear it."""

import time
from collections import OrderedDict
from dataclasses import dataclass

from tantivy import Query, Schema, Searcher

from search.suggesting.hits import counted
from search.suggesting.typed import Typed

_NAMES = {"person": "person_names", "organisation": "organisation_names"}
_SHORTEST_BEGINNING = 3  # letters; shorter ones must be whole words: Li, UI
_TERMS_EACH = 4  # a name has several terms, and some are of nobody any more
_SCATTERED = 400
_PROOFS = 3

# Thousands of names begin with "univ": that takes long, and the most frequent of them stay the same for long.
_SLOW_SECONDS = 0.002
_KEEP_SECONDS = 3600.0
_MOST_KEPT = 2000
_kept: OrderedDict[tuple[str, str, int], tuple[float, list[str]]] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody with `count` outputs in the index; `outputs` are the ids of some, to see that they are public."""

    pk: int
    count: int
    outputs: tuple[int, ...]


def bearers(searcher: Searcher, schema: Schema, kind: str, typed: Typed, limit: int) -> list[Bearer]:
    """`kind`: person or organisation. Terms alone are no proof: those of withdrawn outputs linger for a while."""
    found: list[Bearer] = []
    for pk in _candidates(searcher, _NAMES[kind], typed, limit):
        count, outputs = counted(searcher, Query.term_query(schema, kind, pk), _PROOFS)
        if count:
            found.append(Bearer(pk, count, tuple(outputs)))
        if len(found) == limit:
            break
    return sorted(found, key=lambda bearer: -bearer.count)


def _candidates(searcher: Searcher, field: str, typed: Typed, limit: int) -> list[int]:
    """First those whose name reads on where the typed words end, then those with the words in another order."""
    asked = " ".join(typed.words)
    beginnings = (asked,) if len(asked) >= _SHORTEST_BEGINNING else (f"{asked} ", f"{asked}\t")
    terms = [term for beginning in beginnings for term in _terms(searcher, field, beginning, _TERMS_EACH * limit)]
    found = dict.fromkeys(map(_pk, terms))
    if typed.whole and len(found) < limit:
        first = max(typed.whole, key=len)
        scattered = _terms(searcher, field, f"{first} ", _SCATTERED)
        found |= dict.fromkeys(_pk(term) for term in scattered if typed.all_in(term.partition("\t")[0].split()))
    return list(found)


def _terms(searcher: Searcher, field: str, beginning: str, limit: int) -> list[str]:
    """The most frequent terms; kept for a while when there were so many that it took long."""
    key = (field, beginning, limit)
    began = time.monotonic()
    kept = _kept.get(key)
    if kept and began < kept[0]:
        return kept[1]
    terms = [term for term, _count in searcher.terms_with_prefix(field, beginning, limit=limit)]
    if time.monotonic() - began > _SLOW_SECONDS and len(terms) == limit:
        _kept[key] = (began + _KEEP_SECONDS, terms)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return terms


def _pk(term: str) -> int:
    return int(term.rpartition("\t")[2])
