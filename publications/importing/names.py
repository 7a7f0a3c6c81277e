"""Names of people as sources write them. Academic degrees and titles fall away; a single name is a family name."""

import re

from publications.importing.records import Contributor

_TITLES = {
    "prof", "dr", "drs", "dra", "ir", "h", "hj", "kh", "tgk", "ust", "rev", "pdt", "mr", "mrs", "ms", "apt", "drg",
    "ns", "hc",
}  # fmt: skip
_ABBREVIATED_DEGREES = {
    "s.sos", "s.sos.i", "s.st", "s.tr.sos", "s.tr", "s.s", "s.h", "s.h.i", "s.hum", "s.e", "s.e.i", "s.pd", "s.pd.i",
    "s.ag", "s.ip",
    "s.i.p", "s.kom", "s.i.kom", "s.kep", "s.ked", "s.km", "s.k.m", "s.psi", "s.si", "s.st.ft", "s.t", "s.tp", "s.p",
    "s.pt",
    "s.th", "s.th.i", "s.gz", "s.farm", "s.ak", "s.akt", "s.ab", "s.ap", "s.stat", "s.mat", "s.sn", "s.ds", "s.fil",
    "s.pi", "s.hut", "s.ars",
    "m.si", "m.pd", "m.pd.i", "m.m", "m.kom", "m.hum", "m.h", "m.ag", "m.kes", "m.ph", "m.a", "m.sc", "m.eng", "m.t",
    "m.ap", "m.ak",
    "m.i.kom", "m.ikom", "m.psi", "m.psi.t", "m.sos", "m.kesos", "m.ps.sp", "m.tr.sos", "m.e", "m.e.i", "m.ec.dev",
    "m.s.e", "m.div", "m.th", "m.p",
    "m.phil", "m.ed", "m.sw", "m.s.w", "m.gz", "m.epid", "m.kep", "m.keb", "m.stat", "m.sn", "m.ds", "m.fil",
    "m.han", "m.i.p", "m.ip", "m.ba", "m.ars",
    "ph.d", "d.phil", "dr.ph", "ed.d", "d.min", "d.th", "b.a", "b.sc", "b.sw", "b.s.w", "a.ks", "a.md", "a.md.kep",
    "a.md.kes",
    "sp.ps", "sp.kj", "sp.a", "sp.pd", "l.lm", "ll.m", "c.s.w", "l.c",
}  # fmt: skip
_DEGREES = {degree.replace(".", "") for degree in _ABBREVIATED_DEGREES} | {"mba", "mph", "msw", "phd", "lc", "psikolog"}
# Without full stops these are also ordinary name parts or initials: a degree only behind a comma.
_ONLY_BEHIND_COMMA = {"sh", "se", "ss", "st", "sp", "ma", "mm", "mt", "mh", "me", "mp", "ba", "lc", "ms", "sst"}
_PARTICLES = {
    "van", "der", "den", "de", "da", "dos", "du", "la", "le", "von", "zu", "zum", "zur", "ten", "ter", "al", "el",
    "bin", "binti",
    "ibn", "ibnu", "bte", "del", "della", "di", "y",
}  # fmt: skip
_SUFFIX = re.compile(r"^(jr|sr|ii|iii|iv)\.?$", re.I)
_ET_AL = re.compile(r"^(et\s+al\.?|dkk\.?|and\s+others|others)$", re.I)
_GLUED_TITLE = re.compile(r"\b(prof|drs|dra|dr|ir|hj)\.(?=\w)", re.I)
_SPACE = re.compile(r"\s+")


def parse_name(text: str) -> Contributor | None:
    """ "Merlindha, Astrini", "Dr. Budi Santoso, M.Si." and "Sukarno"; None if nothing of a name is left."""
    text = _SPACE.sub(" ", _GLUED_TITLE.sub(r"\1. ", text)).strip(" ,;")
    if not text or _ET_AL.match(text):
        return None
    head, *rest = [part.strip() for part in text.split(",")]
    rest = [part for part in rest if part and not is_degrees(part)]
    suffix = next((part for part in rest if _SUFFIX.match(part)), "")
    rest = [part for part in rest if part != suffix]
    if rest:
        return _person(head, _drop_titles(" ".join(rest)), suffix)
    return _split_natural(_drop_titles(head), suffix)


def parse_family_first(text: str) -> Contributor | None:
    """Scopus: "Hull T.H.", "van der Berg J.", "Tukiran"."""
    words = _SPACE.sub(" ", text).strip(" ,;").split(" ")
    initials = len(words)
    while initials > 1 and re.fullmatch(r"(?:[^\W\d_]{1,2}\.-?)+", words[initials - 1]):
        initials -= 1
    return _person(" ".join(words[:initials]), " ".join(words[initials:]))


def is_degrees(text: str) -> bool:
    """Whether what stands behind a comma is nothing but degrees."""
    words = re.split(r"[\s,/]+", text.strip())
    return bool(words) and all(_bare(word) in _DEGREES for word in words if word)


def _bare(word: str) -> str:
    return word.casefold().replace(".", "").replace("(", "").replace(")", "")


def _drop_titles(text: str) -> str:
    words, dropped = text.split(" "), False
    while len(words) > 1 and _is_title(words[0], after_title=dropped):
        words, dropped = words[1:], True
    while len(words) > 1 and _is_trailing_degree(words[-1]):
        words = words[:-1]
    return " ".join(words)


def _is_title(word: str, after_title: bool) -> bool:
    """ "Dr.", "Prof", "Dra.Hj."; a lone "H." is an initial unless it follows another title."""
    parts = [part for part in word.casefold().split(".") if part]
    if parts == ["h"]:
        return after_title
    return bool(parts) and all(part in _TITLES for part in parts)


def _is_trailing_degree(word: str) -> bool:
    bare = _bare(word)
    if bare not in _DEGREES:
        return False
    return "." in word.rstrip(".") or (bare not in _ONLY_BEHIND_COMMA and sum(map(str.isupper, word)) > 1)


def _split_natural(text: str, suffix: str = "") -> Contributor | None:
    """Given names first; lower-case particles belong to the family name."""
    words = text.split(" ")
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES and words[start - 1].islower():
        start -= 1
    return _person(" ".join(words[start:]), " ".join(words[:start]), suffix)


def _person(family: str, given: str, suffix: str = "") -> Contributor | None:
    family, given = family.strip(" .,"), given.strip(" ,")
    if not family:
        family, given = given, ""
    if suffix:
        family = f"{family} {suffix}"
    return Contributor(family=family, given=given) if any(map(str.isalpha, family + given)) else None
