"""Ids and numbers of what a query finds."""

from typing import Any

from tantivy import Query, Searcher


def ids_of(searcher: Searcher, query: Query, limit: int, order_by: str | None = None) -> list[int]:
    return _ids(searcher, searcher.search(query, limit, count=False, order_by_field=order_by))


def counted(searcher: Searcher, query: Query, limit: int) -> tuple[int, list[int]]:
    """How many there are, and the ids of some."""
    result: Any = searcher.search(query, limit)
    return result.count, _ids(searcher, result)


def _ids(searcher: Searcher, result: Any) -> list[int]:
    addresses = [address for _order, address in result.hits]
    values: list[Any] = searcher.fast_field_values("id", addresses) if addresses else []
    return values
