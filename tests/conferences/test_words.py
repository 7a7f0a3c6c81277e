"""Words are counted alike by the server and by the browser, whatever is typed."""

import json
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from conferences.words import count_words
from publications.forms.cleaning import tidy_text

SCRIPT = Path(__file__).parents[2] / "static/js/words.js"
NASTY = (
    "anak-anak", "–", "—", "\u2011", "\u00a0", "\u200b", "\u200d", "\ufeff", "\x00", "\x1c", "\x1d", "\x1e", "\x1f",
    "\x85", "\u2028", "\u2029", "\u3000", "👩‍👩‍👧", "١٢٣", "العربية", "½", "Ⅳ", "e\u0301", "\u0301", "\ud800", "\u180e",
    "\u00ad", "\n", "\r\n", "\t", " ", "’", "_", "a", "1", "。", "字", "٪", "\u0e01\u0e33",
)  # fmt: skip


def known(character: str) -> bool:
    """Letters that a newer Unicode has added are counted by whoever knows them."""
    return unicodedata.category(character) != "Cn"


TEXTS = st.lists(st.one_of(st.sampled_from(NASTY), st.characters().filter(known)), max_size=40).map("".join)


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


@pytest.mark.browser
def test_the_browser_counts_as_the_server_does() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.add_script_tag(path=str(SCRIPT))

        @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
        @given(st.lists(TEXTS, min_size=1, max_size=40))
        def alike(texts: list[str]) -> None:
            sent = json.dumps(texts)  # halves of pairs travel as \ud800
            counted = page.evaluate("(sent) => JSON.parse(sent).map(kesosCountWords)", sent)
            assert counted == [count_words(text) for text in texts]

        alike()
        alone = [chr(code) for code in range(sys.maxunicode + 1) if known(chr(code))]
        for start in range(0, len(alone), 50_000):
            part = [f"a{character}b" for character in alone[start : start + 50_000]]
            part += alone[start : start + 50_000]
            counted = page.evaluate("(sent) => JSON.parse(sent).map(kesosCountWords)", json.dumps(part))
            wrong = [text for text, count in zip(part, counted, strict=True) if count != count_words(text)]
            assert not wrong, wrong[:20]
        browser.close()
