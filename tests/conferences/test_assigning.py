"""The pure assignment: limits kept, the cheapest, the same for the same seed in any order, and quick."""

import itertools
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conferences.assigning import Expert, Paper, plan
from conferences.assigning.flow import cheapest
from conferences.assigning.texts import nearness, rarity_in, vectors, words

WORDS = ("lansia", "anak", "jalanan", "disabilitas", "tunanetra", "bencana", "pengungsi", "korban", "miskin")


def make_problem(seed: int, papers: int, experts: int, each: int, most: int) -> tuple[Any, Any, Any]:
    dice = random.Random(seed)  # noqa: S311

    def some(of: list[str], count: int) -> frozenset[str]:
        return frozenset(dice.sample(of, count))

    codes = [f"PMKS-{number:02}" for number in range(1, 27)]
    made = [
        Paper(key, " ".join(dice.choices(WORDS, k=120)), dice.randrange(3), some(codes, 2), some(["a", "b"], 1), each)
        for key in range(1, papers + 1)
    ]
    able = [
        Expert(
            1000 + key,
            " ".join(dice.choices(WORDS, k=200)),
            frozenset(dice.sample(range(3), 2)),
            some(codes, 3),
            some(["a", "b"], 1),
            most,
        )
        for key in range(experts)
    ]
    conflicts = {(paper.key, expert.key) for paper in made for expert in able if dice.random() < 0.1}
    return made, able, conflicts


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 8), st.integers(0, 6), st.integers(1, 3), st.integers(0, 4))
def test_limits_hold_and_the_order_of_what_comes_in_does_not_matter(
    seed: int, papers: int, experts: int, each: int, most: int
) -> None:
    made, able, conflicts = make_problem(seed, papers, experts, each, most)
    found = plan(made, able, conflicts, seed)
    pairs = [(choice.paper, choice.expert) for choice in found.choices]
    assert len(set(pairs)) == len(pairs)
    assert not conflicts.intersection(pairs)
    by_key = {expert.key: expert for expert in able}
    for paper in made:
        mine = [expert for key, expert in pairs if key == paper.key]
        gap = sum(gap.missing for gap in found.gaps if gap.paper == paper.key)
        assert len(mine) + gap == each
        assert all(paper.track in by_key[expert].tracks for expert in mine)
    for expert in able:
        assert sum(other == expert.key for _, other in pairs) <= most
    shuffled = made[::-1], able[::-1], conflicts
    random.Random(seed).shuffle(shuffled[0])  # noqa: S311
    assert plan(*shuffled, seed) == found


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_nothing_is_cheaper(data: Any) -> None:
    """Against every way there is, for two papers of two and four experts."""
    cell = st.one_of(st.none(), st.integers(0, 40))
    costs = data.draw(st.lists(st.lists(cell, min_size=4, max_size=4), min_size=3, max_size=3))
    room = data.draw(st.lists(st.integers(0, 2), min_size=4, max_size=4))
    taken = cheapest([2, 2, 1], costs, room, [0] * 4, 3)

    def price(chosen: Any) -> int | None:
        load = [sum(expert in group for group in chosen) for expert in range(4)]
        if any(count > most for count, most in zip(load, room, strict=True)):
            return None
        cells = [costs[paper][expert] for paper, group in enumerate(chosen) for expert in group]
        if None in cells:
            return None
        return sum(cells) + sum(3 * sum(range(count)) for count in load)

    sizes = [len(group) for group in taken]
    every = itertools.product(*(itertools.combinations(range(4), size) for size in sizes))
    assert price(taken) == min(found for chosen in every if (found := price(chosen)) is not None)
    larger = [
        chosen
        for counts in itertools.product((0, 1, 2), (0, 1, 2), (0, 1))
        if sum(counts) > sum(sizes)
        for chosen in itertools.product(*(itertools.combinations(range(4), size) for size in counts))
        if price(chosen) is not None
    ]
    assert not larger


def test_another_seed_may_choose_otherwise_and_the_same_never() -> None:
    same = [Paper(key, "", 0, frozenset(), frozenset(), 1) for key in range(1, 9)]
    able = [Expert(key, "", frozenset({0}), frozenset(), frozenset(), 4) for key in range(11, 15)]
    plans = {plan(same, able, set(), seed).choices for seed in range(6)}
    assert len(plans) > 1
    assert plan(same, able, set(), 3) == plan(same, able, set(), 3)
    load = [sum(choice.expert == expert.key for choice in plan(same, able, set(), 1).choices) for expert in able]
    assert load == [2, 2, 2, 2]  # work is spread


def test_it_says_why_and_who_is_missing() -> None:
    paper = Paper(1, "Lanjut usia terlantar dan pengasuhan", 1, frozenset({"PMKS-08"}), frozenset({"survey"}), 3)
    good = Expert(11, "Pengasuhan lanjut usia", frozenset({1}), frozenset({"PMKS-08"}), frozenset({"survey"}), 2)
    other_track = Expert(12, "", frozenset({2}), frozenset(), frozenset(), 2)
    in_conflict = Expert(13, "", frozenset({1}), frozenset(), frozenset(), 2)
    full = Expert(14, "", frozenset({1}), frozenset(), frozenset(), 0)
    found = plan([paper], [good, other_track, in_conflict, full], {(1, 13)}, 1)
    (choice,) = found.choices
    assert choice.expert == 11
    assert {reason.code for reason in choice.reasons} == {"text", "pmks", "method"}
    assert choice.points == sum(reason.points for reason in choice.reasons)
    assert "pengasuhan" in choice.reasons[0].words
    (gap,) = found.gaps
    assert (gap.missing, dict(gap.because)) == (2, {"track": 1, "conflict": 1, "full": 1})


def test_where_experts_are_few_everybody_gets_one_first() -> None:
    papers = [Paper(key, "", 0, frozenset(), frozenset(), 2) for key in (1, 2, 3)]
    found = plan(papers, [Expert(9, "", frozenset({0}), frozenset(), frozenset(), 1)], set(), 1)
    assert len(found.choices) == 1
    two = [Expert(key, "", frozenset({0}), frozenset(), frozenset(), 2) for key in (8, 9)]
    assert {choice.paper for choice in plan(papers, two, set(), 1).choices} == {1, 2, 3}


def test_words() -> None:
    assert words("Penyandangnya, DAN penyandang tunanetra 2014") == ["penyandang", "penyandang", "tunanetra"]
    texts = {1: "anak jalanan", 2: "anak jalanan", 3: "bencana"}
    found = vectors(texts, rarity_in(list(texts.values())))
    near = nearness({1: found[1]}, found)
    assert near[1, 2] == pytest.approx(1.0)
    assert (1, 3) not in near
    assert vectors({1: ""}, {}) == {1: {}}


def test_a_large_conference_in_a_few_seconds() -> None:
    made, able, conflicts = make_problem(7, 300, 60, 3, 20)
    began = time.monotonic()
    found = plan(made, able, conflicts, 7)
    took = time.monotonic() - began
    assert len(found.choices) == 900
    assert took < 15, f"{took:.1f} s"  # 2 s on a quiet machine
