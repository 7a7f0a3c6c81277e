"""One cache for two needs: what only saves time stays in each process, what counts attempts is shared by all."""

from typing import Any

from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache

SHARED_PREFIXES = ("allauth",)


class ProcessCache(LocMemCache):
    """Django's in-process cache, except for keys that must hold for every process: they go to the cache "shared"."""

    def _shared(self, key: str) -> bool:
        return key.startswith(SHARED_PREFIXES)

    def add(self, key: str, *args: Any, **kwargs: Any) -> bool:
        return caches["shared"].add(key, *args, **kwargs) if self._shared(key) else super().add(key, *args, **kwargs)

    def get(self, key: str, *args: Any, **kwargs: Any) -> Any:
        return caches["shared"].get(key, *args, **kwargs) if self._shared(key) else super().get(key, *args, **kwargs)

    def set(self, key: str, *args: Any, **kwargs: Any) -> None:
        return caches["shared"].set(key, *args, **kwargs) if self._shared(key) else super().set(key, *args, **kwargs)

    def delete(self, key: str, *args: Any, **kwargs: Any) -> bool:
        if self._shared(key):
            return caches["shared"].delete(key, *args, **kwargs)
        return super().delete(key, *args, **kwargs)
