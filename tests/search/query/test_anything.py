"""Whatever is typed finds something or nothing, and never fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import synonyms
from search.index.reading import Reader
from search.query.building import build
from search.query.highlighting import Highlighter
from search.query.language import parse
from tests.search.query.indexes import demo_rows, found, reader_of, terms, thesaurus

PIECES = [
    '"', "-", " OR ", " ATAU ", "penulis:", "judul:", "tahun:", "2015..2020", "lansia", "gepeng", "yang", "anak-anak",
    "HIV/AIDS", "xqz", "penyandnag", "ω", "\u0301", "a" * 300, " ", "10.5555/a", "*", "?", "~2", "^3", "(", "AND",
    "NOT", "[a TO b]", "\\",
]  # fmt: skip


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    patch = pytest.MonkeyPatch()
    patch.setattr(synonyms, "expand", thesaurus().expand)
    yield reader_of(demo_rows(), Path(tmp_path_factory.mktemp("any")) / "index")
    patch.undo()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_no_search_fails(reader: Reader, typed: str) -> None:
    assert len(found(reader, typed)) <= 10
    marks = build(parse(typed), reader, terms()).marks
    assert "".join(piece.text for piece in Highlighter(marks).pieces(typed)) == typed
