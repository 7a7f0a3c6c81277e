"""Names of authors from the lines below a title: without degrees, marks and addresses. One name alone is a name too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

AFFILIATION = re.compile(
    r"\b(universit\w*|institut\w*|jurusan|fakultas|faculty|departe?men\w*|department|politeknik|polytechnic|poltek\w*|"
    r"program studi|prodi|jalan|jl\.?|badan|balai|kementerian|ministry|pusat|cent(?:er|re)|school|college|sekolah|"
    r"dinas|laborator\w*|corporation|corp|inc|ltd|organi[sz]ation|akademi|academy|stik\w*|stie\w*|iain|uin|lembaga|"
    r"yayasan|foundation|hospital|rumah sakit|puslit\w*|direktorat|street|kampus|campus|indonesia|e-?mail|surel|"
    r"kota|kabupaten|provinsi|email|orcid|afiliasi|affiliation|nim|npm|nip|pt)\b|@|https?:",
    re.IGNORECASE,
)
PREFIX = re.compile(
    r"^(?:prof(?:essor)?|dr|drs|dra|drg|ir|hj|h|kh|ust|apt|ns|ners|tgk|rr|mr|mrs|ms)\.\s*|^(?:prof(?:essor)?|dr|ir|drs|dra|hj)\s+",
    re.IGNORECASE,
)
DEGREE = re.compile(
    r"^(?:(?:[SMADB]|Sp|Dip|Grad)\.? ?-?(?:Sos|Si|Pd|Psi|Kom|Kes|Kep|Keb|Hum|Ag|Th|Farm|Ked|Gz|Tr|Kesos|Md|Sc|Eng|Res|"
    r"Stat|Mat|Par|Sn|Ds|Ak|Akt|Fil|Akun|Pt|Pi|Hut|Kn|Han|Phil|Ec|Dev|Ikom|Biomed|Ars|Arch|Kp|Kedt|Keu|Pol|Soc|Ed|"
    r"Pem|Psych|Log|Int|Adm|Fis|Ling|Rer|Sy|Us|Ud|Hub|Hi|Ap|Ip|Ik|Mn|Ter|Ptk)(?:\. ?[A-Z][A-Za-z]{0,4})*\.?|"
    r"(?:[SMADB]|Sp)\. ?[A-Z]{1,3}(?:\. ?[A-Z][A-Za-z]{0,5})*\.?|Ph\.? ?D|D\.? ?Phil|D\.Sc|DEA|Lc|MSW|BSW|MBA|MPA|MPP|"
    r"MPH|MPS|MM|MT|MH|MA|ST|SE|SH|SKM|SP|SSTP?|SIP|CFrA|CHRA|IPM|ITILF|CPA|CA|Ak|Jr|Sr|Psikolog|AKS|"
    r"Pekerja Sosial)\.?$"
)
MARKS = re.compile(r"\[\s*[\d*,]+\s*\]|\(\s*[\d*]+\s*\)|\d+\s*\)?|[*∗†‡§¶#+$^|©®✉✻]+|\)|\(")
SEPARATOR = re.compile(r"\s*[,;•·]\s*|\s+(?:and|dan|serta)\s+|\s*&\s*|\s+/\s+", re.IGNORECASE)
LABEL = re.compile(
    r"^(?:disusun oleh|penulis|oleh|authors?|nama|by|ditulis oleh|peneliti|tim penulis)\s*:?\s*$|"
    r"^(?:disusun oleh|penulis|oleh|authors?|by|ditulis oleh)\s*:?\s+",
    re.IGNORECASE,
)
LEADING_AND = re.compile(r"^(?:and|dan|serta|&)\s+", re.IGNORECASE)
NO_NAME = re.compile(
    r"^(?:abstra\w*|intisari|table|tabel|number|nomor|no|nama|name|document|dokumen|conference|papers?|total|tahun|year|"
    r"excluded|januar[iy]|februar[iy]|mar(?:ch|et)|april|may|mei|jun[ei]|jul[iy]|august|agustus|september|o[ck]tober|"
    r"november|de[cs]ember|jurnal|journal|volume|the|of|yang|di|dari|untuk|pada|article|info|history)$",
    re.IGNORECASE,
)
NAME_WORD = re.compile(r"^(?:[A-ZÀ-ÖØ-Þ][\w'’`.\-]*|bin|binti|van|von|de|del|der|di|la|ter|den|al-\w+|el-\w+|d'\w+)$")
PARTICLES = frozenset(("bin", "binti", "van", "von", "de", "del", "der", "di", "la", "ter", "den", "al", "el"))
MOST_WORDS = 7
NUMBERED = re.compile(r"^\W{0,2}\d")
SMALLER = 0.92


@dataclass(frozen=True, slots=True)
class Name:
    given_name: str
    family_name: str

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def looks_like_affiliation(text: str) -> bool:
    """Judged by words that stand in addresses; a long title may well contain one of them."""
    found = AFFILIATION.search(text)
    if not found:
        return False
    return len(text.split()) <= 4 or "@" in text or not text[: found.start()].strip(" 0123456789.,()[]*")


def looks_like_names(text: str) -> bool:
    parts = [part for part in SEPARATOR.split(MARKS.sub(",", text)) if part]
    return len(parts) >= 2 and all(parse_name(part) or DEGREE.match(part) for part in parts)


def find_authors(lines: Iterable[tuple[str, float]]) -> list[Name]:
    """Lines (with their size) from below the title downwards, without raised marks; stops at the first that is no name.

    Names may be followed by lines that could be names but are places of work: those are smaller, or numbered.
    """
    names: list[Name] = []
    first_size = 0.0
    for line, size in lines:
        text = LABEL.sub("", line.strip())
        if not text:
            continue
        smaller = first_size and size < SMALLER * first_size
        found = [] if smaller or AFFILIATION.search(text) or (names and NUMBERED.match(text)) else names_of(text)
        if found:
            first_size = first_size or size
            names += [name for name in found if name not in names]
        elif names:
            break
    return names


def names_of(line: str) -> list[Name]:
    """Every name of a line, or none when something in it is no name."""
    found: list[Name] = []
    for part in SEPARATOR.split(MARKS.sub(",", line)):
        part = LEADING_AND.sub("", part.strip())
        words = part.strip(" .-–:")
        # Nobody's degree stands first: a short name in capitals does.
        is_degree = DEGREE.match(part.strip()) or DEGREE.match(words)
        if not words or (is_degree and (found or "." in part)):
            continue
        name = parse_name(part)
        if name is None:
            return []
        found.append(name)
    return found


def parse_name(text: str) -> Name | None:
    words = _without_degrees(text.strip(" ,;:-–"))
    if not 1 <= len(words) <= MOST_WORDS or not all(NAME_WORD.match(word) for word in words):
        return None
    if any(NO_NAME.match(word.strip(".")) for word in words):
        return None
    if sum(character.isalpha() for word in words for character in word) < 3:
        return None
    if all(word.isupper() and len(word) > 2 for word in words):
        words = [word.title() for word in words]
    return _split(words)


def _without_degrees(text: str) -> list[str]:
    while (shorter := PREFIX.sub("", text)) != text:
        text = shorter
    words = text.split()
    while len(words) > 1 and DEGREE.match(words[-1]) and ("." in words[-1] or words[-1].isupper()):
        words.pop()
    return words


def _split(words: list[str]) -> Name:
    """The last word is the family name as libraries enter it; a particle before it belongs to it."""
    cut = len(words) - 1
    while cut > 1 and words[cut - 1].lower() in PARTICLES:
        cut -= 1
    return Name(" ".join(words[:cut]), " ".join(words[cut:]))
