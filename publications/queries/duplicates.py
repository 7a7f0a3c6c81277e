"""Works that may be the same as a version: same file, same DOI, or near-same title with a shared author.

A warning, never a block. It stays cheap in a large repository: two lookups by index, then only the titles of those who
share a name with the version's authors are compared.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from accounts.models import User
from publications.models import Contributor, File, Identifier, IdentifierScheme, Output, Version
from publications.states import OutputState, VersionState

NEAR = 90.0  # of 100, by rapidfuzz
SHORTEST_TITLE = 12  # letters; "Kata pengantar" by namesakes says nothing
MOST_CANDIDATES = 5000
MOST_SHOWN = 5


class Reason(StrEnum):
    FILE = "file"
    DOI = "doi"
    TITLE = "title"

    @property
    def label(self) -> Promise:
        return _LABELS[self]


_WORDS = re.compile(r"[^\W_]+")
_LABELS: dict[Reason, Promise] = {
    Reason.FILE: _("the same file"),
    Reason.DOI: _("the same DOI"),
    Reason.TITLE: _("nearly the same title and a shared author"),
}


@dataclass(frozen=True)
class Duplicate:
    """`version` may be named to the reader only if `is_visible`; else it is just "a paper in the queue"."""

    version: Version
    reasons: tuple[Reason, ...]
    is_visible: bool

    @property
    def output(self) -> Output:
        return self.version.output


def find_duplicates(version: Version, user: User | None = None) -> list[Duplicate]:
    """The strongest first. Without `user` everything may be named (curators)."""
    reasons: dict[int, set[Reason]] = {}
    for reason, found in (
        (Reason.FILE, _same_file(version)),
        (Reason.DOI, _same_doi(version)),
        (Reason.TITLE, _near_title(version)),
    ):
        for pk in found:
            reasons.setdefault(pk, set()).add(reason)
    others = Version.objects.filter(pk__in=reasons).select_related("output", "output__current")
    duplicates = _one_of_each_output(others, reasons, user)
    return sorted(duplicates, key=lambda d: (min(_RANK[r] for r in d.reasons), d.version.pk))[:MOST_SHOWN]


_RANK = {reason: place for place, reason in enumerate(Reason)}


def _one_of_each_output(
    versions: Iterable[Version], reasons: dict[int, set[Reason]], user: User | None
) -> list[Duplicate]:
    by_output: dict[int, tuple[Version, set[Reason]]] = {}
    for other in sorted(versions, key=lambda v: v.number):
        known = by_output.get(other.output_id)
        by_output[other.output_id] = (other, reasons[other.pk] | (known[1] if known else set()))
    visible = _visible(by_output, user)
    return [
        Duplicate(other, tuple(sorted(why, key=lambda r: _RANK[r])), other.output_id in visible)
        for other, why in by_output.values()
    ]


def _visible(output_ids: Iterable[int], user: User | None) -> set[int]:
    ids = list(output_ids)
    if user is None or not ids:
        return set(ids)
    named = Output.objects.visible_to(user) | Output.objects.filter(state=OutputState.WITHDRAWN)
    return set(named.filter(pk__in=ids).values_list("pk", flat=True))


def _others(version: Version) -> "QuerySet[Version]":
    """What is public or was handed in by anybody, and the owner's own drafts; those of others stay theirs."""
    handed_in = Q(state__in=[VersionState.SUBMITTED, VersionState.RETURNED, VersionState.PUBLISHED])
    own = Q(output__owner=version.output.owner_id)
    return Version.objects.filter(handed_in | own).exclude(output=version.output_id)


def _same_file(version: Version) -> set[int]:
    hashes = list(version.files.values_list("blob__sha256", flat=True))
    if not hashes:
        return set()
    holders = File.objects.filter(blob__sha256__in=hashes).values("version")
    return set(_others(version).filter(pk__in=holders).values_list("pk", flat=True))


def _same_doi(version: Version) -> set[int]:
    dois = list(version.identifiers.filter(scheme=IdentifierScheme.DOI).values_list("value", flat=True))
    if not dois:
        return set()
    holders = Identifier.objects.filter(scheme=IdentifierScheme.DOI, value__in=dois).values("version")
    return set(_others(version).filter(pk__in=holders).values_list("pk", flat=True))


def _near_title(version: Version) -> set[int]:
    titles = _normalised(version.title_id, version.title_en)
    names = _spellings(version.contributors.values_list("family_name", flat=True))
    if not titles or not names:
        return set()
    namesakes = Contributor.objects.filter(family_name__in=names).values("version")
    candidates = _others(version).filter(pk__in=namesakes).order_by("-pk")
    rows = candidates.values_list("pk", "title_id", "title_en")[:MOST_CANDIDATES]
    return {pk for pk, title_id, title_en in rows if _is_near(titles, _normalised(title_id, title_en))}


def _spellings(names: Iterable[str]) -> set[str]:
    """As typed, and in the other cases that sources use; an index finds them."""
    return {spelling for name in names if name for spelling in (name, name.lower(), name.upper(), name.title())}


def _normalised(*titles: str) -> list[str]:
    return [text for title in titles if len(text := normalise_title(title)) >= SHORTEST_TITLE]


def normalise_title(title: str) -> str:
    """Letters and digits alone, without case and marks."""
    plain = title.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(plain))


def _is_near(mine: list[str], theirs: list[str]) -> bool:
    return any(_similar(a, b) for a in mine for b in theirs)


def _similar(a: Any, b: Any) -> bool:
    """Words in another order, or letters in the same order however they are parted: TF-IDF, TFIDF."""
    return fuzz.token_sort_ratio(a, b, score_cutoff=NEAR) > 0 or fuzz.ratio(a, b, score_cutoff=NEAR) > 0
