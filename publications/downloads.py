"""Sending a stored file: whole or a range, conditional, and so that it can do no harm in a reader's browser."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from publications.models import Blob

CHUNK = 64 * 1024
# Only what browsers show in a viewer of their own; everything else is saved, never shown under this address.
SHOWN_IN_BROWSER = {"application/pdf", "image/webp", "image/png", "image/jpeg"}
# No script, no form, no origin: Chromium's own viewer opens PDFs all the same, and the reader in the page fetches them.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Unsatisfiable(ValueError):
    """A range that begins behind the end."""


def send(
    request: HttpRequest, stored: Any, blob: Blob, name: str, *, mime: str = "", private: bool
) -> HttpResponseBase:
    """Answer GET or HEAD for `stored`, a file field of `blob`. `private` keeps it out of shared caches."""
    is_content = stored.name == blob.content.name
    etag = f'"{blob.sha256}"' if is_content else f'"{blob.sha256}-{stored.name.rsplit(".", 1)[-1]}"'
    size = blob.size if is_content else stored.size
    response = _answer(request, stored, size, etag, blob.created_at, mime or blob.mime)
    response["ETag"] = etag
    response["Last-Modified"] = http_date(blob.created_at.timestamp())
    response["Cache-Control"] = "private, no-store" if private else "no-cache"
    protect(response, mime or blob.mime, name)
    return response


def _answer(request: HttpRequest, stored: Any, size: int, etag: str, modified: datetime, mime: str) -> HttpResponseBase:
    conditional = get_conditional_response(request, etag=etag, last_modified=int(modified.timestamp()))
    if conditional is not None:
        return conditional
    try:
        wanted = _wanted_range(request, size, etag, modified)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    return _whole(request, stored, size, mime) if wanted is None else _part(request, stored, size, mime, *wanted)


def _whole(request: HttpRequest, stored: Any, size: int, mime: str) -> HttpResponseBase:
    response: HttpResponseBase = (
        HttpResponse(content_type=mime)
        if request.method == "HEAD"
        else FileResponse(stored.storage.open(stored.name), content_type=mime)
    )
    response["Content-Length"] = str(size)
    response["Accept-Ranges"] = "bytes"
    return response


def _part(request: HttpRequest, stored: Any, size: int, mime: str, first: int, last: int) -> HttpResponseBase:
    body: Iterator[bytes] | list[bytes] = []
    if request.method != "HEAD":
        body = _read(stored.storage.open(stored.name), first, last - first + 1)
    response = StreamingHttpResponse(body, status=206, content_type=mime)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _read(opened: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    with opened:
        opened.seek(start)
        while length > 0 and (chunk := opened.read(min(CHUNK, length))):
            length -= len(chunk)
            yield chunk


def _wanted_range(request: HttpRequest, size: int, etag: str, modified: datetime) -> tuple[int, int] | None:
    """First and last byte; None for the whole file: no range, several ranges, nonsense, or a changed file."""
    match = _RANGE.fullmatch(request.headers.get("Range", "").replace(" ", ""))
    if match is None or match.group(1) == match.group(2) == "" or not _is_unchanged(request, etag, modified):
        return None
    start, end = match.groups()
    if not start:
        return _last_bytes(int(end), size)
    first, last = int(start), min(int(end) if end else size - 1, size - 1)
    if first >= size:
        raise Unsatisfiable
    return (first, last) if first <= last else None


def _last_bytes(count: int, size: int) -> tuple[int, int]:
    if count == 0 or size == 0:
        raise Unsatisfiable
    return max(0, size - count), size - 1


def _is_unchanged(request: HttpRequest, etag: str, modified: datetime) -> bool:
    """Whether If-Range, where sent, still describes the file (RFC 9110, 13.1.5)."""
    condition = request.headers.get("If-Range", "").strip()
    if not condition:
        return True
    if condition.startswith(('"', "W/")):
        return condition == etag
    return parse_http_date_safe(condition) == int(modified.timestamp())


def protect(response: HttpResponseBase, mime: str, name: str) -> None:
    """So that it can do no harm in the browser of a reader."""
    shown = mime in SHOWN_IN_BROWSER
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Disposition"] = content_disposition_header(not shown, name) or "inline"
