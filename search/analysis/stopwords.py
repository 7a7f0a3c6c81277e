"""Words that carry no meaning of their own, in both languages."""

from pathlib import Path

_DATA = Path(__file__).parents[1] / "data"


def _read(name: str) -> set[str]:
    return set((_DATA / name).read_text(encoding="utf-8").split())


STOP_WORDS = frozenset(_read("indonesian.stop") | _read("english.stop"))
