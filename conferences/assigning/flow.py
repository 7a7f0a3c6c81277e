"""A small min-cost flow: papers to experts, each pair at most once, nobody over their room, the total cost lowest.

Units are put in one after the other, each along the cheapest path through what is placed already (moving papers from
one expert to another where that is cheaper), so that after each the whole is the cheapest for what is placed. All
papers get their first expert before any gets its second: where experts are few, the lack is shared.
"""

from collections import deque
from collections.abc import Sequence

Costs = Sequence[Sequence[int | None]]  # of a paper with an expert; None where they must not meet
Move = tuple[int, int] | None  # what it costs to hand a paper on, and which one
NEVER = 1 << 60


class Flow:
    """`steps`: what each further paper of an expert costs on top, growing with the load, so that work is spread."""

    def __init__(self, costs: Costs, room: Sequence[int], load: Sequence[int], step: int) -> None:
        self.costs, self.room, self.step = costs, room, step
        self.experts = range(len(room))
        self.before = load
        self.taken_by: list[set[int]] = [set() for _ in costs]
        self.held: list[set[int]] = [set() for _ in room]
        self.moves: list[list[Move] | None] = [None] * len(room)

    def place(self, paper: int) -> bool:
        """One more expert for a paper; False if there is none."""
        distance, came_from = self._distances(paper)
        ends = [(distance[e] + self._end(e), e) for e in self.experts if distance[e] < NEVER and self._has_room(e)]
        if not ends:
            return False
        self._follow(paper, min(ends)[1], came_from)
        return True

    def _has_room(self, expert: int) -> bool:
        return len(self.held[expert]) < self.room[expert]

    def _end(self, expert: int) -> int:
        return self.step * (self.before[expert] + len(self.held[expert]))

    def _distances(self, paper: int) -> tuple[list[int], list[tuple[int, int]]]:
        """Bellman and Ford's, over the experts alone: handing on may cost less than nothing."""
        distance = [NEVER] * len(self.room)
        came_from = [(-1, paper)] * len(self.room)
        for expert in self.experts:
            cost = self.costs[paper][expert]
            if cost is not None and expert not in self.taken_by[paper]:
                distance[expert] = cost
        waiting = deque(expert for expert in self.experts if distance[expert] < NEVER)
        while waiting:
            here = waiting.popleft()
            for there, move in enumerate(self._moves_of(here)):
                if move is not None and distance[here] + move[0] < distance[there]:
                    distance[there], came_from[there] = distance[here] + move[0], (here, move[1])
                    if there not in waiting:
                        waiting.append(there)
        return distance, came_from

    def _moves_of(self, expert: int) -> list[Move]:
        """The cheapest paper to hand on to each other expert."""
        known = self.moves[expert]
        if known is None:
            known = self.moves[expert] = self._best_moves(expert)
        return known

    def _best_moves(self, expert: int) -> list[Move]:
        best: list[Move] = [None] * len(self.room)
        for paper in sorted(self.held[expert]):
            costs, taken = self.costs[paper], self.taken_by[paper]
            own = costs[expert] or 0
            for other, cost in enumerate(costs):
                if cost is None or other in taken:
                    continue
                known = best[other]
                if known is None or cost - own < known[0]:
                    best[other] = (cost - own, paper)
        return best

    def _follow(self, paper: int, last: int, came_from: list[tuple[int, int]]) -> None:
        """Back along the path: each expert takes over what the one before hands on; the first takes the paper."""
        expert = last
        while True:
            before, moved = came_from[expert]
            self._put(moved, expert, before)
            if before < 0:
                return
            expert = before

    def _put(self, paper: int, expert: int, instead_of: int) -> None:
        changed = {expert, *self.taken_by[paper]}
        self.taken_by[paper].add(expert)
        self.held[expert].add(paper)
        if instead_of >= 0:
            self.taken_by[paper].discard(instead_of)
            self.held[instead_of].discard(paper)
        for one in changed:
            self.moves[one] = None


def cheapest(
    wanted: Sequence[int], costs: Costs, room: Sequence[int], load: Sequence[int], step: int
) -> list[set[int]]:
    """The experts of each paper, in the order of `costs`."""
    flow = Flow(costs, room, load, step)
    for unit in range(max(wanted, default=0)):
        for paper, count in enumerate(wanted):
            if count > unit:
                flow.place(paper)
    return flow.taken_by
