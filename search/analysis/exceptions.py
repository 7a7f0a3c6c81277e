"""The words of data/stems.csv, which the rules would get wrong."""

import csv
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "stems.csv"


def _rows(kind: str) -> dict[str, str]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {row["word"]: row["stem"] for row in csv.DictReader(file) if row["kind"] == kind}


KNOWN = frozenset(_rows("known"))  # roots that the dictionary lacks
STEMS = _rows("word")  # this word has this stem; two with a blank between them for a compound
JOINED = _rows("root")  # two roots of one family
FOREIGN = frozenset(_rows("foreign"))  # English words and names that only look like derived Indonesian ones
