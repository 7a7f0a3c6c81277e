"""How words are counted; tests/browser/test_words.py holds the browser to the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conferences.words import count_words
from publications.forms.cleaning import tidy_text

NASTY = (
    "anak-anak", "–", "—", "\u2011", "\u00a0", "\u200b", "\u200d", "\ufeff", "\x00", "\x1c", "\x1d", "\x1e", "\x1f",
    "\x85", "\u2028", "\u2029", "\u3000", "👩‍👩‍👧", "١٢٣", "العربية", "½", "Ⅳ", "e\u0301", "\u0301", "\ud800", "\u180e",
    "\u00ad", "\n", "\r\n", "\t", " ", "’", "_", "a", "1", "。", "字", "٪", "\u0e01\u0e33",
)  # fmt: skip


# Letters that a newer Unicode has added are counted by whoever knows them.
KNOWN = st.characters(exclude_categories=["Cn", "Cs", "Co"])
TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), KNOWN), max_size=40).map("".join)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("anak-anak jalanan", 2),
        ("satu – dua", 2),
        ("satu\u00a0dua", 2),
        ("satu\u200bdua", 1),
        ("satu\ufeffdua", 1),
        ("satu\x1cdua", 2),
        ("👩‍👩‍👧 keluarga", 1),
        ("رعاية الأسرة", 2),
        ("١٢٣ 45", 2),
        ("satu\x00dua", 2),
    ],
)
def test_what_is_a_word(text: str, count: int) -> None:
    assert count_words(text) == count


@given(TEXTS)
def test_what_is_kept_has_as_many_words_as_what_was_typed(text: str) -> None:
    assert count_words(tidy_text(text)) == count_words(text)
