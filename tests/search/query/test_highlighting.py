import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.building import Marks
from search.query.highlighting import SNIPPET_LENGTH, Highlighter, covered
from search.query.results import Pieces


def shown(pieces: Pieces) -> str:
    return "".join(f"<{piece.text}>" if piece.is_hit else piece.text for piece in pieces)


LANSIA = Highlighter(Marks(stems={"lansia": 0, "telantar": 1, "terlantar": 1}, runs={("lanjut", "usia"): 0}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Layanan bagi Lansia, dan LANSIA.", "Layanan bagi <Lansia>, dan <LANSIA>."),
        ("lanjut usia di desa", "<lanjut usia> di desa"),
        ("lanjut sekolah sampai tamat pada usia muda", "lanjut sekolah sampai tamat pada usia muda"),
        ("<b>lansia</b> & lansia", "<b><lansia></b> & <lansia>"),
        ("tanpa apa-apa", "tanpa apa-apa"),
        ("", ""),
    ],
)
def test_other_words_for_it_are_marked_where_they_stand_together(text: str, expected: str) -> None:
    assert shown(LANSIA.pieces(text)) == expected


def test_forms_of_a_word_are_marked() -> None:
    marks = Highlighter(Marks(stems={"didik": 0, "anak": 1}))
    assert shown(marks.pieces("Pendidikan anak-anak yang dididik")) == "<Pendidikan anak-anak> yang <dididik>"


def test_words_as_written_and_misspelt_ones_are_marked() -> None:
    marks = Highlighter(Marks(words={"yang": 0}, misspelt={"lansiia": 1}))
    assert shown(marks.pieces("yang lansia")) == "<yang lansia>"


def test_a_synonym_answers_the_same_thing() -> None:
    assert covered(LANSIA.marks_in("lansia, lanjut usia")) == 1
    assert covered(LANSIA.marks_in("lansia telantar")) == 2


def test_the_snippet_is_the_stretch_that_says_most() -> None:
    before, after = f"{'Pembukaan panjang. ' * 30}lansia saja. {'Isi lain. ' * 40}", "Akhir. " * 50
    text = f"{before}Di sini lansia terlantar dirawat. {after}"
    found = shown(LANSIA.snippet(text, LANSIA.marks_in(text)))
    assert "<lansia terlantar> dirawat" in found
    assert found.startswith("… ") and found.endswith(" …")
    assert len(found) <= SNIPPET_LENGTH + 20


def test_reading_ends_behind_the_first_stretch_that_answers_everything() -> None:
    text = f"lansia {'isi ' * 100}lansia terlantar. {'isi ' * 100}lansia terlantar"
    every, enough = LANSIA.marks_in(text), LANSIA.marks_in(text, enough=True)
    assert len(every) == 5 and enough == every[:3]
    assert LANSIA.snippet(text, enough) == LANSIA.snippet(text, every)


@given(st.text(alphabet="lansiatertujkd -/.'\u0301\u00e9", max_size=900))
def test_nothing_of_a_text_is_lost_or_added(text: str) -> None:
    assert "".join(piece.text for piece in LANSIA.pieces(text)) == text
    snippet = "".join(piece.text for piece in LANSIA.snippet(text, LANSIA.marks_in(text)))
    assert snippet.removeprefix("… ").removesuffix(" …") in text
