"""Values that cost a scan, kept until something public changes."""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.core.cache import cache
from django.db import connection

Value = TypeVar("Value")
_MISSING = object()
_KEEP_SECONDS = 6 * 3600


_GENERATION = """
    SELECT (SELECT max(id) FROM publications_change), (SELECT max(id) FROM publications_referencechange),
           EXISTS (SELECT FROM pg_locks
                    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock'
                      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND relation IN ('publications_change'::regclass, 'publications_referencechange'::regclass))
"""


def content_generation() -> int | None:
    """A number that differs after each change of what the public sees; None while a change may still be under way.

    Whoever writes a change row holds a lock on its table until the transaction ends. So while nobody does, every row
    up to the newest is committed, and a later one will have a greater id. (Its transaction's number would not do: a
    transaction may have got that long before it writes its row.)
    """
    with connection.cursor() as cursor:
        cursor.execute(_GENERATION)
        change, reference, under_way = cursor.fetchone()
    return None if under_way else ((change or 0) << 32) + (reference or 0)


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
