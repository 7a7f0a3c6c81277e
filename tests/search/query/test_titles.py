"""See `titles` for all records."""

from pathlib import Path

import pytest

from search import synonyms
from tests.search.query.indexes import TITLES, reader_of, real_rows, thesaurus
from tests.search.query.titles import measure

pytestmark = pytest.mark.skipif(not TITLES.exists(), reason="needs ../shared/data/proceedings/acl.jsonl.gz")


def test_whole_titles_come_first_and_misspelt_ones_among_five(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synonyms, "expand", thesaurus().expand)
    rows = list(real_rows(step=30))
    first, fifth = measure(reader_of(rows, tmp_path / "index"), rows, 150)
    assert first == []
    assert len(fifth) <= 2, fifth
