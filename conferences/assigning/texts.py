"""How near two texts are: TF-IDF over plain words, cosine, and the words that they share.

Endings of Indonesian are cut off lightly, so that "penyandangnya" meets "penyandang"; a wrong cut meets itself.
"""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

Vector = dict[str, float]
_WORD = re.compile(r"[^\W\d_]{3,}")
_ENDING = re.compile(r"(?<=.{4})(nya|lah|kah|pun)$")
_COMMON = """
yang dan untuk dari pada dengan dalam ini itu adalah oleh sebagai tidak akan juga atau dapat telah bagi para
serta antara karena secara terhadap tentang bahwa lebih ada yaitu agar sehingga melalui maka masih sudah belum
hasil penelitian kajian studi analisis metode data menunjukkan tujuan berdasarkan upaya kesejahteraan sosial
the and for from with that this are was were not have has had been its their into than between among which who
our more also can may study studies research results result method methods analysis data paper social welfare
based using used show shows
"""
STOP_WORDS = frozenset(_COMMON.split())


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return [cut for word in _WORD.findall(letters) if (cut := _ENDING.sub("", word)) not in STOP_WORDS]


def vectors(texts: Mapping[int, str], rarity: Mapping[str, float]) -> dict[int, Vector]:
    return {key: _unit(Counter(words(text)), rarity) for key, text in texts.items()}


def rarity_in(texts: Sequence[str]) -> dict[str, float]:
    """Inverse document frequency."""
    seen = Counter(word for text in texts for word in set(words(text)))
    return {word: math.log((1 + len(texts)) / (1 + count)) + 1 for word, count in seen.items()}


def _unit(counts: Counter[str], rarity: Mapping[str, float]) -> Vector:
    weights = {word: (1 + math.log(count)) * rarity[word] for word, count in sorted(counts.items())}
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {word: weight / length for word, weight in weights.items()} if length else {}


def nearness(ones: Mapping[int, Vector], others: Mapping[int, Vector]) -> dict[tuple[int, int], float]:
    """The cosine of every pair that shares a word."""
    where: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for key in sorted(others):
        for word, weight in others[key].items():
            where[word].append((key, weight))
    found: dict[tuple[int, int], float] = defaultdict(float)
    for key in sorted(ones):
        for word, weight in ones[key].items():
            for other, its in where[word]:
                found[key, other] += weight * its
    return found


def shared(one: Vector, other: Vector, most: int = 3) -> tuple[str, ...]:
    """The words that bring two texts together most."""
    both = sorted(one.keys() & other.keys(), key=lambda word: (-one[word] * other[word], word))
    return tuple(both[:most])
