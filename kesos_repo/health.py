"""The state of the site's parts, for whoever watches over it."""

import logging
import secrets
import threading
import time

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error as AnyDatabaseError  # InterfaceError is no DatabaseError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from kesos_repo.access import public
from kesos_repo.worker import any_alive
from search.index import reading

logger = logging.getLogger(__name__)

OK = "ok"
STORAGE_PROBE_SECONDS = 15.0


class StorageProbe:
    """Writes, reads and deletes a few bytes; asks anew only after some seconds, whoever asks and however often."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state = OK
        self._until = 0.0

    def state(self) -> str:
        with self._lock:
            if time.monotonic() >= self._until:
                self._state = self._probe()
                self._until = time.monotonic() + STORAGE_PROBE_SECONDS
            return self._state

    def _probe(self) -> str:
        content = secrets.token_bytes(16)
        try:
            name = default_storage.save(f"healthz/{secrets.token_hex(8)}", ContentFile(content))
            try:
                with default_storage.open(name) as file:
                    intact = file.read() == content
            finally:
                default_storage.delete(name)
        except Exception:  # noqa: BLE001 - a storage of any make may raise anything; it is down whatever it raises
            logger.exception("The storage cannot be used")
            return "cannot be written or read"
        return OK if intact else "returns something else than was written"


storage_probe = StorageProbe()


def database_and_worker() -> tuple[str, str]:
    try:
        alive = any_alive()
    except AnyDatabaseError as error:
        logger.error("The database cannot be used: %s", error)
        return "cannot be reached", "unknown without the database"
    return OK, OK if alive else "no worker is running"


def search_index() -> str:
    try:
        reading.current()
    except reading.IndexNotReady:
        return "no index yet: it is being built"
    return OK


@public
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    database, worker = database_and_worker()
    parts = {"database": database, "storage": storage_probe.state(), "worker": worker}
    healthy = all(state == OK for state in parts.values())
    parts["search"] = search_index()  # no reason to keep readers away: all but the search works
    response = JsonResponse(parts, status=200 if healthy else 503)
    response._has_been_logged = True  # type: ignore[attr-defined]  # whoever asks every second knows; the cause is logged
    return response
