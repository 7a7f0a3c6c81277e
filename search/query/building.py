"""From what was typed to the index's queries: what is found, what is worth a closer look, and what a hit is worth.

Three queries, since at 1,000,000 outputs weighing every hit in every field costs more than the whole page may:
`match` says what is found and is kept cheap (one field that holds all words); `rough` each name some of the best;
`worth` weighs those few in every field (see `ranking`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tantivy import Occur, Query

from search import analysis, synonyms
from search.analysis.indonesian import is_root
from search.index import schema as fields
from search.index.reading import Reader
from search.query.identifiers import identifiers
from search.query.language import PEOPLE, TITLE, Asked, Part
from search.query.making import Maker, all_of, any_of
from search.query.near import LONG_WORD, near_words
from search.query.vocabulary import Vocabulary
from search.synonyms import Alternative, Slot

# What a word counts in each field; as written it counts this much on top of its stem.
STEM_WORTH = {
    "title_stem": 5.0,
    "keywords_stem": 3.0,
    "abstract_stem": 1.5,
    "organisations_stem": 1.0,
    "published_in_stem": 0.5,
    "all_stem": 0.7,
}
EXACT_WORTH = {"title": 2.0, "keywords": 1.0, "people": 3.0, "abstract": 0.5, "all": 0.3}
ALTERNATIVE_FIELDS = ("title_stem", "keywords_stem", "abstract_stem", "all_stem")
NEIGHBOUR_WORTH = {"title_stem": 2.0, "keywords_stem": 1.5, "abstract_stem": 1.0, "all_stem": 0.3}
NEIGHBOUR_SLOP = 1
TITLE_WORTH, IDENTIFIER_WORTH = 10_000.0, 100_000.0
TOPIC_WORTH = 1.0  # what stands under the PMKS that was named; less than a word in the abstract
MISSPELT_WORTH = {"title": 8.0, "people": 5.0, "words": 1.0}
NEAR_WORTH = 2.0  # of the likeliest correct spellings, in the title
MOST_NEAR = 5
SECOND_TYPO = 0.5  # what a word with two wrong letters counts beside one with one
ALL_OF = 3  # so many words must all be met; of more, this share
SHARE = 0.6
MOST_UNITS = 40
_TIE = 0.1
_WRITTEN = 10_000  # numbers of words as written begin here


@dataclass(frozen=True, slots=True)
class Marks:
    """What to highlight: single stems, several stems in a row, words as written, misspelt words; each with the number
    of what was asked for, so that a word and a synonym of it count once.
    """

    stems: Mapping[str, int] = field(default_factory=dict)
    runs: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    misspelt: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.stems or self.runs or self.words or self.misspelt)


@dataclass(frozen=True, slots=True)
class Built:
    """`match` is None for everything; `worth` are summed; `page` finds the pages that say it. `unknown` are words that
    neither index nor dictionary have, each with the likeliest that was meant, or nothing.
    """

    match: Query | None = None
    rough: tuple[Query, ...] = ()
    worth: tuple[Query, ...] = ()
    page: Query | None = None
    marks: Marks = field(default_factory=Marks)
    synonyms: tuple[str, ...] = ()
    unknown: Mapping[str, str] = field(default_factory=dict)
    can_widen: bool = False


@dataclass(slots=True)
class _Unit:
    """One thing that has to be met. `in_field(name)` gives the query for one field of stems."""

    in_field: Callable[[str], Query]
    worth: list[Query] = field(default_factory=list)
    exact: list[str] = field(default_factory=list)
    is_soft: bool = True


def build(asked: Asked, reader: Reader, known: Vocabulary, *, widened: bool = False) -> Built:
    """Who types the name of a PMKS, or another word for it, also finds what stands under it without naming it."""
    return _Building(asked, reader, known, widened).built()


class _Building:
    """One question. Widened, one of its words is enough and short words may have two wrong letters."""

    def __init__(self, asked: Asked, reader: Reader, known: Vocabulary, widened: bool) -> None:
        self.asked, self.known, self.widened = asked, known, widened
        self.make = Maker(reader.outputs_schema)
        self.pages = Maker(reader.pages_schema)
        self.searcher = reader.outputs
        self.stems: dict[str, int] = {}
        self.runs: dict[tuple[str, ...], int] = {}
        self.words: dict[str, int] = {}
        self.unknown: dict[str, int] = {}
        self.likeliest: dict[str, str] = {}
        self.synonyms: dict[str, None] = {}
        self.is_identifier = False
        self.order: list[str] = []  # stems of plain words as they were typed, for neighbours

    def built(self) -> Built:
        clauses = [list(self._units_of(clause)) for clause in self.asked.clauses]
        units = [unit for clause in clauses for unit in clause][:MOST_UNITS]
        known = self._known_as_whole()
        return Built(
            match=self._match(units, known),
            rough=(*known, *(() if self.is_identifier else self._rough(units))),
            worth=tuple(self._worth(units, known)),
            page=self._page(units),
            marks=Marks(self.stems, self.runs, self.words, self.unknown),
            synonyms=tuple(self.synonyms),
            unknown=self.likeliest,
            can_widen=not self.widened and not self.is_identifier and any(unit.is_soft for unit in units),
        )

    # --- what is found ---

    def _match(self, units: list[_Unit], known: Sequence[Query]) -> Query | None:
        if self.is_identifier:
            return any_of(known)
        if not units and not self.asked.excluded and not self.asked.years:
            return None
        found = self._limited(self._required(units, "all_stem") if units else Query.all_query())
        return any_of([*known, found])

    def _limited(self, query: Query) -> Query:
        """Without what is excluded, and of the years asked for."""
        clauses = [(Occur.MustNot, self._excluded(part)) for part in self.asked.excluded]
        if self.asked.years:
            years = any_of([self.make.years(first, last) for first, last in self.asked.years])
            clauses.append((Occur.Must, Query.const_score_query(years, 0.0)))
        return Query.boolean_query([(Occur.Must, query), *clauses]) if clauses else query

    def _required(self, units: Sequence[_Unit], name: str) -> Query:
        soft = [unit.in_field(name) for unit in units if unit.is_soft]
        hard = [unit.in_field(name) for unit in units if not unit.is_soft]
        needed = 1 if self.widened else len(soft) if len(soft) <= ALL_OF else max(ALL_OF, round(SHARE * len(soft)))
        if needed == len(soft):
            return all_of(soft + hard)
        return all_of([Query.boolean_query([(Occur.Should, query) for query in soft], needed), *hard])

    def _excluded(self, part: Part) -> Query:
        if part.field == PEOPLE:
            return all_of([self.make.word("people", word) for word in analysis.exact(part.text)])
        name = "title" if part.field == TITLE else "all"
        if not part.is_phrase and (stems := analysis.stems(part.text)):
            return self.make.phrase(f"{name}_stem", stems)
        return self.make.phrase(name, analysis.exact(part.text))

    def _known_as_whole(self) -> list[Query]:
        """An identifier was typed: that alone is meant. A whole title: found whatever its words say otherwise."""
        values = [value for value in identifiers(self.asked.text) if self.searcher.doc_freq("identifier", value)]
        self.is_identifier = bool(values)
        known = [self.make.word("identifier", value) for value in values]
        key = fields.title_key(self.asked.text)
        return known + ([self.make.word("title_key", key)] if key and self.searcher.doc_freq("title_key", key) else [])

    # --- the units ---

    def _units_of(self, clause: Sequence[Part]) -> Iterator[_Unit]:
        if len(clause) == 1 and not clause[0].field and not clause[0].is_phrase:
            yield from self._run(clause[0])
            return
        alternatives = [list(self._units_of_part(part)) for part in clause]
        yield _Unit(
            lambda name: any_of([all_of([unit.in_field(name) for unit in units]) for units in alternatives]),
            worth=[query for units in alternatives for unit in units for query in unit.worth],
            exact=[word for units in alternatives for unit in units for word in unit.exact],
            is_soft=False,
        )

    def _units_of_part(self, part: Part) -> Iterator[_Unit]:
        if part.field == PEOPLE:
            yield self._person(part)
        elif part.is_phrase:
            yield self._phrase(part)
        elif part.field == TITLE:
            for unit in self._run(part):
                in_title = unit.in_field("title_stem")
                yield _Unit(lambda name, query=in_title: query, unit.worth, unit.exact)  # type: ignore[misc]
        else:
            yield from self._run(part)

    def _run(self, part: Part) -> Iterator[_Unit]:
        slots = synonyms.expand(part.text)
        at = 0
        while at < len(slots):
            named = self._longest_name(slots[at:])
            taken = slots[at : at + (named or 1)]
            yield from self._named(taken, part.text) if named else self._slot_units(taken[0], part.text)
            at += len(taken)
        self.order += [stem for slot in slots for stem in slot.stems]
        if not slots:
            yield from (self._stop_word(word) for word in analysis.exact(part.text))

    def _longest_name(self, slots: Sequence[Slot]) -> int:
        """How many slots from the first on are the name of a PMKS; one alone is left to `_slot`."""
        stems: tuple[str, ...] = ()
        longest = 0
        for number, slot in enumerate(slots[:MOST_UNITS], 1):
            stems += slot.stems
            longest = number if number > 1 and stems in self.known.topics else longest
        return longest

    def _named(self, slots: Sequence[Slot], text: str) -> Iterator[_Unit]:
        units = [unit for slot in slots for unit in self._slot_units(slot, text)]
        topic = self.make.word("pmks", self.known.topics[tuple(stem for slot in slots for stem in slot.stems)])

        def in_field(name: str) -> Query:
            words = (any_of if self.widened else all_of)([unit.in_field(name) for unit in units])
            return any_of([words, topic]) if name == "all_stem" else words

        worth = [Query.const_score_query(topic, TOPIC_WORTH), *(query for unit in units for query in unit.worth)]
        yield _Unit(in_field, worth, [word for unit in units for word in unit.exact])

    def _stop_word(self, word: str) -> _Unit:
        self._remember_written([word])
        worth = [self.make.word(name, word, boost) for name, boost in EXACT_WORTH.items()]
        return _Unit(lambda name: self.make.word(name.removesuffix("_stem"), word), worth, [word])

    def _phrase(self, part: Part) -> _Unit:
        words = analysis.exact(part.text)
        self._remember_written(words)
        target = "title" if part.field == TITLE else ""
        worth = [self.make.phrase(name, words, boost) for name, boost in EXACT_WORTH.items()]
        return _Unit(lambda name: self.make.phrase(target or name.removesuffix("_stem"), words), worth, words)

    def _person(self, part: Part) -> _Unit:
        """Words of a name in any order; quoted, next to each other, the family name last or first."""
        words = analysis.exact(part.text)
        self._remember_written(words)
        query = all_of([self.make.word("people", word) for word in words])
        if part.is_phrase and len(words) > 1:
            turned = (words[at:] + words[:at] for at in range(min(len(words), 5)))
            query = any_of([self.make.phrase("people", each) for each in turned])
        return _Unit(lambda _name: query, [Query.boost_query(query, EXACT_WORTH["people"])], [])

    # --- a word, or a term of several words ---

    def _slot_units(self, slot: Slot, text: str) -> Iterator[_Unit]:
        """One; widened, also one for each of its parts."""
        yield self._slot(slot, text[slot.start : slot.end])
        if self.widened:
            for part in slot.parts:
                yield from self._slot_units(part, text)

    def _slot(self, slot: Slot, typed: str) -> _Unit:
        exact = analysis.exact(typed)
        misspelt = self._misspelt(slot, exact)
        self._remember(slot)
        worth = [self._best_of(name, slot, boost) for name, boost in STEM_WORTH.items()]
        worth += [self.make.word(name, word, boost) for word in exact for name, boost in EXACT_WORTH.items()]
        worth += [Query.const_score_query(query, TOPIC_WORTH) for query in self._topics(slot)]
        for word in misspelt:
            worth += [self._close_to(word, name, boost) for name, boost in MISSPELT_WORTH.items()]
            near = near_words(word, self.searcher)[:MOST_NEAR]
            worth += [self.make.word("title", other, NEAR_WORTH) for other in near]
            self.likeliest[word] = next(iter(near), "")

        def in_field(name: str) -> Query:
            written = "words" if name == "all_stem" else name.removesuffix("_stem")
            topics = self._topics(slot) if name == "all_stem" else []
            return any_of([self._met(slot, name), *topics, *(self._close_to(word, written) for word in misspelt)])

        return _Unit(in_field, worth, exact)

    def _met(self, slot: Slot, name: str) -> Query:
        typed = [self._met(part, name) for part in slot.parts] or [self.make.word(name, stem) for stem in slot.stems]
        others = [self.make.phrase(name, one.stems, one.weight) for one in slot.alternatives]
        return any_of([all_of(typed), *others])

    def _topics(self, slot: Slot) -> list[Query]:
        """The PMKS that bear this name."""
        names = [slot.stems, *(one.stems for one in slot.alternatives)]
        codes = {code: None for name in names if (code := self.known.topics.get(name))}
        return [self.make.word("pmks", code) for code in codes]

    def _best_of(self, name: str, slot: Slot, boost: float) -> Query:
        """The typed words or the best of what else is meant, so that many synonyms in one text do not add up."""
        typed = any_of([self.make.word(name, stem, boost) for stem in slot.stems])
        others = [self.make.phrase(name, one.stems, boost * one.weight) for one in _alternatives(slot)]
        if not others or name not in ALTERNATIVE_FIELDS:
            return typed
        return Query.disjunction_max_query([typed, *others], _TIE)

    def _misspelt(self, slot: Slot, exact: Iterable[str]) -> list[str]:
        """Words that neither the index nor the thesaurus nor the dictionary knows."""
        if slot.alternatives or any(self.searcher.doc_freq("all_stem", stem) or is_root(stem) for stem in slot.stems):
            return []
        found = [word for word in exact if len(word) > 2 and not self.searcher.doc_freq("all", word)]
        for word in found:
            self.unknown.setdefault(word, len(self.stems))
        return found

    def _close_to(self, word: str, name: str, boost: float = 1.0) -> Query:
        near = self.make.close(name, word, 1, boost)
        if len(word) < LONG_WORD and not (self.widened and len(word) > 3):
            return near
        return Query.disjunction_max_query([near, self.make.close(name, word, 2, boost * SECOND_TYPO)])

    def _remember(self, slot: Slot) -> None:
        """Stems of one slot are different things, but another word for it is the same thing as its first."""
        number = len(self.stems)
        for at, stem in enumerate(slot.stems):
            self.stems.setdefault(stem, number + at)
        for one in _alternatives(slot):
            if len(one.stems) == 1:
                self.stems.setdefault(one.stems[0], number)
            else:
                self.runs.setdefault(one.stems, number)
            if one.shown and all(self.searcher.doc_freq("all_stem", stem) for stem in one.stems):
                self.synonyms[one.term] = None

    def _remember_written(self, words: Iterable[str]) -> None:
        for word in words:
            self.words.setdefault(word, len(self.words) + _WRITTEN)

    # --- what is worth a look, and how much ---

    def _rough(self, units: Sequence[_Unit]) -> Iterator[Query]:
        if not units:
            return
        for name in ("title_stem", "keywords_stem"):
            yield self._limited(self._required(units, name))
        words = [word for unit in units if unit.is_soft for word in unit.exact]
        if words and len(words) <= 2 * ALL_OF:
            yield self._limited(all_of([self.make.word("people", word) for word in words]))

    def _worth(self, units: Sequence[_Unit], known: Sequence[Query]) -> Iterator[Query]:
        if known:
            yield from self._worth_as_whole()
        for unit in units:
            yield from unit.worth
        yield from self._neighbours()

    def _worth_as_whole(self) -> Iterator[Query]:
        """An identifier before a title before everything else."""
        for value in identifiers(self.asked.text):
            yield Query.const_score_query(self.make.word("identifier", value), IDENTIFIER_WORTH)
        if key := fields.title_key(self.asked.text):
            yield Query.const_score_query(self.make.word("title_key", key), TITLE_WORTH)

    def _neighbours(self) -> Iterator[Query]:
        for pair in dict.fromkeys(pairwise(self.order[:MOST_UNITS])):
            for name, boost in NEIGHBOUR_WORTH.items():
                yield self.make.phrase(name, pair, boost, NEIGHBOUR_SLOP)

    def _page(self, units: Sequence[_Unit]) -> Query | None:
        queries = [self.pages.word("text_stem", stem) for stem in sorted(self.stems)]
        queries += [self.pages.phrase("text_stem", run) for run in sorted(self.runs)]
        queries += [self.pages.word("text", word) for word in sorted(self.words)]
        queries += [
            self.pages.phrase("text_stem", pair, slop=NEIGHBOUR_SLOP) for pair in pairwise(self.order[:MOST_UNITS])
        ]
        return any_of(queries) if queries and units else None


def _alternatives(slot: Slot) -> Iterator[Alternative]:
    yield from slot.alternatives
    for part in slot.parts:
        yield from _alternatives(part)
