import io
from collections.abc import Callable
from typing import Any

import pytest

from publications.importing.readers import Reading
from publications.importing.records import Record, Row
from tests.factories.accounts import make_user


def read(content: bytes | str, format: str) -> list[Row]:
    """Every row of a file with this content."""
    data = content.encode() if isinstance(content, str) else content
    return list(Reading(io.BytesIO(data), format).rows())


def records(content: bytes | str, format: str) -> list[Record]:
    return [row.record for row in read(content, format) if row.record is not None]


def codes(content: bytes | str, format: str) -> list[str]:
    return [problem.code for row in read(content, format) for problem in row.problems]


@pytest.fixture
def curator(db: Any) -> Any:
    return make_user("kurator@example.org", role="curator", name="Rina Kurator")


@pytest.fixture
def bring_in(curator: Any, vocabularies: None) -> Callable[..., Any]:
    """Import a file and return its batch."""
    from publications.actions import importing
    from publications.importing.resolving import Options

    def run(
        content: bytes | str, format: str = "csv", source: str = "uji", archive: bytes | None = None, **options: Any
    ) -> Any:
        data = content.encode() if isinstance(content, str) else content
        batch = importing.prepare_batch(
            by=curator, source=source, format=format, file_name=f"berkas.{format}", checksum=str(hash(data)),
            options=Options(**options), at_once=True,
        )  # fmt: skip
        importing.run_batch(batch, io.BytesIO(data), io.BytesIO(archive) if archive else None)
        batch.refresh_from_db()
        return batch

    return run
