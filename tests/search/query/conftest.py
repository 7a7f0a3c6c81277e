from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Index = Callable[[], None]


@pytest.fixture
def index(tmp_path: Path, settings: Any) -> Iterator[Index]:
    """Called, it makes an index of what is public now the current one."""
    from django.utils import timezone

    from publications.models import Output
    from search import synonyms
    from search.index import place, reading, schema
    from search.index.documents import build
    from search.index.place import State
    from search.index.writing import Writer

    settings.SEARCH_DIR = tmp_path / "search"

    def make() -> None:
        today = timezone.localdate()
        made = place.new()
        writer = Writer(made)
        writer.add(build(list(Output.objects.public().values_list("pk", flat=True)), today))
        writer.commit()
        writer.finish()
        made.write_state(State(schema.VERSION, place.fingerprint(), "test", 0, 0, today.isoformat()))
        place.make_current(made)

    reading.forget()
    synonyms.forget()
    yield make
    reading.forget()
    synonyms.forget()
