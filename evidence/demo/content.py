"""Reads the sample findings, with their recommendations and summaries, into plain dictionaries by output.

Everything here is invented, like the outputs it belongs to (`publications/demo`). Unknown texts are empty, other
unknown values None.
"""

import json
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parent / "findings.json"
Record = dict[str, Any]


@dataclass
class Evidence:
    """What belongs to one output; recommendations name its findings by key."""

    findings: list[Record] = field(default_factory=list)
    recommendations: list[Record] = field(default_factory=list)
    summary: Record | None = None

    @property
    def first_answer(self) -> str:
        """The day on which an addressee first said something about it (ISO), or nothing."""
        days = [step["on"] for recommendation in self.recommendations for step in recommendation["steps"]]
        return min(days, default="")


@cache
def evidence() -> dict[str, Evidence]:
    """By the key of the output."""
    raw = json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)
    by_output: dict[str, Evidence] = {}
    home: dict[str, str] = {}
    for finding in raw["findings"]:
        home[finding["key"]] = finding["output"]
        by_output.setdefault(finding["output"], Evidence()).findings.append(finding)
    for recommendation in raw["recommendations"]:
        by_output[home[recommendation["findings"][0]]].recommendations.append(recommendation)
    for summary in raw["summaries"]:
        by_output.setdefault(summary["output"], Evidence()).summary = summary
    return by_output
