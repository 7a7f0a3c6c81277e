"""Real papers for the measured searches and a million made from them; from `../shared/data`.

A made record has the first half of one paper's title, the second of another's, the abstract and the people of a third:
so words are as frequent and as different as in real titles and abstracts.
"""

import gzip
import json
import random
from collections.abc import Iterator
from typing import Any

from kesos_repo.paths import ROOT

SOURCE = ROOT.parent / "shared" / "data" / "proceedings" / "acl.jsonl.gz"
PROVINCES = ["ID-AC", "ID-BA", "ID-JB", "ID-JI", "ID-JK", "ID-JT", "ID-KI", "ID-NT", "ID-PA", "ID-RI", "ID-SN", "ID-YO"]
METHODS = ["kualitatif", "survei", "studi kasus", "kuantitatif"]
SEARCHES = {
    "search, common word": "/cari/?q=language",
    "search, rare word": "/cari/?q=javanese",
    "search, phrase": "/cari/?q=%22machine+translation%22",
    "search, two facets": "/cari/?q=language&pmks=lanjut-usia-terlantar&tahun=2020",
    "search, page 40": "/cari/?q=language&halaman=40",
    "suggestions": "/cari/saran/?q=machine+transl",
}


def records(size: int) -> Iterator[dict[str, Any]]:
    with gzip.open(SOURCE, "rt", encoding="utf-8") as file:
        papers = [paper for line in file if (paper := json.loads(line))["authors"] and paper["title"]]
    dice = random.Random(size)
    for number in range(size):
        if number < len(papers):
            first = second = third = papers[number]
        else:
            first, second, third = (dice.choice(papers) for _n in range(3))
        yield _record(number, _joined(first["title"], second["title"], first is second), third, dice)


def _joined(first: str, second: str, is_one: bool) -> str:
    if is_one:
        return first
    begin, end = first.split(), second.split()
    return " ".join(begin[: (len(begin) + 1) // 2] + end[len(end) // 2 :])


def _record(number: int, title: str, paper: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    return {
        "id": f"bench-{number + 1}",
        "type": dice.choice(("c_18ws", "c_6501", "c_5794", "c_186u", "c_8042")),
        "language": "en",
        "title_en": title[:480],
        "abstract_en": paper["abstract"] or paper["title"],  # what has none cannot be published
        "authors": [{"given": name["given"] or "", "family": name["family"] or ""} for name in paper["authors"][:8]],
        "date": str(paper["year"] or dice.randint(1990, 2024)),
        "container": (paper["venue"] or "")[:280],
        "pmks": [f"PMKS-{kind:02}" for kind in sorted({dice.randint(1, 26) for _n in range(dice.randint(1, 2))})],
        "provinces": dice.sample(PROVINCES, dice.randint(0, 2)),
        "methods": dice.sample(METHODS, dice.randint(0, 2)),
        "licence": "CC-BY-4.0",
        "access": "open",
    }
