"""One spelling for what readers take for the same: case, accents, ligatures, apostrophes."""

import unicodedata

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t"}
_APOSTROPHES = "ʻʼʽʾʿˈˊˋʹ"  # that Unicode counts as letters
_PLAIN = {ord(letter): plain for letter, plain in _LETTERS.items()} | dict.fromkeys(map(ord, _APOSTROPHES), "")
_ROUNDS = 4  # two settle every character of Unicode; the rest is margin


def fold(word: str) -> str:
    """Letters and digits alone, in lower case and without accents: "Ma’arif" → "maarif"."""
    if word.isascii() and word.isalnum():
        return word.lower()
    for _ in range(_ROUNDS):
        folded = _fold_once(word)
        if folded == word:
            break
        word = folded
    return word


def _fold_once(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word).casefold().translate(_PLAIN)
    return "".join(character for character in unicodedata.normalize("NFKD", apart) if character.isalnum())
