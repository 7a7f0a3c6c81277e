"""A search from its request to its answer.

    result = search(asked, timezone.localdate(), generation_of(request))

`IndexNotReady` passes through: there is no index yet, or it is being built anew after damage.
"""

import datetime
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace

from django.utils.translation import get_language

from publications.queries.generation import content_generation
from publications.queries.paging import Paging
from search import synonyms
from search.index import reading
from search.index.reading import Reader
from search.query.building import Built, build
from search.query.facets import Counts, Filters, count_all, count_facets, filters_of
from search.query.kept import Kept
from search.query.language import parse
from search.query.ranking import NEAR, Ranking
from search.query.request import RELEVANCE, Notice, SearchRequest
from search.query.results import Result
from search.query.showing import facets_shown, hits_shown, years_shown
from search.query.spelling import FEW, correction
from search.query.vocabulary import Vocabulary, vocabulary

PAGE_SIZE = 10  # fewer than on a list that is browsed: who searches looks at the first few, and each shows its text

_results: Kept[Result] = Kept(100)
_counts: Kept[Counts] = Kept(1_000)
_counters = ThreadPoolExecutor(8, "count-facets")


def search(asked: SearchRequest, today: datetime.date, generation: int | None) -> Result:
    """One page of hits with everything around it; the number of SQL statements does not depend on what is found.

    `generation` is that of the content (`generation_of(request)`): at the same one, with the same index and the same
    synonyms, the answer is kept. What has been withdrawn does not appear, even if the index does not know yet.
    """
    with reading.searching() as reader:
        if generation is None:
            return _search(asked, today, generation, reader)
        key = (reader.generation, generation, synonyms.edition(), get_language(), today, asked)
        return _results.get(key, lambda: _search(asked, today, generation, reader))


def ids(asked: SearchRequest) -> Iterator[int]:
    """The ids of all hits in order, in batches, all from one commit of the index; the page is ignored.

    Whoever shows them reads them through `Output.objects.public()`.
    """
    with reading.searching() as reader:
        ranking, total, _widened = looked_for(asked, reader, vocabulary(content_generation()))
        for batch in ranking.all_ids(total):
            yield from batch


def count(asked: SearchRequest) -> int:
    with reading.searching() as reader:
        return looked_for(asked, reader, vocabulary(content_generation()))[1]


def looked_for(asked: SearchRequest, reader: Reader, known: Vocabulary) -> tuple[Ranking, int, bool]:
    """The hits in their order, how many there are, and whether some of the words had to do."""
    filters = filters_of(asked, reader, known)
    typed = parse(asked.words)
    built = build(typed, reader, known)
    total = count_all(reader, built, filters)
    is_widened = not total and built.can_widen
    if is_widened:
        built = build(typed, reader, known, widened=True)
        total = count_all(reader, built, filters)
    return Ranking(reader, built, tuple(filters.values()), asked.order), total, is_widened


def nearly(ranking: Ranking, total: int, asked: SearchRequest, known: Vocabulary) -> tuple[Built | None, list[int]]:
    """Where few hits contain all the words: the ids of the best that contain some, to fill up the first page."""
    if not 0 < total < FEW or not ranking.built.can_widen or asked.page > 1:
        return None, []
    built = build(parse(asked.words), ranking.reader, known, widened=True)
    found = Ranking(ranking.reader, built, ranking.filters, RELEVANCE).best()
    exact = set(ranking.ids(0, total, total))
    return built, [pk for pk in found if pk not in exact][: FEW - total]


def _search(asked: SearchRequest, today: datetime.date, generation: int | None, reader: Reader) -> Result:
    known = vocabulary(generation)
    filters = filters_of(asked, reader, known)
    typed = parse(asked.words)
    strict = built = build(typed, reader, known)
    ranking = Ranking(reader, built, tuple(filters.values()), asked.order)
    counting = _counting(asked, reader, built, filters)
    end = asked.page * PAGE_SIZE
    ahead = hits_shown(ranking.ids(end - PAGE_SIZE, end, 2 * end), built, reader, today) if end <= NEAR else ()
    counts = counting.result()
    notices, all_words_total = list(asked.notices), counts.total
    if not counts.total and built.can_widen:
        built = build(typed, reader, known, widened=True)
        counts = count_facets(reader, built, filters)
        ranking, ahead = Ranking(reader, built, ranking.filters, asked.order), ()
        notices += [Notice("widened")] if counts.total else []
    paging, beyond = _paging(asked.page, counts.total)
    notices += [beyond] if beyond else []
    wider, others = nearly(ranking, counts.total, asked, known)
    if others or (not ahead and counts.total):
        found = ranking.ids((paging.number - 1) * paging.size, paging.number * paging.size, counts.total)
        ahead = hits_shown([*found, *others], wider or built, reader, today)
    return Result(
        request=replace(asked, page=paging.number),
        total=counts.total,
        hits=tuple(hit for hit in ahead if hit.row.output.pk not in others),
        paging=paging,
        facets=facets_shown(asked, counts, known),
        years=years_shown(asked, counts),
        nearly=tuple(hit for hit in ahead if hit.row.output.pk in others),
        synonyms=built.synonyms,
        did_you_mean=correction(
            asked, all_words_total, strict, reader, lambda other: _count_exactly(other, reader, known)
        ),
        notices=tuple(notices),
    )


def _counting(asked: SearchRequest, reader: Reader, built: Built, filters: Filters) -> Future[Counts]:
    """The same on every page of a search and in every order. The index counts while the page is being read."""
    question = replace(asked, page=1, sort="", notices=())
    key = (reader.generation, synonyms.edition(), question)
    return _counters.submit(_counts.get, key, lambda: count_facets(reader, built, filters))


def _paging(page: int, total: int) -> tuple[Paging, Notice | None]:
    """Where a reader stands; behind the end is the last page."""
    last = max(1, -(-total // PAGE_SIZE))
    if page <= last:
        return Paging(page, total, PAGE_SIZE), None
    return Paging(last, total, PAGE_SIZE), Notice("page", "halaman", str(page))


def _count_exactly(asked: SearchRequest, reader: Reader, known: Vocabulary) -> int:
    """Without widening: what is suggested must find what it says."""
    return count_all(reader, build(parse(asked.words), reader, known), filters_of(asked, reader, known))
