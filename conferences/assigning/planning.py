"""From papers and experts to a plan that says why."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable

from conferences.assigning import flow, texts
from conferences.assigning.parts import Choice, Expert, Gap, Paper, Plan, Reason

TEXT_POINTS, MATCH_POINTS, MOST_MATCH_POINTS = 50, 10, 25
MOST_POINTS = TEXT_POINTS + 2 * MOST_MATCH_POINTS
SCALE = 1000  # of a point; what is below breaks ties by the seed
LOAD_STEP = 2 * SCALE  # each paper that an expert has makes the next one two points dearer

Pair = tuple[int, int]


def plan(papers: Iterable[Paper], experts: Iterable[Expert], conflicts: Collection[Pair], seed: int) -> Plan:
    """`conflicts`: (paper, expert) that must not meet. In an order of the seed's own, however they come."""
    ordered = sorted(papers, key=lambda paper: (_dice(seed, paper.key), paper.key))
    able = sorted(experts, key=lambda expert: (_dice(seed, -expert.key), expert.key))
    forbidden = set(conflicts)
    reasons = _reasons(ordered, able, forbidden)
    costs = [[_cost(seed, paper, expert, reasons) for expert in able] for paper in ordered]
    wanted, room = [paper.wanted for paper in ordered], [max(expert.room, 0) for expert in able]
    taken = flow.cheapest(wanted, costs, room, [expert.load for expert in able], LOAD_STEP)
    chosen = {paper.key: {able[index].key for index in taken[at]} for at, paper in enumerate(ordered)}
    choices = [Choice(paper, expert, reasons[paper, expert]) for paper, theirs in chosen.items() for expert in theirs]
    return Plan(
        tuple(sorted(choices, key=lambda choice: (choice.paper, -choice.points, choice.expert))),
        _gaps(ordered, able, forbidden, chosen),
    )


def _dice(*values: int) -> int:
    """The same number for the same values, on any machine."""
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest()[:4])


def _cost(seed: int, paper: Paper, expert: Expert, reasons: dict[Pair, tuple[Reason, ...]]) -> int | None:
    found = reasons.get((paper.key, expert.key))
    if found is None:
        return None
    points = sum(reason.points for reason in found)
    return (MOST_POINTS - points) * SCALE + _dice(seed, paper.key, expert.key) % (SCALE // 2)


def obstacle(paper: Paper, expert: Expert, conflicts: Collection[Pair]) -> str:
    """Why an expert cannot get a paper at all; empty if she can."""
    if (paper.key, expert.key) in conflicts:
        return "conflict"
    if expert.key in paper.had:
        return "had"
    return "" if paper.track in expert.tracks else "track"


def _reasons(papers: list[Paper], experts: list[Expert], conflicts: Collection[Pair]) -> dict[Pair, tuple[Reason, ...]]:
    """Of every pair that may meet."""
    rarity = texts.rarity_in(sorted([*(paper.text for paper in papers), *(expert.text for expert in experts)]))
    theirs = texts.vectors({expert.key: expert.text for expert in experts}, rarity)
    its = texts.vectors({paper.key: paper.text for paper in papers}, rarity)
    near = texts.nearness(its, theirs)
    return {
        (paper.key, expert.key): tuple(
            _of_pair(paper, expert, near.get((paper.key, expert.key), 0.0), its[paper.key], theirs[expert.key])
        )
        for paper in papers
        for expert in experts
        if not obstacle(paper, expert, conflicts)
    }


def _of_pair(
    paper: Paper, expert: Expert, nearness: float, its: texts.Vector, theirs: texts.Vector
) -> Iterable[Reason]:
    if points := min(TEXT_POINTS, round(nearness * TEXT_POINTS)):
        yield Reason("text", points, texts.shared(its, theirs))
    for code, both in (("pmks", paper.pmks & expert.pmks), ("method", paper.methods & expert.methods)):
        if both:
            yield Reason(code, min(MOST_MATCH_POINTS, MATCH_POINTS * len(both)), tuple(sorted(both)))


def _gaps(
    papers: list[Paper], experts: list[Expert], conflicts: Collection[Pair], chosen: dict[int, set[int]]
) -> tuple[Gap, ...]:
    gaps = []
    for paper in sorted(papers, key=lambda paper: paper.key):
        missing = paper.wanted - len(chosen[paper.key])
        if missing > 0:
            others = [expert for expert in experts if expert.key not in chosen[paper.key]]
            why = Counter(obstacle(paper, expert, conflicts) or "full" for expert in others)
            gaps.append(Gap(paper.key, missing, tuple(sorted(why.items()))))
    return tuple(gaps)
