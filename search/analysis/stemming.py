"""A folded word to its stem: Indonesian where a known root comes out, otherwise by the English rules."""

from functools import cache, lru_cache

import tantivy

from search.analysis.indonesian import root_of

_SHORTEST = 4
_OWNED = "nya"
_SHORTEST_OWNED = 7  # playernya is player, Kenya and Sonya stay


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of one folded word; a compound (tunanetra) gives two with a blank between them."""
    if not word.isalpha():
        return word
    if root := root_of(word):
        return root
    if word.endswith(_OWNED) and len(word) >= _SHORTEST_OWNED:
        return stem(word.removesuffix(_OWNED))
    return english_stem(word)


def english_stem(word: str) -> str:
    return _english().analyze(word)[0] if word.isascii() and len(word) >= _SHORTEST else word


@cache
def _english() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
