"""Which of the two languages a text is in, by its small words: enough to put it in the right field."""

import re

_INDONESIAN = frozenset({
    "yang", "dan", "di", "ke", "dari", "dengan", "untuk", "pada", "dalam", "adalah", "oleh", "ini", "itu", "tidak",
    "atau",
    "sebagai", "terhadap", "tentang", "para", "antara", "serta", "telah", "bagi", "secara", "melalui", "upaya",
    "pengaruh",
    "peran", "studi", "kasus", "kota", "kabupaten", "provinsi", "sosial", "anak", "masyarakat", "pemberdayaan",
})  # fmt: skip
_ENGLISH = frozenset({
    "the", "of", "and", "in", "to", "for", "on", "with", "by", "from", "is", "are", "was", "were", "this", "that",
    "an", "a",
    "as", "at", "between", "through", "among", "its", "their", "how", "what", "study", "case", "role", "effect",
    "social",
    "analysis", "children", "community",
})  # fmt: skip
_WORD = re.compile(r"[a-z]+")
_ENOUGH = 600


def guess_language(text: str, otherwise: str = "id") -> str:
    words = _WORD.findall(text[:_ENOUGH].casefold())
    indonesian = sum(word in _INDONESIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if indonesian == english:
        return otherwise
    return "id" if indonesian > english else "en"
