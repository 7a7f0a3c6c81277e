"""A folded word to its stem."""

import re
from functools import cache, lru_cache

import tantivy
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

# Without one of these there is nothing that PySastrawi could take off; asking it costs a millisecond.
_AFFIXED = re.compile(r"(?:di|ke|se|be|me|pe|te)|.*(?:lah|kah|tah|pun|ku|mu|nya|i|an|is|isme|isasi)$")
_SHORTEST = 4


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of one folded word: Indonesian where a known root comes out, otherwise by the English rules."""
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    return indonesian_root(word) or english_stem(word)


def indonesian_root(word: str) -> str | None:
    """The root, if the word is one or is made from one."""
    known = _indonesian().dictionary
    if known.contains(word):
        return word
    if not _AFFIXED.match(word):
        return None
    root = _indonesian().stem_singular_word(word)
    return root if known.contains(root) else None


def english_stem(word: str) -> str:
    return _english().analyze(word)[0] if word.isascii() else word


@cache
def _indonesian() -> Stemmer:
    return Stemmer(ArrayDictionary(StemmerFactory().get_words()))


@cache
def _english() -> tantivy.TextAnalyzer:
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw()).filter(tantivy.Filter.stemmer("english")).build()
