"""Indonesian or English, by the small words that a text of either cannot do without."""

import re

WORD = re.compile(r"[a-z]+")
INDONESIAN = """
yang dan di ke dari untuk pada dengan dalam adalah ini itu tidak oleh sebagai atau juga akan telah dapat bagi antara
terhadap tersebut secara karena melalui para serta bahwa lebih sangat agar hasil belum sudah tentang studi kasus upaya
peran pengaruh berbasis anak masyarakat penelitian metode
"""
ENGLISH = """
the of and in to for on with by from is are was were this that as at an be has have it its which using between their not
or can will than into among towards toward study based case role effect how what does a
"""
SMALL_WORDS = {"id": frozenset(INDONESIAN.split()), "en": frozenset(ENGLISH.split())}


def language_of(text: str, *, certain: float = 0.55) -> str:
    """``id``, ``en``, or nothing where the text does not say."""
    words = WORD.findall(text.lower())
    indonesian = sum(word in SMALL_WORDS["id"] for word in words)
    english = sum(word in SMALL_WORDS["en"] for word in words)
    total = indonesian + english
    if not total or max(indonesian, english) / total < certain:
        return ""
    return "id" if indonesian > english else "en"
