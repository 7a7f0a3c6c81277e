"""What holds for any text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from search.analysis import analyse, exact, fold, stems, terms, words

SAMPLES = """
    anak anak-anak HIV/AIDS tunanetra COVID-19 Ma’arif undang undang-undang dan the 11/2009 1.000.000 -nya ﷺ é e\u0301 ı
    ß ketidakadilan anak2 kerjasama-kerjasama soft\u00adhyphen ' ½ x@y.id a-b-c-d masing-masing 中文 नमस्ते Rp500 ʿAbd
"""
PIECES = st.sampled_from(SAMPLES.split())
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=20).map(" ".join), st.lists(PIECES).map("".join))


@settings(max_examples=150)
@given(TEXTS)
def test_places_are_right(text: str) -> None:
    found = words(text)
    for word in found:
        assert 0 <= word.start < word.end <= len(text)
        assert word.text and word.text.isalnum() and fold(word.text) == word.text
        assert fold(text[word.start : word.end]).startswith(word.text[:1])
    for before, after in zip(found, found[1:], strict=False):
        assert before.end <= after.start
    for term in terms(text):
        assert 0 <= term.start < term.end <= len(text)


@settings(max_examples=150)
@given(TEXTS)
def test_all_ways_agree(text: str) -> None:
    analysed = analyse(text)
    assert analysed.exact == exact(text) == [word.text for word in words(text)]
    assert analysed.stems == stems(text) == [term.text for term in terms(text)]
    assert not any(" " in term or not term for term in [*analysed.exact, *analysed.stems])


@settings(max_examples=100)
@given(st.text(max_size=40))
def test_folding_is_idempotent_and_blind_to_case(word: str) -> None:
    assert fold(fold(word)) == fold(word)
    assert fold(word.upper().lower()) == fold(word.lower())


@settings(max_examples=100)
@given(TEXTS)
def test_what_is_found_in_a_text_is_asked_the_same(text: str) -> None:
    """The words of a text, asked one after the other, are the words of the text; so are each word's stems."""
    assert exact(" ".join(exact(text))) == exact(text)


@settings(max_examples=100)
@given(TEXTS, st.sampled_from(["", ".", ",", " ", "\n", "!?", "”"]))
def test_punctuation_around_a_text_changes_nothing(text: str, mark: str) -> None:
    assert stems(f"{mark} {text} {mark}") == stems(text)
