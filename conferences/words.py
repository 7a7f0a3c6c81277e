"""How words are counted for limits; `static/js/words.js` counts the same way."""


def count_words(text: str) -> int:
    """What stands between white space and has a letter or a digit: "anak-anak" is one word, "–" is none."""
    return sum(any(character.isalnum() for character in word) for word in text.split())
