"""The kinds of the vocabulary by their names in both languages, abbreviations, former names and synonyms."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search import analysis, synonyms
from search.models import Synonym
from search.models.synonyms import Kind
from search.suggesting.typed import Typed
from taxonomy.models import Pmks

_BRACKETED = re.compile(r"\(([^)]*)\)")
_FORMER = "lama"
_AMBIGUOUS = 3  # letters of an abbreviation that may be a word too


@dataclass(frozen=True, slots=True)
class Name:
    """`folded`: its words, a blank before each. `is_shown`: readers may be told that this name led them here.
    `as_written`: only in capitals as written.
    """

    text: str
    folded: str
    language: str = "id"
    is_label: bool = False
    is_shown: bool = False
    as_written: bool = False

    def fit(self, typed: Typed) -> int | None:
        """Less is better, None is no fit: it begins with what was typed, has that inside, has all words somewhere."""
        if f" {typed.last}" not in self.folded or (self.as_written and not self.text.startswith(typed.text)):
            return None
        at = self.folded.find(" " + " ".join(typed.words))
        if at >= 0:
            return min(at, 1)
        return 2 if typed.all_in(self.folded.split()) else None


@dataclass(frozen=True, slots=True)
class Topic:
    code: str
    slug: str
    label_id: str
    label_en: str
    position: int
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Fitting:
    topic: Topic
    name: Name
    rank: tuple[int, bool]


def fitting(typed: Typed, generation: int | None, number_of: Callable[[str], int]) -> list[Fitting]:
    """The topics that have such a name, each with the name that fits best; best first, then by how much there is."""
    found = [fit for topic in _known(generation) if (fit := _best(topic, typed))]
    return sorted(found, key=lambda fit: (fit.rank, -number_of(fit.topic.code), fit.topic.position))


def _best(topic: Topic, typed: Typed) -> Fitting | None:
    fits = [
        Fitting(topic, name, (fit, not name.is_label)) for name in topic.names if (fit := name.fit(typed)) is not None
    ]
    return min(fits, key=lambda fit: fit.rank, default=None)


_kept: tuple[tuple[int, int], list[Topic]] | None = None  # replaced as a whole


def _known(generation: int | None) -> list[Topic]:
    """As they stand at this generation; here rather than in the cache, which takes milliseconds to unpack them."""
    global _kept
    if generation is None:
        return _read()
    now = (generation, synonyms.edition())
    if _kept is None or _kept[0] != now:
        _kept = (now, _read())
    return _kept[1]


def _read() -> list[Topic]:
    kinds = {kind.pk: kind for kind in Pmks.objects.all()}
    names: dict[int, list[Name]] = {pk: list(_own_names(kind)) for pk, kind in kinds.items()}
    rows = Synonym.objects.filter(is_active=True, pmks__isnull=False).exclude(kind=Kind.NARROW).order_by("pk")
    for pk, term, kind, language, as_written in rows.values_list("pmks", "term", "kind", "language", "only_as_written"):
        names[pk].append(_name(term, language, is_shown=kind != Kind.OLD, as_written=as_written))
    for pk, retired in kinds.items():
        if retired.retired_on and (successor := _successor(retired, kinds)):
            names[successor.pk] += [_name(name.text, name.language) for name in names[pk]]
    return [
        Topic(kind.code, kind.slug, kind.label_id, kind.label_en, kind.position, _usable(names[pk]))
        for pk, kind in kinds.items()
        if not kind.retired_on
    ]


def _own_names(kind: Pmks) -> Iterator[Name]:
    yield _name(kind.label_id, "id", is_label=True)
    yield _name(kind.label_en, "en", is_label=True)
    for text in kind.abbreviations.split(";"):
        yield _abbreviation(_BRACKETED.sub("", text), is_shown=_FORMER not in _BRACKETED.findall(text))
    yield _abbreviation(_BRACKETED.sub("", kind.code_2007), is_shown=False)
    for former in _BRACKETED.findall(kind.code_2007):
        yield _name(former, "id")


def _abbreviation(text: str, *, is_shown: bool) -> Name:
    return _name(text, "id", is_shown=is_shown, as_written=len(text.strip()) <= _AMBIGUOUS)


def _name(text: str, language: str, **traits: bool) -> Name:
    text = text.strip()
    return Name(text, "".join(f" {word.text}" for word in analysis.words(text)), language, **traits)


def _usable(names: Iterable[Name]) -> tuple[Name, ...]:
    return tuple(name for name in names if name.folded)


def _successor(kind: Pmks, kinds: dict[int, Pmks]) -> Pmks | None:
    seen: set[int] = set()
    now: Pmks | None = kind
    while now and now.retired_on and now.pk not in seen:
        seen.add(now.pk)
        now = kinds.get(now.replaced_by_id or 0)
    return now if now and not now.retired_on else None
