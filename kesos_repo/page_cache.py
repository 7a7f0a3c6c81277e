"""Pages for readers who are not signed in, kept in memory until anything they could show has changed.

Never stale: the key holds the content generation (`publications.queries.generation`), read from the database at each
request, and the date in Jakarta, at whose midnight embargoes end. Never somebody else's: only views that say
`cached_for_anonymous` are kept, only for requests without session, message or authorisation, and only answers that set
no cookie.
"""

import functools
import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import brotli
from django.conf import settings
from django.db import Error as AnyDatabaseError  # InterfaceError is no DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date, parse_etags

from publications.queries.generation import content_generation

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
MAX_BYTES = 64 * 1024 * 1024  # in each web process
MAX_QUERY = 300
KEPT_HEADERS_NOT = {"date", "content-length", "set-cookie", "vary", "cache-control", "etag", "last-modified"}


def cached_for_anonymous(view: View) -> View:
    """Mark a view whose answer to an anonymous reader depends only on the address and on public content."""
    view.cached_for_anonymous = True  # type: ignore[attr-defined]
    return view


State = Callable[[], Hashable]


def cached_while(state: State) -> Callable[[View], View]:
    """`cached_for_anonymous` for a view that shows more than public content: kept as long as `state()` stays equal.

    It is read before the view is, so that what changes meanwhile is not missed. None: nothing is kept.
    """

    def mark(view: View) -> View:
        @functools.wraps(view)
        def noted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            keep_while(request, state)
            return view(request, *args, **kwargs)

        return cast(View, cached_for_anonymous(noted))

    return mark


def keep_while(request: HttpRequest, state: State) -> Hashable:
    """The same for a part of a page, called before the part is drawn: for tags in the templates of lower apps."""
    conditions: dict[State, Hashable] = request.__dict__.setdefault("kept_while", {})
    return conditions.setdefault(state, state())


@dataclass
class Page:
    """A kept answer; `bodies` by content encoding, made when first asked for."""

    status: int
    headers: dict[str, str]
    etag: str
    bodies: dict[str, bytes]
    lock: threading.Lock = field(default_factory=threading.Lock)
    kept_while: dict[State, Hashable] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return all(before is not None and state() == before for state, before in self.kept_while.items())

    def body(self, encoding: str) -> bytes:
        with self.lock:
            if encoding not in self.bodies:
                plain = self.bodies[""]
                self.bodies[encoding] = (
                    brotli.compress(plain, quality=5) if encoding == "br" else gzip.compress(plain, 6)
                )
            return self.bodies[encoding]

    @property
    def size(self) -> int:
        """Of the plain body alone, so that as much is given back as was taken."""
        return len(self.bodies.get("", b"")) + 1000


class Store:
    """The least recently used pages go first when the memory is full; all go when the generation changes."""

    def __init__(self, max_bytes: int = MAX_BYTES) -> None:
        self.pages: OrderedDict[tuple[Any, ...], Page] = OrderedDict()
        self.generation: Any = None
        self.bytes = 0
        self.max_bytes = max_bytes
        self.lock = threading.Lock()

    def get(self, generation: Any, key: tuple[Any, ...]) -> Page | None:
        with self.lock:
            if generation != self.generation or (page := self.pages.get(key)) is None:
                return None
            self.pages.move_to_end(key)
            return page

    def put(self, generation: Any, key: tuple[Any, ...], page: Page) -> None:
        with self.lock:
            if self.generation is not None and generation < self.generation:
                return
            if generation != self.generation:
                self.pages.clear()
                self.bytes, self.generation = 0, generation
            if key in self.pages:  # drawn twice at once, or it held no longer
                self.bytes -= 2 * self.pages.pop(key).size
            self.pages[key] = page
            self.bytes += 2 * page.size  # room for the compressed forms
            while self.bytes > self.max_bytes and self.pages:
                self.bytes -= 2 * self.pages.popitem(last=False)[1].size


class PageCacheMiddleware:
    """Stands before everything else, so that a kept page costs one small query and nothing more."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.store = Store()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not _may_be_kept(request):
            return _for_one_reader(request, self.get_response(request))
        try:
            generation = content_generation()
        except AnyDatabaseError:
            generation = None  # the page itself will say what is wrong
        request.content_generation = generation  # type: ignore[attr-defined]
        day = timezone.localdate()
        key = (request.scheme, request.META.get("HTTP_HOST", ""), request.get_full_path())
        if generation is None:
            return self.get_response(request)
        page = self.store.get((generation, day), key)
        if page is not None and (page.bodies or _is_unchanged(request, page)) and page.holds:
            return _answer(request, page)
        response = self.get_response(request)
        if request.method != "GET" or not _is_for_everybody(request, response):
            return response  # the answer to HEAD may lack the body that the next reader asks for
        page = _keep(request, response)
        self.store.put((generation, day), key, page)
        return _answer(request, page) if page.bodies else response


def _for_one_reader(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What a reader's session had a part in stays out of caches on the way, unless the view says otherwise."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and not request.path.startswith(settings.STATIC_URL):
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _may_be_kept(request: HttpRequest) -> bool:
    cookies = request.COOKIES
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in cookies
        and "messages" not in cookies
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_RANGE" not in request.META
        and len(request.META.get("QUERY_STRING", "")) <= MAX_QUERY
        and not request.path.startswith(settings.STATIC_URL)
    )


def _is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    view = match.func if match else None
    marked = getattr(view, "cached_for_anonymous", False) or getattr(
        getattr(view, "view_class", None), "cached_for_anonymous", False
    )
    is_kept = marked and response.status_code in (200, 304) and "no-store" not in response.get("Cache-Control", "")
    has_body = response.status_code == 200 and not response.streaming
    return bool(is_kept) and not response.cookies and (has_body or "ETag" in response)


def _keep(request: HttpRequest, response: HttpResponseBase) -> Page:
    """A page with its body; of a file, which is streamed, only what tells that a reader's copy is still good."""
    headers = {name: value for name, value in response.items() if name.lower() not in KEPT_HEADERS_NOT}
    conditions = request.__dict__.get("kept_while", {})
    if not isinstance(response, HttpResponse) or response.status_code == 304:
        return Page(200, headers, response["ETag"], {}, kept_while=conditions)
    body = response.content
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    return Page(response.status_code, headers, etag, {"": body}, kept_while=conditions)


def _is_unchanged(request: HttpRequest, page: Page) -> bool:
    return page.etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", ""))


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    if _is_unchanged(request, page):
        response = HttpResponse(status=304)
    else:
        encoding = _encoding(request)
        body = page.body(encoding)
        response = HttpResponse(body if request.method == "GET" else b"", status=page.status)
        for name, value in page.headers.items():
            response[name] = value
        if encoding:
            response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(body))
    response["ETag"] = page.etag
    response["Vary"] = "Cookie, Accept-Encoding"
    response["Cache-Control"] = "no-cache"
    response["Date"] = http_date()
    return response


def _encoding(request: HttpRequest) -> str:
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "br" if "br" in accepted else "gzip" if "gzip" in accepted else ""
