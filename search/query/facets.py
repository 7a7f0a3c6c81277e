"""How many hits each value of each facet would give: its own selection does not narrow a facet's counts."""

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from tantivy import Query

from search.index import schema
from search.index.reading import Reader
from search.query.building import Built
from search.query.making import Maker
from search.query.parameters import PARAMETERS
from search.query.ranking import narrowed
from search.query.request import Chosen, SearchRequest
from search.query.vocabulary import Vocabulary

YEAR = "tahun"
COUNTED = tuple(name for name, parameter in PARAMETERS.items() if parameter.is_counted)
_ONE_VALUE = "access"  # every output has exactly one, so their sum is the total

MANY = 200_000
_pool = ThreadPoolExecutor(8, "aggregate")

Filters = dict[str, Query]


@dataclass(frozen=True, slots=True)
class Counts:
    """Codes, years and ids as strings, by parameter."""

    total: int
    values: dict[str, Counter[str]]


def filters_of(asked: SearchRequest, reader: Reader, known: Vocabulary) -> Filters:
    """What narrows the hits, by parameter; under "" what the page itself is about."""
    make = Maker(reader.outputs_schema)
    found: Filters = {}
    for name in dict.fromkeys(name for name, _value in asked.chosen):
        found[name] = _one_of(make, name, asked.values(name), known)
    if asked.year_from or asked.year_to:
        years = Query.const_score_query(make.years(asked.year_from, asked.year_to), 0.0)
        found[YEAR] = narrowed(found.get(YEAR), [years])
    if asked.within:
        found[""] = narrowed(None, _within(make, asked.within, known))
    return found


def _within(make: Maker, within: Iterable[Chosen], known: Vocabulary) -> list[Query]:
    return [_one_of(make, name, [value], known) for name, value in within]


def _one_of(make: Maker, name: str, values: Iterable[str], known: Vocabulary) -> Query:
    parameter = PARAMETERS[name]
    if parameter.table:
        terms = known.by_slug[name]
        return make.one_of(parameter.field, [terms[value].code for value in values if value in terms])
    return make.one_of(parameter.field, [int(value) if parameter.is_number else value for value in values])


def count_facets(reader: Reader, built: Built, filters: Filters) -> Counts:
    """One pass for all facets without a selection, one more for each that has one."""
    chosen = [name for name in COUNTED if name in filters]
    fields = {name: schema.counted([PARAMETERS[name].field]) for name in COUNTED}
    everything = schema.counted([_ONE_VALUE, *(PARAMETERS[name].field for name in COUNTED if name not in filters)])
    passes = [(list(filters.values()), part) for part in _parts(reader, everything)]
    passes += [([query for other, query in filters.items() if other != name], fields[name]) for name in chosen]
    answers = _aggregated(reader, [(narrowed(built.match, queries), asked) for queries, asked in passes])
    whole = {field: found for answer in answers[: len(passes) - len(chosen)] for field, found in answer.items()}
    own = dict(zip(chosen, answers[len(passes) - len(chosen) :], strict=True))
    values = {name: schema.counts(PARAMETERS[name].field, own.get(name, whole)) for name in COUNTED}
    return Counts(schema.counts(_ONE_VALUE, whole).total(), values)


def _parts(reader: Reader, fields: list[str]) -> list[list[str]]:
    """Of many outputs each half is counted on a processor of its own."""
    return [fields[::2], fields[1::2]] if reader.outputs.num_docs > MANY and len(fields) > 1 else [fields]


def _aggregated(reader: Reader, passes: Sequence[tuple[Query, list[str]]]) -> list[dict[str, Any]]:
    def answer(asked: tuple[Query, list[str]]) -> dict[str, Any]:
        query, fields = asked
        return reader.outputs.aggregate(query, schema.aggregations(fields))

    return list(_pool.map(answer, passes)) if len(passes) > 1 else [answer(passes[0])]


def count_all(reader: Reader, built: Built, filters: Filters) -> int:
    query = narrowed(built.match, list(filters.values()))
    (answer,) = _aggregated(reader, [(query, schema.counted([_ONE_VALUE]))])
    return schema.counts(_ONE_VALUE, answer).total()
