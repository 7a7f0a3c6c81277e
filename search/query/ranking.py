"""Which documents stand where: the best few hundred weighed in every field, those behind them as they come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tantivy import DocAddress, Occur, Order, Query

from search.index.reading import Reader
from search.query.building import Built
from search.query.making import Maker, any_of
from search.query.request import NEWEST, OLDEST, RELEVANCE, TITLE

HEAD = 200  # so many of each rough query are weighed
BATCH = 50_000
NEAR = 5_000
_FIELDS = {TITLE: "title_sort", NEWEST: "newest", OLDEST: "newest"}
_UPWARDS = (OLDEST, TITLE)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that is needed to say what stands at any place, from one commit of the index."""

    reader: Reader
    built: Built
    filters: tuple[Query, ...]
    order: str

    def everything(self) -> Query:
        return narrowed(self.built.match, self.filters)

    def ids(self, start: int, end: int, total: int) -> list[int]:
        """The ids at these places of `total`."""
        end = min(end, total)
        if start >= end:
            return []
        if self.order != RELEVANCE or not self.built.worth:  # without words all are worth the same
            return self._sorted(start, end, total)
        head = self.best()
        found = head[start:end]
        if end > len(head):
            found += self._behind(head, max(0, start - len(head)), end - len(head))
        return found

    def all_ids(self, total: int) -> Iterator[list[int]]:
        for start in range(0, total, BATCH):
            yield self.ids(start, start + BATCH, total)

    def _sorted(self, start: int, end: int, total: int) -> list[int]:
        """The second half of a long list is read from its end."""
        field = _FIELDS.get(self.order, "most_read" if self.order != RELEVANCE else "newest")
        upwards = self.order in _UPWARDS
        if start <= total // 2:
            return self._search(self.everything(), start, end, field, upwards)
        return self._search(self.everything(), total - end, total - start, field, not upwards)[::-1]

    def best(self) -> list[int]:
        """The best of each rough query, by what they are worth, the newest first of equals."""
        found: dict[int, None] = {}
        for query in self.built.rough:
            found |= dict.fromkeys(self._search(narrowed(query, self.filters), 0, HEAD))
        if len(found) < HEAD:
            found |= dict.fromkeys(self._search(self.everything(), 0, HEAD))
        if len(found) < 2:
            return list(found)
        hits = self.reader.outputs.search(self._weighed(list(found)), len(found), count=False).hits
        addresses = [address for _score, address in hits]
        newest, ids = self._values("newest", addresses), self._values("id", addresses)
        ranked = sorted(zip(hits, newest, ids, strict=True), key=lambda row: (-_roughly(row[0][0]), -row[1]))
        return [pk for _hit, _newest, pk in ranked]

    def _weighed(self, ids: Sequence[int]) -> Query:
        """These documents with all they are worth. Nested, so that each part looks only at them: a union of many
        optional parts would go through every document that has any of the words.
        """
        make = Maker(self.reader.outputs_schema)
        worth = Query.all_query()
        for query in self.built.worth:
            worth = Query.boolean_query([(Occur.Must, worth), (Occur.Should, query)])
        # Not a set of terms: that looks through all ids there are.
        chosen = Query.const_score_query(any_of([make.word("id", pk) for pk in ids]), 0.0)
        return Query.boolean_query([(Occur.Must, chosen), (Occur.Must, worth)])

    def _behind(self, head: Sequence[int], start: int, end: int) -> list[int]:
        if end <= NEAR:  # telling the index what to leave out costs more than leaving it out here
            known = set(head)
            found = self._search(self.everything(), 0, end + len(head))
            return [pk for pk in found if pk not in known][start:end]
        make = Maker(self.reader.outputs_schema)
        rest = Query.boolean_query([(Occur.Must, self.everything()), (Occur.MustNot, make.one_of("id", head))])
        return self._search(rest, start, end)

    def _search(self, query: Query, start: int, end: int, field: str | None = None, upwards: bool = False) -> list[int]:
        order = Order.Asc if upwards else Order.Desc
        found = self.reader.outputs.search(
            query, end - start, count=False, offset=start, order_by_field=field, order=order
        )
        return self._values("id", [address for _score, address in found.hits])

    def _values(self, field: str, addresses: list[DocAddress]) -> list[int]:
        return [int(value or 0) for value in self.reader.outputs.fast_field_values(field, addresses)]


def _roughly(worth: float) -> float:
    """Equal for what differs by less than a hundredth: texts that say the same at a little greater length."""
    return float(f"{worth:.3g}")


def narrowed(match: Query | None, filters: Sequence[Query]) -> Query:
    if match is None and not filters:
        return Query.all_query()
    queries = [match, *filters] if match is not None else list(filters)
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
