"""The four answers on top of a topic: what works and how sure, what it costs, what it harms, what is unknown."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.mapping.vocabulary import Term, Vocabulary
from evidence.models import Direction, Level, Said
from evidence.topics.light import Light

MOST_SERVICES = 3
MOST_COSTS = 3


@dataclass(frozen=True, slots=True)
class Works:
    """A service with findings that say better: how many of those that compare, from how many studies, how sure.

    `others`: what those say that do not say better.
    """

    service: Term
    better: int
    others: list[tuple[Direction, int]]
    compared: int
    studies: int
    level: Level | None  # of the surest that says better


@dataclass(frozen=True, slots=True)
class Costs:
    """What findings with the same basis ("per person a year") say; other bases cannot be put beside it."""

    basis: Said
    low: Decimal
    high: Decimal
    findings: int


@dataclass(frozen=True, slots=True)
class Answers:
    total: int
    studies: int
    compared: int
    compared_studies: int
    directions: dict[str, int]
    level: Level | None  # of the surest that says better
    works: list[Works]
    more_works: int  # services that are not shown
    costs: list[Costs]
    more_costs: int
    with_cost: int
    with_harms: int
    unrated: int
    services: list[tuple[Term, int]]  # with findings, the most first
    missing_services: list[Term]
    missing_outcomes: list[Term]

    @property
    def without_cost(self) -> int:
        return self.total - self.with_cost

    @property
    def without_harms(self) -> int:
        return self.total - self.with_harms

    @property
    def better(self) -> int:
        return self.directions[Direction.BETTER]

    @property
    def all_directions(self) -> list[tuple[Direction, int]]:
        """Together they are all findings; said also where there are none."""
        return [(direction, self.directions[direction]) for direction in Direction]


def answers(findings: Sequence[Light], vocabulary: Vocabulary) -> Answers:
    comparing = [finding for finding in findings if finding.compares]
    works, costs = _works(comparing, vocabulary), _costs(findings)
    return Answers(
        total=len(findings),
        studies=_studies(findings),
        compared=len(comparing),
        compared_studies=_studies(comparing),
        directions={direction: sum(f.direction == direction for f in findings) for direction in Direction},
        level=surest(finding for finding in comparing if finding.direction == Direction.BETTER),
        works=works[:MOST_SERVICES],
        more_works=max(0, len(works) - MOST_SERVICES),
        costs=costs[:MOST_COSTS],
        more_costs=max(0, len(costs) - MOST_COSTS),
        with_cost=sum(finding.cost is not None for finding in findings),
        with_harms=sum(finding.tells_harms for finding in findings),
        unrated=sum(finding.strength is None for finding in findings),
        services=_services(findings, vocabulary),
        missing_services=_missing(vocabulary.offered("service"), {finding.service for finding in findings}),
        missing_outcomes=_missing(vocabulary.offered("outcome"), {finding.outcome for finding in findings}),
    )


def surest(findings: Iterable[Light]) -> Level | None:
    highest = max((finding.strength or 0 for finding in findings), default=0)
    return Level(highest) if highest else None


def _studies(findings: Iterable[Light]) -> int:
    return len({finding.output for finding in findings})


def _works(comparing: Iterable[Light], vocabulary: Vocabulary) -> list[Works]:
    """The surest first, then those that more studies stand behind."""
    by_service: dict[int, list[Light]] = defaultdict(list)
    for finding in comparing:
        if finding.service is not None:
            by_service[finding.service].append(finding)
    known = vocabulary.by_pk["service"]
    found = []
    for pk, own in by_service.items():
        better = [finding for finding in own if finding.direction == Direction.BETTER]
        if better:
            found.append(Works(known[pk], len(better), _others(own), len(own), _studies(better), surest(better)))
    return sorted(found, key=lambda one: (-(one.level or 0), -one.studies, -one.better, one.service.code))


def _others(comparing: Iterable[Light]) -> list[tuple[Direction, int]]:
    counts = Counter(finding.direction for finding in comparing)
    return [(one, counts[one]) for one in Direction if counts[one] and one != Direction.BETTER]


def _costs(findings: Iterable[Light]) -> list[Costs]:
    """The bases that most findings use first."""
    by_basis: dict[tuple[str, str], list[Light]] = defaultdict(list)
    for finding in findings:
        if finding.cost is not None:
            by_basis[finding.basis_id, finding.basis_en].append(finding)
    found = []
    for own in by_basis.values():
        amounts = [finding.cost for finding in own if finding.cost is not None]
        found.append(Costs(own[0].basis, min(amounts), max(amounts), len(own)))
    return sorted(found, key=lambda one: -one.findings)


def _services(findings: Iterable[Light], vocabulary: Vocabulary) -> list[tuple[Term, int]]:
    counts: dict[int, int] = defaultdict(int)
    for finding in findings:
        if finding.service is not None:
            counts[finding.service] += 1
    known = vocabulary.by_pk["service"]
    return sorted(((known[pk], n) for pk, n in counts.items()), key=lambda pair: (-pair[1], pair[0].code))


def _missing(terms: Iterable[Term], found: set[int | None]) -> list[Term]:
    return [term for term in terms if term.pk not in found]
