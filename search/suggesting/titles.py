"""Titles that have all the words: first those that begin with them, then the others; of either the most read first."""

from tantivy import Occur, Query, Schema, Searcher

from search.suggesting.hits import ids_of
from search.suggesting.typed import Typed

_MOST_READ = "most_read"
# With a word that so few titles have, those that begin with all the words are soon looked through.
_RARE = 5_000
_MOST_BEGINNINGS = 50


def title_ids(searcher: Searcher, schema: Schema, typed: Typed, limit: int) -> list[int]:
    """Ids of outputs."""
    found = dict.fromkeys(_beginning(searcher, schema, typed, limit))
    if len(found) < limit:
        found |= dict.fromkeys(ids_of(searcher, _having_all(schema, typed), limit, _MOST_READ))
    return list(found)[:limit]


def _beginning(searcher: Searcher, schema: Schema, typed: Typed, limit: int) -> list[int]:
    if not 0 < min((searcher.doc_freq("title", word) for word in typed.whole), default=0) <= _RARE:
        return []
    beginning = " ".join(typed.words)
    keys = [key for key, _count in searcher.terms_with_prefix("title_key", beginning, limit=_MOST_BEGINNINGS)]
    return ids_of(searcher, Query.term_set_query(schema, "title_key", keys), limit, _MOST_READ) if keys else []


def _having_all(schema: Schema, typed: Typed) -> Query:
    whole = [Query.term_query(schema, "title", word) for word in typed.whole]
    begun = Query.regex_query(schema, "title", f"{typed.last}.*")  # words are letters and digits alone
    return Query.boolean_query([(Occur.Must, query) for query in (*whole, begun)])
