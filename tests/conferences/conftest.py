"""What the tests of conferences share."""

import datetime
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

JAKARTA = ZoneInfo("Asia/Jakarta")
Clock = Callable[..., datetime.datetime]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Set the clock, in Jakarta's time."""

    def at(*moment: int) -> datetime.datetime:
        frozen = datetime.datetime(*moment, tzinfo=JAKARTA)  # type: ignore[misc, arg-type]
        monkeypatch.setattr(timezone, "now", lambda: frozen)
        return frozen

    return at


@pytest.fixture(autouse=True)
def _vocabularies(request: Any) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("vocabularies")


@pytest.fixture(autouse=True)
def _storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
