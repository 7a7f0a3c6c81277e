"""Outputs like another, each with the reason why."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from django.utils.translation import gettext as _
from tantivy import Query

from publications.models import Contributor, Version
from publications.queries.rows import Row, output_rows
from publications.queries.terms import TermLabel, terms_of
from search import analysis
from search.index import reading
from search.index.reading import Reader
from search.query.building import Built
from search.query.kept import Kept
from search.query.making import Maker, any_of
from search.query.ranking import Ranking
from search.query.request import RELEVANCE
from taxonomy import umbrella

MOST = 5
_LOOKED_AT = 12
_TERMS = 20
_WORTH = {"title_stem": 1.5, "keywords_stem": 1.5, "abstract_stem": 1.0}
_IN_TITLE, _IN_KEYWORDS = 4, 3  # how often a word counts that stands there
_SAME_PERSON, _SAME_PMKS = 4.0, 5.0
_ALIKE = 0.25  # of the words that tell most about an output; less is chance

People = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class Related:
    """`pmks` and `people` are those that both have; at least one of them, or `is_alike` in its words."""

    row: Row
    pmks: tuple[TermLabel, ...]
    people: tuple[str, ...]
    is_alike: bool

    @property
    def reasons(self) -> list[str]:
        """In the language of the page, the strongest first."""
        found = []
        if self.people:
            found.append(_("same author: %(names)s") % {"names": ", ".join(self.people)})
        if self.pmks:
            topics = ", ".join(term.label for term in self.pmks)
            found.append(_("same %(umbrella)s: %(topics)s") % {"umbrella": umbrella.current(), "topics": topics})
        return found or [_("similar content")]


_kept: Kept[tuple[Related, ...]] = Kept(2_000)


def related_outputs(version: Version, generation: int | None) -> tuple[Related, ...]:
    """At most five, the likest first; none while there is no index. `version` needs its texts.

    Six SQL statements at most, and none when asked again at the same `generation`.
    """
    try:
        with reading.searching() as reader:
            if generation is None:
                return _related(version, reader)
            return _kept.get((reader.generation, generation, version.pk), lambda: _related(version, reader))
    except reading.IndexNotReady:
        return ()


def _related(version: Version, reader: Reader) -> tuple[Related, ...]:
    pmks = {term.code for term in terms_of([version.pk], ["pmks"])[version.pk]["pmks"]}
    people = _people([version.pk])[version.pk]
    words = _telling_words(version, reader)
    ids = Ranking(reader, _built(words, pmks, people, reader), (), RELEVANCE).best()
    rows = output_rows([pk for pk in ids if pk != version.output_id][:_LOOKED_AT])
    theirs = _people([row.version.pk for row in rows])
    compared = (_compared(row, words, pmks, people, theirs[row.version.pk]) for row in rows)
    return tuple(one for one in compared if one.pmks or one.people or one.is_alike)[:MOST]


def _telling_words(version: Version, reader: Reader) -> dict[str, float]:
    """The stems that tell most about it: often here, seldom elsewhere."""
    counted: Counter[str] = Counter()
    for text, times in (
        (f"{version.title_id} {version.title_en}", _IN_TITLE),
        (" ".join([*version.keywords_id, *version.keywords_en]), _IN_KEYWORDS),
        (f"{version.abstract_id} {version.abstract_en}", 1),
    ):
        for stem, number in Counter(analysis.stems(text)).items():
            counted[stem] += number * times
    total = reader.outputs.num_docs + 1
    found = {}
    for stem, number in counted.items():
        elsewhere = reader.outputs.doc_freq("all_stem", stem)
        if elsewhere > 1:  # else it stands only here
            found[stem] = sqrt(number) * log(total / elsewhere)
    return dict(sorted(found.items(), key=lambda pair: -pair[1])[:_TERMS])


def _built(words: dict[str, float], pmks: Iterable[str], people: Iterable[int], reader: Reader) -> Built:
    make = Maker(reader.outputs_schema)
    highest = max(words.values(), default=1.0)
    by_field = {
        name: [make.word(name, stem, boost * weight / highest) for stem, weight in words.items()]
        for name, boost in _WORTH.items()
    }
    same = [make.word("person", pk) for pk in people]
    alike = [make.word("pmks", code) for code in pmks]
    return Built(
        match=Query.empty_query(),
        rough=(*(any_of(queries) for queries in by_field.values() if queries), *same, *alike),
        worth=(
            *(query for queries in by_field.values() for query in queries),
            *(Query.const_score_query(query, _SAME_PERSON) for query in same),
            *(Query.const_score_query(query, _SAME_PMKS) for query in alike),
        ),
    )


def _compared(
    row: Row, words: dict[str, float], pmks: set[str], people: dict[int, str], theirs: dict[int, str]
) -> Related:
    version = row.version
    texts = (version.title_id, version.title_en, version.abstract_id, version.abstract_en)
    stems = {stem for text in texts for stem in analysis.stems(text)}
    shared = sum(weight for stem, weight in words.items() if stem in stems)
    return Related(
        row,
        tuple(term for term in row.pmks if term.code in pmks),
        tuple(name for pk, name in theirs.items() if pk in people),
        is_alike=shared >= _ALIKE * sum(words.values()),
    )


def _people(versions: Sequence[int]) -> People:
    """{version: {person: name as printed}}; who was merged is who they became."""
    found: People = defaultdict(dict)
    contributors = Contributor.objects.filter(version__in=versions).exclude(person=None).order_by("version", "position")
    for version, person, merged, given, family in contributors.values_list(
        "version_id", "person_id", "person__merged_into_id", "given_name", "family_name"
    ):
        found[version][merged or person] = f"{given} {family}".strip()
    return found
