"""The terms that the map and its filters are made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

KINDS = ("cluster", "pmks", "pillar", "service", "outcome", "province", "method", "outputtype")
NOT_TOLD = "tidak-disebut"


@dataclass(frozen=True, slots=True)
class Term:
    """`parent`: the cluster of a PMKS, the pillar of a service, the broader method."""

    pk: int
    kind: str
    code: str
    slug: str
    label_id: str
    label_en: str
    parent: int | None = None
    is_retired: bool = False

    @property
    def label(self) -> str:
        return self.label_en if self.label_en and get_language() == "en" else self.label_id

    def __str__(self) -> str:
        return self.label


class Vocabulary:
    """All terms of the kinds above, each kind in its order."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms: dict[str, list[Term]] = {kind: [] for kind in KINDS}
        for term in terms:
            self.terms[term.kind].append(term)

    @cached_property
    def by_slug(self) -> dict[str, dict[str, Term]]:
        return {kind: {term.slug: term for term in terms} for kind, terms in self.terms.items()}

    @cached_property
    def by_pk(self) -> dict[str, dict[int, Term]]:
        return {kind: {term.pk: term for term in terms} for kind, terms in self.terms.items()}

    def offered(self, kind: str) -> list[Term]:
        return [term for term in self.terms[kind] if not term.is_retired]

    def ids(self, kind: str, slugs: Iterable[str]) -> list[int]:
        known = self.by_slug[kind]
        return [known[slug].pk for slug in slugs if slug in known]

    def with_narrower(self, kind: str, slugs: Iterable[str]) -> list[int]:
        """Also the terms below them, however deep."""
        found = set(self.ids(kind, slugs))
        while more := {term.pk for term in self.terms[kind] if term.parent in found} - found:
            found |= more
        return sorted(found)
