"""Indonesian words to their roots: PySastrawi, corrected where it takes a suffix off that belongs to the root."""

import re
from collections.abc import Iterator
from functools import cache

from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Context.Context import Context
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from search.analysis.exceptions import FOREIGN, JOINED, KNOWN, STEMS

# Without one of these there is nothing that PySastrawi could take off; asking it costs a millisecond.
_AFFIXED = re.compile(r"(?:di|ke|se|be|me|pe|te)|.*(?:lah|kah|tah|pun|ku|mu|nya|i|an|is|isme|isasi)$")
# What else a word may be made of than PySastrawi's first choice: how it begins, how it ends, what goes off the end.
_SPLITS = (
    (re.compile(r"(?:[kp]e).*(?<!an)$|(?![kp]e).*$"), ""),  # di+pesan, but not pe+m+belian
    (re.compile(r"[kp]e.*kan$"), "an"),  # ke+rusak+an: nothing of the kind ends in -kan
    (re.compile(r"(?:me|di).*i$"), "i"),  # meng+kenal+i
)
_SHORTEST = 4  # PySastrawi takes nothing off shorter words


def root_of(word: str) -> str | None:
    """The root, if the word is one or is made from one. A compound gives its roots, separated by a blank."""
    if word in STEMS:
        return STEMS[word]
    if word in FOREIGN:
        return None
    root = _root(word)
    return JOINED.get(root, root) if root else None


def is_root(word: str) -> bool:
    return bool(_stemmer().dictionary.contains(word))


def _root(word: str) -> str | None:
    if is_root(word):
        return word
    if len(word) < _SHORTEST or not _AFFIXED.match(word):
        return None
    # The longest keeps what belongs to the root: di+pesan, not di+pes+an. `max` takes PySastrawi's own of equals.
    return max(_candidates(word), key=len, default=None)


def _candidates(word: str) -> Iterator[str]:
    found = _stemmer().stem_singular_word(word)
    if is_root(found):
        yield found
    for shape, suffix in _SPLITS:
        if shape.match(word) and (root := _without_prefixes(word.removesuffix(suffix))):
            yield root


def _without_prefixes(word: str) -> str | None:
    if len(word) <= _SHORTEST:
        return None
    context = Context(word, _stemmer().dictionary, _stemmer().visitor_provider)
    context.remove_prefixes()
    return context.current_word if is_root(context.current_word) else None


@cache
def _stemmer() -> Stemmer:
    return Stemmer(ArrayDictionary([*StemmerFactory().get_words(), *KNOWN]))
