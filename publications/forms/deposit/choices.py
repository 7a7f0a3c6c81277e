"""What the deposit form offers to choose from, read once for a page."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from publications.languages import language_name
from publications.models import RelationKind
from publications.states import Access
from taxonomy.models import Licence, Method, OutputType, Pillar, Pmks, Province, Psks, Service, Term

# What research on Indonesia is mostly written in comes first.
LANGUAGES = (
    "id", "en", "ms", "jv", "su", "min", "ban", "bug", "ace", "mad", "ar", "nl", "de", "fr", "pt", "zh", "ja", "ko",
    "mul",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    terms: list[Any]


class Choices:
    """The active terms of each vocabulary, and retired ones that the version already has."""

    def __init__(self, used: dict[str, Any]) -> None:
        self.used = used

    def _terms(self, model: type[Term], block: str, *related: str) -> list[Any]:
        value = self.used.get(block) or []
        used = {value} if isinstance(value, str) else set(value)
        terms = model._default_manager.select_related(*related) if related else model._default_manager.all()
        return [term for term in terms if term.retired_on is None or term.code in used]

    @cached_property
    def types(self) -> list[Any]:
        return self._terms(OutputType, "type")

    @cached_property
    def type_groups(self) -> list[Group]:
        return [
            Group(_("Most used"), [term for term in self.types if term.is_core]),
            Group(_("Others"), [term for term in self.types if not term.is_core]),
        ]

    @cached_property
    def licences(self) -> list[Any]:
        return self._terms(Licence, "licence")

    @cached_property
    def pmks(self) -> list[Any]:
        return self._terms(Pmks, "pmks", "cluster")

    @cached_property
    def pmks_groups(self) -> list[Group]:
        kinds = sorted(self.pmks, key=lambda kind: (kind.cluster.position, kind.position))
        return _grouped(kinds, lambda kind: kind.cluster.label)

    @cached_property
    def psks(self) -> list[Any]:
        return self._terms(Psks, "psks")

    @cached_property
    def pillars(self) -> list[Any]:
        return self._terms(Pillar, "pillars")

    @cached_property
    def services(self) -> list[Any]:
        return self._terms(Service, "services", "pillar")

    @cached_property
    def service_groups(self) -> list[tuple[Any, list[Any]]]:
        """Each pillar with its services."""
        return [(pillar, [s for s in self.services if s.pillar_id == pillar.pk]) for pillar in self.pillars]

    @cached_property
    def provinces(self) -> list[Any]:
        return self._terms(Province, "provinces")

    @cached_property
    def province_groups(self) -> list[Group]:
        return _grouped(self.provinces, lambda province: province.island_group)

    @cached_property
    def methods(self) -> list[Any]:
        return self._terms(Method, "methods")

    @cached_property
    def method_groups(self) -> list[Group]:
        return [
            Group(_("Design"), [method for method in self.methods if not method.is_technique]),
            Group(_("Ways of collecting data"), [method for method in self.methods if method.is_technique]),
        ]

    def languages(self) -> list[tuple[str, str]]:
        current = self.used.get("language") or ""
        extra = [current] if current and current not in LANGUAGES else []
        names = {"mul": _("several languages")}
        return [(code, names.get(code) or language_name(code)) for code in (*LANGUAGES, *extra)]

    def labels(self, block: str) -> dict[str, str]:
        """{code: name} of what a block may hold."""
        if block == "language":
            return dict(self.languages())
        if block == "access":
            return {code: str(name) for code, name in Access.choices}
        if block == "relations":
            return {code: str(name) for code, name in RelationKind.choices}
        terms = getattr(self, {"type": "types", "licence": "licences"}.get(block, block), ())
        return {term.code: term.label for term in terms} if isinstance(terms, list) else {}


def _grouped(terms: Iterable[Any], name_of: Callable[[Any], str]) -> list[Group]:
    """In the order in which the groups first appear."""
    groups: dict[str, Group] = {}
    for term in terms:
        name = name_of(term)
        groups.setdefault(name, Group(name, [])).terms.append(term)
    return list(groups.values())
