"""Words that belong together: written with a hyphen (anak-anak) or as one (tunanetra)."""

import re

from search.analysis.exceptions import STEMS
from search.analysis.indonesian import is_root
from search.analysis.stemming import stem

PARTICLES = frozenset({"ku", "mu", "nya", "lah", "kah", "tah", "pun"})
_JOINED = re.compile(r"(tuna|pasca|non|multi|purna|antar)(.{4,})")
_DENIED = re.compile(r"ketidak(.{3,}an)(?:nya)?")  # ketidakadilan is keadilan with tidak
_WRITTEN_TWICE = re.compile(r"([^\W\d_]{4,})2(nya)?")


def stems_of(word: str) -> tuple[str, ...]:
    """One stem; two for a compound: tunanetra is found as tuna netra is."""
    if written := _WRITTEN_TWICE.fullmatch(word):  # anak2
        return (twice(written[1], written[1]) or word,) if is_root(written[1]) else (word,)
    if not_ := _DENIED.fullmatch(word):
        return "tidak", *stem(f"ke{not_[1]}").split()
    if word not in STEMS and not is_root(word) and (joined := _JOINED.fullmatch(word)) and is_root(stem(joined[2])):
        return joined[1], stem(joined[2])
    if word.startswith("tuna") and word in TUNA:
        return "tuna", stem(word.removeprefix("tuna"))
    return tuple(stem(word).split())


# The dictionary has these as roots of their own.
TUNA = frozenset(
    f"tuna{lacking}"
    for lacking in (
        "aksara", "busana", "daksa", "ganda", "grahita", "karya", "laras", "netra", "rungu", "susila", "wicara", "wisma"
    )
)  # fmt: skip


def twice(first: str, second: str) -> str | None:
    """The stem of a reduplication, if the two words are one: anak-anak, berbalas-balasan, undang-undang."""
    together = f"{first}-{second}"
    if together in STEMS:
        return STEMS[together]
    roots = stem(first), stem(second)
    if roots[0] == roots[1] or _roots_without_me(second) == roots[0]:
        return STEMS.get(f"{roots[0]}-{roots[0]}", roots[0])
    return None


def _roots_without_me(word: str) -> str:
    """menulis-nulis, mengira-ngira: the second word keeps the first one's prefix in part."""
    return stem(f"me{word}")
