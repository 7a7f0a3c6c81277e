"""How words are counted for limits; `static/js/words.js` counts the same way."""

import re

# White space, and what is kept as such: control characters and halves of pairs (see `publications.forms.cleaning`).
_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def count_words(text: str) -> int:
    """What stands between white space and has a letter or a digit: "anak-anak" is one word, "–" is none."""
    return sum(any(character.isalnum() for character in word) for word in _GAPS.split(text))
