"""What the dashboard is asked for, wholly as the address says it, and the lists behind its numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from evidence.mapping.asked import Asked as FindingsAsked
from evidence.mapping.asked import Notice
from evidence.mapping.vocabulary import Term, Vocabulary

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
KINDS = {"klaster": "cluster", "pilar": "pillar", "provinsi": "province"}
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters choose publications; findings by what they say themselves, and by the year of their paper."""

    cluster: Term | None = None
    pillar: Term | None = None
    province: Term | None = None
    year_from: int | None = None
    year_to: int | None = None
    notices: tuple[Notice, ...] = ()

    @property
    def pairs(self) -> list[Pair]:
        """The parameters of the address, in an order that is always the same."""
        terms = {"klaster": self.cluster, "pilar": self.pillar, "provinsi": self.province}
        return [(name, term.slug) for name, term in terms.items() if term] + self.years

    @property
    def years(self) -> list[Pair]:
        return [(name, str(y)) for name, y in (("dari", self.year_from), ("sampai", self.year_to)) if y is not None]

    @property
    def query(self) -> str:
        """With its question mark; nothing where nothing is asked."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.pairs)

    @property
    def is_about_papers(self) -> bool:
        """Whether more is asked than a cluster: what is not said of a publication then stays as it is."""
        return bool(self.pillar or self.province or self.years)

    # --- the terms that are left

    def people(self, known: Vocabulary) -> list[Term]:
        terms = known.terms["pmks"]
        return [term for term in terms if term.parent == self.cluster.pk] if self.cluster else terms

    def services(self, known: Vocabulary) -> list[Term]:
        terms = known.terms["service"]
        return [term for term in terms if term.parent == self.pillar.pk] if self.pillar else terms

    def pillars(self, known: Vocabulary) -> list[Term]:
        return [self.pillar] if self.pillar else known.terms["pillar"]

    def provinces(self, known: Vocabulary) -> list[Term]:
        return [self.province] if self.province else known.terms["province"]

    # --- the lists behind the numbers: each says the same number

    def findings(self, known: Vocabulary, *more: Pair) -> FindingsAsked:
        chosen = [("klaster", self.cluster.slug)] if self.cluster else []
        chosen += [("provinsi", self.province.slug)] if self.province else []
        chosen += [("layanan", service.slug) for service in self.services(known)] if self.pillar else []
        return FindingsAsked(tuple(dict.fromkeys((*chosen, *more))), self.year_from, self.year_to)

    def findings_url(self, known: Vocabulary, *more: Pair) -> str:
        asked = self.findings(known, *more)
        return reverse("evidence:finding_list") + (asked.query() if asked.pairs() else "")

    def outputs_url(self, known: Vocabulary, *more: Pair) -> str:
        """The list knows clusters by a wider meaning, so their PMKS are named one by one."""
        names = {name for name, _value in more}
        pairs = [("pmks", term.slug) for term in self.people(known)] if self.cluster and "pmks" not in names else []
        pairs += [("pilar", self.pillar.slug)] if self.pillar and "pilar" not in names else []
        pairs += [("provinsi", self.province.slug)] if self.province and "provinsi" not in names else []
        pairs += self.years if "tahun" not in names else []
        return _address("publications:list", [*pairs, *more])


def _address(name: str, pairs: Iterable[Pair]) -> str:
    query = urlencode(list(pairs))
    return f"{reverse(name)}?{query}" if query else reverse(name)


def read(query: QueryDict, known: Vocabulary) -> Asked:
    """Never raises: what makes no sense is left out, and told in `notices`."""
    notices: list[Notice] = []
    terms: dict[str, Term | None] = {}
    for name, kind in KINDS.items():
        value = query.get(name, "")
        terms[kind] = known.by_slug[kind].get(value)
        if value and not terms[kind]:
            notices.append(Notice(name, value))
    years = [_year(query, name, notices) for name in ("dari", "sampai")]
    if None not in years:
        years.sort(key=lambda year: year or 0)
    return Asked(**terms, year_from=years[0], year_to=years[1], notices=tuple(notices))


def _year(query: QueryDict, name: str, notices: list[Notice]) -> int | None:
    value = query.get(name, "").strip()
    if _YEAR.fullmatch(value):
        return int(value)
    if value:
        notices.append(Notice(name, value))
    return None
