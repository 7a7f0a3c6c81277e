"""What people type: words, "a phrase", -not, one OR other, penulis:, judul:, tahun:2015..2020.

Whatever makes no sense in it is words; nothing is ever an error.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from search import analysis

PEOPLE, TITLE, YEAR = "people", "title", "year"
_FIELDS = {"penulis": PEOPLE, "author": PEOPLE, "judul": TITLE, "title": TITLE, "tahun": YEAR, "year": YEAR}
_OR = frozenset({"OR", "ATAU"})
_QUOTES = '"“”„«»'
_TOKEN = re.compile(
    rf"(?P<minus>(?<!\S)[-−–])?(?:(?P<field>{'|'.join(_FIELDS)}):)?"
    rf"(?:[{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]|(?P<word>[^\s{_QUOTES}]+))",
    re.IGNORECASE,
)
_YEARS = re.compile(r"(\d{4})?(\.\.|-|–)?(\d{4})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Words that belong together: a run of plain words, a phrase, or the words of a field. `start` is their place."""

    text: str
    start: int
    field: str = ""
    is_phrase: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Every clause has to be met, by any of its parts; none of `excluded` may be. `years` are from–to, any of them."""

    text: str
    clauses: tuple[tuple[Part, ...], ...] = ()
    excluded: tuple[Part, ...] = ()
    years: tuple[tuple[int | None, int | None], ...] = ()

    @property
    def wanted(self) -> Iterator[Part]:
        return (part for clause in self.clauses for part in clause)


class _Token(NamedTuple):
    part: Part
    end: int
    is_excluded: bool
    is_or: bool
    years: tuple[int | None, int | None] | None


def parse(text: str) -> Asked:
    tokens = [_token(match, text) for match in _TOKEN.finditer(text)]
    wanted = [token for token in tokens if not token.is_excluded and token.years is None]
    return Asked(
        text,
        clauses=tuple(_clauses(text, wanted)),
        excluded=tuple(token.part for token in tokens if token.is_excluded and not token.years),
        years=tuple(token.years for token in tokens if token.years and not token.is_excluded),
    )


def _token(match: re.Match[str], text: str) -> _Token:
    field = _FIELDS.get((match["field"] or "").casefold(), "")
    is_phrase = match["phrase"] is not None
    content, start = (match["phrase"], match.start("phrase")) if is_phrase else (match["word"], match.start("word"))
    years = _years(content) if field == YEAR else None
    if field == YEAR and years is None:  # tahun:lalu
        field, content, start = "", text[match.start("field") : match.end()], match.start("field")
    is_excluded = bool(match["minus"]) and bool(analysis.exact(content))
    is_or = content in _OR and not (is_phrase or field or is_excluded)
    return _Token(Part(content, start, field, is_phrase), match.end(), is_excluded, is_or, years)


def _years(text: str) -> tuple[int | None, int | None] | None:
    found = _YEARS.fullmatch(text)
    if found is None or not (found[1] or found[3]) or (found[1] and found[3] and not found[2]):
        return None
    first, last = (int(year) if year else None for year in (found[1], found[3]))
    if not found[2]:
        return first, first
    if first and last and first > last:
        return last, first
    return first, last


def _clauses(text: str, tokens: list[_Token]) -> Iterator[tuple[Part, ...]]:
    """OR binds its two neighbours; plain words in between are one run, so that terms of several words are seen."""
    run: list[_Token] = []
    at = 0
    while at < len(tokens):
        group = [tokens[at]]
        while at + 2 < len(tokens) and tokens[at + 1].is_or and not tokens[at + 2].is_or and not group[0].is_or:
            group.append(tokens[at + 2])
            at += 2
        at += 1
        parts = tuple(token.part for token in group if analysis.exact(token.part.text))
        if not parts:
            continue
        plain = len(group) == 1 and not parts[0].is_phrase and not parts[0].field
        if plain:
            run.append(group[0])
            continue
        yield from _run(text, run)
        run = []
        yield parts
    yield from _run(text, run)


def _run(text: str, tokens: list[_Token]) -> Iterator[tuple[Part, ...]]:
    if tokens:
        start = tokens[0].part.start
        # What was asked for otherwise in between (-not, tahun:) is blanked out, and places stay what they are.
        kept = list(" " * (tokens[-1].end - start))
        for token in tokens:
            begin = token.part.start - start
            kept[begin : begin + len(token.part.text)] = token.part.text
        yield (Part("".join(kept), start),)
