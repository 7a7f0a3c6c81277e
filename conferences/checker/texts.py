"""What in a manuscript's words tells who wrote it: pure functions over the text of its pages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MOST = 60
SHORTEST_NAME = 4
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dXx]\b")
THANKS = re.compile(
    r"^\s*(?:\d+[.)]?\s*)?(ucapan terima ?kasih|terima kasih kepada|acknowledge?ments?|funding|pendanaan|"
    r"tentang penulis|biodata penulis|about the authors?)\b",
    re.IGNORECASE | re.MULTILINE,
)
OWN_WORK = re.compile(
    r"\b(?:our|my) (?:earlier|previous|prior|own|former|recent) (?:work|stud(?:y|ies)|research|papers?|findings?)\b"
    r"|\b(?:penelitian|studi|kajian|karya|tulisan|makalah|temuan) (?:kami|saya|penulis) (?:sebelumnya|terdahulu)\b"
    r"|\b(?:penelitian|studi|kajian) (?:terdahulu|sebelumnya) (?:kami|saya|penulis)\b"
    r"|\b(?:as we|we have) (?:previously )?(?:shown|reported|argued) (?:elsewhere|earlier|before|previously)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """An author as the submission names her."""

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    orcid: str = ""
    affiliations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Warned:
    kind: str  # name, affiliation, email, orcid, thanks, own_work
    text: str
    page: int | None


def plain(text: str) -> str:
    """Without accents, capitals, line breaks and the hyphens at them."""
    joined = re.sub(r"(?<=\w)[-\u00ad\u2010]\s*\n\s*(?=\w)", "", text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", joined) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def warnings(pages: Iterable[tuple[int | None, str]], authors: Iterable[Known]) -> list[Warned]:
    """Each thing once a page, in the order of the pages; at most `MOST`."""
    sought = [*_sought(authors)]
    found: dict[Warned, None] = {}
    for number, text in pages:
        for warned in _of_page(number, text, sought):
            found.setdefault(warned)
            if len(found) == MOST:
                return list(found)
    return list(found)


def _sought(authors: Iterable[Known]) -> Iterator[tuple[str, str, re.Pattern[str]]]:
    """(kind, as written, what to look for)"""
    for author in authors:
        whole = f"{author.given_name} {author.family_name}".strip()
        parts = [whole, f"{author.family_name}, {author.given_name}".strip(", ")]
        parts += [name for name in (author.family_name, *author.given_name.split()) if len(name) >= SHORTEST_NAME]
        for kind, texts in (
            ("name", parts), ("affiliation", author.affiliations), ("email", [author.email]), ("orcid", [author.orcid]),
        ):  # fmt: skip
            for text in dict.fromkeys(texts):
                if bare := plain(text):
                    yield kind, text, re.compile(rf"(?<!\w){re.escape(bare)}(?!\w)")


def _of_page(number: int | None, text: str, sought: list[tuple[str, str, re.Pattern[str]]]) -> Iterator[Warned]:
    bare = plain(text)
    for kind, written, pattern in sought:
        if pattern.search(bare):
            yield Warned(kind, written[:200], number)
    for kind, expression in (("email", EMAIL), ("orcid", ORCID), ("thanks", THANKS), ("own_work", OWN_WORK)):
        for match in expression.finditer(text):
            yield Warned(kind, " ".join(match.group(0).split())[:200], number)
