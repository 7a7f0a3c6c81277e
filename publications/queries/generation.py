"""Values that cost a scan, kept until something public changes."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db import connection

Value = TypeVar("Value")
_MISSING = object()
_KEEP_SECONDS = 6 * 3600


def content_generation() -> int | None:
    """A number that differs after each change of what the public sees; None while a change may still be under way.

    The newest transaction among the committed change rows names the state only once every transaction up to it has
    ended: an older one that is still running could add its rows later without moving the maximum.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(0, (SELECT max(xid) FROM publications_change),"
            " (SELECT max(xid) FROM publications_referencechange)),"
            " pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
        )
        newest, oldest_running = cursor.fetchone()
    return int(newest) if newest < oldest_running else None


def generation_of(request: Any) -> int | None:
    """The generation for one request, read once; the page cache has read it before the view."""
    if not hasattr(request, "content_generation"):
        request.content_generation = content_generation()
    generation: int | None = request.content_generation
    return generation


def per_generation(generation: int | None, key: str, compute: Callable[[], Value]) -> Value:
    """`compute()`, or what it gave before at this generation. `key` names the question with all its parameters."""
    if generation is None:
        return compute()
    full_key = f"g:{generation}:{hashlib.sha256(key.encode()).hexdigest()[:32]}"
    value = cache.get(full_key, _MISSING)
    if value is _MISSING:
        value = compute()
        cache.set(full_key, value, _KEEP_SECONDS)
    return cast(Value, value)
