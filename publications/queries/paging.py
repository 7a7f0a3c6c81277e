"""Pages of long lists: the ids of one page from an index, whatever the length, and links that reach every page."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

PAGE_SIZE = 25


def page_number(text: str | None) -> int:
    """The page that an address asks for; what is no page number is no page."""
    if text is None or text == "":
        return 1
    if not (text.isascii() and text.isdigit() and len(text) < 8) or int(text) == 0:
        raise Http404
    return int(text)


@dataclass(frozen=True)
class Paging:
    """Where a reader stands in a list of `total` things."""

    number: int
    total: int
    size: int = PAGE_SIZE

    def __post_init__(self) -> None:
        if self.number > self.pages:
            raise Http404

    @classmethod
    def nearest(cls, number: int, total: int, size: int = PAGE_SIZE) -> "Paging":
        """Behind the end is the last page: a list may have become shorter since somebody kept its address."""
        return cls(min(number, max(1, -(-total // size))), total, size)

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_item(self) -> int:
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last_item(self) -> int:
        return min(self.total, self.number * self.size)

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None

    def links(self) -> Iterator[int | None]:
        """The pages to link to, None for a gap: near ones, both ends, and leaps that keep every page close."""
        near = {self.number + sign * leap for leap in (0, 1, 2, 10, 100) for sign in (1, -1)} | {1, self.pages}
        near |= {self.pages * part // 8 for part in range(1, 8)} if self.pages > 20 else set()
        before = 0
        for page in sorted(page for page in near if 1 <= page <= self.pages):
            if page > before + 1:
                yield None
            yield page
            before = page


def ids_on_page(ordered: "QuerySet[Any, int]", paging: Paging) -> list[int]:
    """One page of an ordered `values_list` of ids; the second half of a list is read from its end."""
    start, end = paging.first_item - 1, paging.last_item
    if not paging.total:
        return []
    if start <= paging.total // 2:
        return list(ordered[start:end])
    return list(ordered.reverse()[paging.total - end : paging.total - start])[::-1]
