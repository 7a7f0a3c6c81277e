from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from search.index import reading


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Each test has indexes of its own."""
    settings.SEARCH_DIR = tmp_path / "search"
    reading.forget()
    yield tmp_path / "search"
    reading.forget()
