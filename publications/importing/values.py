"""Single values: cleaning, splitting, identifiers in canonical form."""

import re
import unicodedata
from urllib.parse import unquote, urlsplit

from stdnum import isbn, issn
from stdnum.exceptions import ValidationError

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_ANY_SPACE = re.compile(r"\s+")
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>{}|\\^`]+")
_DOI_PREFIX = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:?\s*)+", re.I)
_NOTHING = {"", "-", "–", "—", "n/a", "na", "null", "none", "[no abstract available]", "[no title available]"}
_LANGUAGES = {
    "indonesian": "id", "bahasa indonesia": "id", "indonesia": "id", "ind": "id", "in": "id", "english": "en",
    "inggris": "en",
    "bahasa inggris": "en", "eng": "en", "french": "fr", "prancis": "fr", "fre": "fr", "fra": "fr", "german": "de",
    "jerman": "de",
    "ger": "de", "deu": "de", "dutch": "nl", "belanda": "nl", "dut": "nl", "nld": "nl", "malay": "ms",
    "melayu": "ms", "may": "ms", "msa": "ms",
    "arabic": "ar", "arab": "ar", "ara": "ar", "chinese": "zh", "tionghoa": "zh", "chi": "zh", "zho": "zh",
    "japanese": "ja",
    "jepang": "ja", "jpn": "ja", "javanese": "jv", "jawa": "jv", "jav": "jv", "sundanese": "su", "sunda": "su",
    "sun": "su",
    "spanish": "es", "spanyol": "es", "spa": "es", "portuguese": "pt", "portugis": "pt", "por": "pt", "korean": "ko",
    "korea": "ko",
    "russian": "ru", "rusia": "ru", "rus": "ru", "thai": "th", "vietnamese": "vi", "minangkabau": "min",
    "bali": "ban", "aceh": "ace",
}  # fmt: skip


def clean(text: str) -> str:
    """One line, in NFC, without control characters or halves of surrogate pairs."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    text = _ANY_SPACE.sub(" ", _CONTROL.sub("", text)).strip()
    return unicodedata.normalize("NFC", text)


def clean_paragraphs(text: str) -> str:
    """As `clean`, but line breaks stay, at most one empty line in a row."""
    if "\n" not in text and "\r" not in text:
        return clean(text)
    lines = [
        _SPACES.sub(" ", line).strip()
        for line in _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    ]
    return unicodedata.normalize("NFC", re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip())


def something(text: str) -> str:
    """Empty for the many ways of writing that there is nothing."""
    return "" if text.casefold() in _NOTHING else text


def split_values(text: str, separators: str = ";") -> list[str]:
    pattern = f"[{re.escape(separators)}\n]"
    return [value for part in re.split(pattern, text) if (value := something(clean(part)))]


def parse_doi(text: str) -> str:
    """In lower case and without prefix; empty if it is none."""
    text = _DOI_PREFIX.sub("", unquote(text.strip()) if "%" in text else text.strip())
    match = _DOI.fullmatch(text.rstrip(".,;"))
    return match[0].lower() if match else ""


def parse_isbn(text: str) -> str:
    """As ISBN-13 without hyphens; empty if a digit is wrong."""
    try:
        return str(isbn.to_isbn13(isbn.validate(re.sub(r"\(.*?\)|^isbn[-:\s\d]{0,4}:", "", text, flags=re.I).strip())))
    except ValidationError:
        return ""


def parse_issn(text: str) -> str:
    """As 1234-5678; empty if a digit is wrong."""
    try:
        return str(issn.format(issn.validate(re.sub(r"\(.*?\)|^[ep]?-?issn:?|\s", "", text, flags=re.I).zfill(8))))
    except ValidationError:
        return ""


def parse_url(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc and " " not in text else ""


def parse_language(text: str) -> str:
    """ISO 639-1, else 639-3; empty if it is no language."""
    text = text.casefold().strip()
    if code := _LANGUAGES.get(text):
        return code
    text = re.split(r"[-_;,/]", text)[0].strip()
    return _LANGUAGES.get(text) or (text if re.fullmatch(r"[a-z]{2,3}", text) else "")
