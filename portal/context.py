"""What every page's frame needs to know: cheap, without a query, and nothing of the reader."""

from functools import cache, cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest

from taxonomy import umbrella
from taxonomy.umbrella import Umbrella, all_umbrellas

ENGLISH = "/en"
KEPT_IN_CANONICAL = ("halaman",)


class Here:
    """The address of this page in both languages. English is the same address under /en/."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        path = request.path
        self.is_english = path == ENGLISH or path.startswith(ENGLISH + "/")
        self.path = (path[len(ENGLISH) :] or "/") if self.is_english else path
        self.section = self.path.strip("/").split("/", 1)[0]

    @cached_property
    def other_language(self) -> str:
        """This page in the other language, with its query."""
        other = self.path if self.is_english else ENGLISH + self.path
        query = self._request.META.get("QUERY_STRING", "")
        return f"{other}?{query}" if query else other

    @cached_property
    def _canonical_query(self) -> str:
        kept = {key: self._request.GET[key] for key in KEPT_IN_CANONICAL if self._request.GET.get(key, "1") != "1"}
        return f"?{urlencode(kept)}" if kept else ""

    @cached_property
    def _origin(self) -> str:
        return f"{self._request.scheme}://{self._request.get_host()}"

    @cached_property
    def in_indonesian(self) -> str:
        return f"{self._origin}{self.path}{self._canonical_query}"

    @cached_property
    def in_english(self) -> str:
        return f"{self._origin}{ENGLISH}{self.path}{self._canonical_query}"

    @cached_property
    def canonical(self) -> str:
        return self.in_english if self.is_english else self.in_indonesian


def site(request: HttpRequest) -> dict[str, object]:
    return {"here": Here(request), "DEMO": settings.DEMO, "umbrella": umbrella.current()}


@cache
def _umbrellas() -> dict[str, Umbrella]:
    return all_umbrellas()
