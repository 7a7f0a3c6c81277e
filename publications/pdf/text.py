"""Text as pdfium gives it, made fit for people, the database and the search index."""

import re
import unicodedata

# pdfium marks a hyphen at the end of a line, whose word goes on in the next one, with one of these.
BROKEN_WORD = re.compile("[\x02\ufffe\xad]\\s*\n?")
NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u200b\u2060\ud800-\udfff]")
LIGATURES = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


def clean(text: str) -> str:
    """NUL, control characters and lone surrogates out (PostgreSQL refuses them), ligatures and broken words whole."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = BROKEN_WORD.sub("", text)
    text = NOT_TEXT.sub("", text).translate(LIGATURES)
    return unicodedata.normalize("NFC", SPACES.sub(" ", text))


def clean_line(text: str) -> str:
    return " ".join(clean(text).split())
