"""How many hits each value of each facet would give: its own selection does not narrow a facet's counts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

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
    open_facets = [name for name in COUNTED if name not in filters]
    everything = reader.outputs.aggregate(
        narrowed(built.match, list(filters.values())),
        schema.aggregations({_ONE_VALUE, *(PARAMETERS[name].field for name in open_facets)}),
    )
    values = {name: schema.counts(PARAMETERS[name].field, everything) for name in open_facets}
    for name in COUNTED:
        if name in filters:
            field = PARAMETERS[name].field
            others = [query for other, query in filters.items() if other != name]
            answer = reader.outputs.aggregate(narrowed(built.match, others), schema.aggregations([field]))
            values[name] = schema.counts(field, answer)
    return Counts(schema.counts(_ONE_VALUE, everything).total(), values)


def count_all(reader: Reader, built: Built, filters: Filters) -> int:
    query = narrowed(built.match, list(filters.values()))
    return schema.counts(_ONE_VALUE, reader.outputs.aggregate(query, schema.aggregations([_ONE_VALUE]))).total()
