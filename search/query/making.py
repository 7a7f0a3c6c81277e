"""Single queries of one index, and how they go together."""

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema


def any_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def all_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


class Maker:
    """Queries of one index."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def word(self, name: str, word: str | int, boost: float = 1.0) -> Query:
        return _boosted(Query.term_query(self._schema, name, word, "freq"), boost)

    def phrase(self, name: str, words: Sequence[str], boost: float = 1.0, slop: int = 0) -> Query:
        if not words:
            return Query.empty_query()
        if len(words) == 1:
            return self.word(name, words[0], boost)
        return _boosted(Query.phrase_query(self._schema, name, list(words), slop), boost)

    def close(self, name: str, word: str, distance: int, boost: float = 1.0) -> Query:
        return _boosted(Query.fuzzy_term_query(self._schema, name, word, distance), boost)

    def years(self, first: int | None, last: int | None) -> Query:
        return Query.range_query(self._schema, "year", FieldType.Integer, first, last)

    def one_of(self, name: str, values: Sequence[str | int]) -> Query:
        """A filter: it adds nothing to what a hit is worth."""
        return Query.const_score_query(Query.term_set_query(self._schema, name, list(values)), 0.0)


def _boosted(query: Query, boost: float) -> Query:
    return query if boost == 1.0 else Query.boost_query(query, boost)
