"""Text that people paste from anywhere, made fit to be kept: one normal form, nothing invisible that misleads."""

import re
import unicodedata

# Overrides and isolates of the writing direction can make a text read otherwise than it is stored.
_MISLEADING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")


def tidy_line(text: str) -> str:
    """One line, single spaces."""
    return " ".join(_printable(text).split())


def tidy_text(text: str) -> str:
    """Paragraphs, parted by one empty line at most."""
    lines = [" ".join(line.split()) for line in _printable(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _printable(text: str) -> str:
    kept = ("\n" if c == "\n" else _shown(c) for c in unicodedata.normalize("NFC", text))
    return "".join(kept)


def _shown(character: str) -> str:
    if character in _MISLEADING:
        return ""
    return " " if unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") else character
