"""Whole titles in disguise and titles with a misspelt word, over real records.

`python -m tests.search.query.titles` takes all 73,970 records and 500 titles (some minutes); the test takes fewer.
"""

import os
import random
import re
import string
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kesos_repo.settings")
django.setup()

from search import synonyms  # noqa: E402
from search.index.reading import Reader  # noqa: E402
from search.index.rows import Described  # noqa: E402
from search.index.schema import title_key  # noqa: E402
from search.query.request import MAX_WORDS  # noqa: E402
from tests.search.query.indexes import found, reader_of, real_rows, thesaurus  # noqa: E402

SEED = 20261124
_ACCENTED = dict(zip("aeiouncAEIOUNC", "áéíóüñçÁÉÍÓÜÑÇ", strict=True))
_PUNCTUATION = {",": ";", ".": " ", ":": " –", "?": "!", "(": "[", ")": "]"}
_WORD = re.compile(r"[A-Za-z]{5,}")

Failure = tuple[str, str]


def disguised(title: str, chance: random.Random) -> str:
    """Other case, other punctuation, accents where there were none."""
    written = []
    for character in title:
        if character in _ACCENTED and chance.random() < 0.15:
            character = _ACCENTED[character]
        if character in _PUNCTUATION and chance.random() < 0.5:
            character = _PUNCTUATION[character]
        written.append(character.swapcase() if chance.random() < 0.5 else character)
    return chance.choice(["", "  ", '"']) + "".join(written) + chance.choice(["", ".", "!", '"'])


def misspelt(title: str, chance: random.Random) -> str | None:
    """With two wrong letters in one word; None for a title without a word of five letters."""
    words = list(_WORD.finditer(title))
    if not words:
        return None
    word = chance.choice(words)
    letters = list(word[0])
    for _ in range(2):
        chance.choice([_change, _add, _leave_out, _swap])(letters, chance)
    return title[: word.start()] + "".join(letters) + title[word.end() :]


def _change(letters: list[str], chance: random.Random) -> None:
    letters[chance.randrange(len(letters))] = chance.choice(string.ascii_lowercase)


def _add(letters: list[str], chance: random.Random) -> None:
    letters.insert(chance.randrange(len(letters)), chance.choice(string.ascii_lowercase))


def _leave_out(letters: list[str], chance: random.Random) -> None:
    del letters[chance.randrange(len(letters))]


def _swap(letters: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(letters) - 1)
    letters[at], letters[at + 1] = letters[at + 1], letters[at]


def measure(reader: Reader, rows: Sequence[Described], number: int) -> tuple[list[Failure], list[Failure]]:
    """Of so many titles, disguised ones that do not come first, and misspelt ones that are not among the first five."""
    chance = random.Random(SEED)
    drawn, same = chance.sample(rows, number), _of_one_title(rows)
    first = _failures(drawn, same, lambda title: disguised(title, chance), lambda typed: found(reader, typed, 1))
    fifth = _failures(drawn, same, lambda title: misspelt(title, chance), lambda typed: found(reader, typed, 5))
    return first, fifth


def _of_one_title(rows: Iterable[Described]) -> dict[str, set[int]]:
    same = defaultdict(set)
    for row in rows:
        same[title_key(row.titles[0])].add(row.id)
    return same


def _failures(
    drawn: Sequence[Described],
    same: dict[str, set[int]],
    asked: Callable[[str], str | None],
    answer: Callable[[str], Iterable[int]],
) -> list[Failure]:
    """What was typed, and the title that it did not find; another output of the same title is as good."""
    failed = []
    for row in drawn:
        typed = asked(row.titles[0])
        if typed and not same[title_key(row.titles[0])] & set(answer(typed[:MAX_WORDS])):
            failed.append((typed, row.titles[0]))
    return failed


def main() -> None:
    synonyms.expand = thesaurus().expand
    rows = list(real_rows())
    with tempfile.TemporaryDirectory() as folder:
        reader = reader_of(rows, Path(folder) / "index")
        for what, failed in zip(("not first", "not in the first five"), measure(reader, rows, 500), strict=True):
            print(f"{what}: {len(failed)} of 500")
            for typed, title in failed:
                print(f"  {typed!r} for {title!r}")


if __name__ == "__main__":
    main()
