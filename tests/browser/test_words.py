"""The browser counts words as the server does, whatever is typed."""

import json
import sys
import unicodedata
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from conferences.words import count_words
from tests.conferences.test_words import TEXTS

SCRIPT = Path(__file__).parents[2] / "static/js/words.js"
AT_ONCE = 50_000


def counted(page: Page, texts: list[str]) -> list[int]:
    """As JSON text, so that halves of pairs travel as \\ud800."""
    found: list[int] = page.evaluate("(sent) => JSON.parse(sent).map(kesosCountWords)", json.dumps(texts))
    return found


def opened(browser: Browser) -> Page:
    page = browser.new_page()
    page.add_script_tag(path=str(SCRIPT))
    return page


def test_nasty_texts(browser: Browser) -> None:
    page = opened(browser)

    @settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(TEXTS, min_size=1, max_size=30))
    def alike(texts: list[str]) -> None:
        assert counted(page, texts) == [count_words(text) for text in texts]

    alike()
    page.close()


def test_every_character_alone_and_between_letters(browser: Browser) -> None:
    page = opened(browser)
    known = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in ("Cn", "Co")]
    for start in range(0, len(known), AT_ONCE):
        alone = known[start : start + AT_ONCE]
        texts = [*alone, *(f"a{character}b" for character in alone)]
        wrong = [text for text, count in zip(texts, counted(page, texts), strict=True) if count != count_words(text)]
        assert not wrong, wrong[:20]
    page.close()
