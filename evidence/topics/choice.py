"""Which of a topic's findings are asked for, wholly as the address says it.

The parameters begin with `temuan-`, since those of the list of publications stand in the same address.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from evidence.mapping.vocabulary import Vocabulary
from evidence.models import Direction, Level
from evidence.topics.light import Light

PREFIX = "temuan-"
PAGE_SIZE = 6
COST, HARMS = "biaya", "dampak"
NO_COST, NO_HARMS = "tanpa-biaya", "tanpa-dampak"
UNRATED = "belum"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a parameter; empty where it does not narrow."""

    pilar: str = ""
    layanan: str = ""
    arah: str = ""
    luaran: str = ""
    yakin: str = ""
    sebut: str = ""
    page: int = 1

    @classmethod
    def read(cls, query: Any, vocabulary: Callable[[], Vocabulary]) -> Self:
        """What is no value of its parameter is left out. The vocabulary is asked only where there is something."""
        given = {name: query.get(PREFIX + name, "") for name in (*NAMES, "halaman")}
        if not any(given.values()):
            return cls()
        text = given.pop("halaman")
        page = int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 6 else 1
        allowed = _allowed(vocabulary())
        return cls(
            **{name: value if value in allowed[name] else "" for name, value in given.items()}, page=max(1, page)
        )

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in NAMES)

    @property
    def is_plain(self) -> bool:
        return self == Choice()

    def with_(self, name: str, value: str) -> "Choice":
        """The first page with this value, or without one; another pillar lets go of the service."""
        changes = {name: value, **({"layanan": ""} if name == "pilar" else {})}
        return replace(self, page=1, **changes)

    @property
    def query(self) -> str:
        """With the question mark; nothing for all findings."""
        pairs = [(PREFIX + name, value) for name in NAMES if (value := getattr(self, name))]
        pairs += [(f"{PREFIX}halaman", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""


NAMES = ("pilar", "layanan", "arah", "luaran", "yakin", "sebut")
LEVELS = {str(level.value): level for level in reversed(Level)}


def _allowed(vocabulary: Vocabulary) -> dict[str, Iterable[str]]:
    return {
        "pilar": vocabulary.by_slug["pillar"],
        "layanan": vocabulary.by_slug["service"],
        "arah": set(Direction.values),
        "luaran": vocabulary.by_slug["outcome"],
        "yakin": {*LEVELS, UNRATED},
        "sebut": {COST, HARMS, NO_COST, NO_HARMS},
    }


class Values:
    """What a finding has for each parameter."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.services, self.outcomes = vocabulary.by_pk["service"], vocabulary.by_pk["outcome"]
        self.pillars = vocabulary.by_pk["pillar"]

    def of(self, finding: Light) -> dict[str, tuple[str, ...]]:
        service = self.services.get(finding.service or 0)
        pillar = self.pillars.get(service.parent or 0) if service else None
        outcome = self.outcomes.get(finding.outcome or 0)
        return {
            "pilar": (pillar.slug,) if pillar else (),
            "layanan": (service.slug,) if service else (),
            "arah": (finding.direction,),
            "luaran": (outcome.slug,) if outcome else (),
            "yakin": (str(finding.strength) if finding.strength else UNRATED,),
            "sebut": (COST if finding.cost is not None else NO_COST, HARMS if finding.tells_harms else NO_HARMS),
        }


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    count: int
    choice: Choice  # what following it chooses
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    label: str
    chips: list[Chip]


@dataclass(frozen=True, slots=True)
class Narrowed:
    ids: list[int]  # of the page asked for
    total: int
    page: int
    pages: int
    groups: list[Group]


def narrow(findings: Sequence[Light], choice: Choice, vocabulary: Vocabulary) -> Narrowed:
    """The page asked for, else the last one; beside each value how many findings it would leave."""
    values = Values(vocabulary)
    chosen = {name: value for name in NAMES if (value := getattr(choice, name))}
    counts: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    ids = []
    for finding in findings:
        own = values.of(finding)
        against = [name for name, value in chosen.items() if value not in own[name]]
        if not against:
            ids.append(finding.pk)
        # Another value of the one parameter that keeps it out would let it in.
        for name in NAMES if not against else against if len(against) == 1 else ():
            counts[name].update(own[name])
    pages = max(1, -(-len(ids) // PAGE_SIZE))
    page = min(choice.page, pages)
    groups = [group for name in NAMES if (group := _group(name, counts[name], choice, vocabulary)).chips]
    return Narrowed(ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], len(ids), page, pages, groups)


def _group(name: str, counts: Counter[str], choice: Choice, vocabulary: Vocabulary) -> Group:
    """Services only of a pillar that is chosen, since there are many."""
    chosen = getattr(choice, name)
    offered = _labels(name, vocabulary) if name != "layanan" or choice.pilar or chosen else {}
    chips = [
        Chip(label, counts[value], choice.with_(name, "" if value == chosen else value), value == chosen)
        for value, label in offered.items()
        if counts[value] or value == chosen
    ]
    return Group(name, _names()[name], chips)


def _labels(name: str, vocabulary: Vocabulary) -> dict[str, str]:
    kinds = {"pilar": "pillar", "layanan": "service", "luaran": "outcome"}
    if name in kinds:
        return {term.slug: term.label for term in vocabulary.terms[kinds[name]]}
    return {
        "arah": {direction.value: str(direction.label) for direction in Direction},
        "yakin": {**{value: str(level.label) for value, level in LEVELS.items()}, UNRATED: _("not rated yet")},
        "sebut": {
            COST: _("tells the cost"),
            NO_COST: _("cost unknown"),
            HARMS: _("tells harms"),
            NO_HARMS: _("harms unknown"),
        },
    }[name]


def _names() -> dict[str, str]:
    return {
        "pilar": _("Pillar"),
        "layanan": _("Service"),
        "arah": pgettext("finding", "Direction"),
        "luaran": _("Outcome"),
        "yakin": _("Strength of method"),
        "sebut": _("Cost and harms"),
    }
