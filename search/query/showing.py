"""From ids and counts to what pages show: rows read through the one definition of public, texts with their marks."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import get_language
from tantivy import Occur, Query

from accounts.models import Organisation, Person
from publications.languages import language_name
from publications.queries.facets import Facet, Option
from publications.queries.rows import Row, output_rows
from publications.states import Access
from search.index.reading import Reader
from search.query.building import Built
from search.query.facets import YEAR, Counts
from search.query.highlighting import Highlighter, Mark, covered, cut
from search.query.making import Maker
from search.query.parameters import PARAMETERS, label_of
from search.query.request import SearchRequest
from search.query.results import Hit, PageHit, Piece, Pieces, YearCount
from search.query.vocabulary import Vocabulary

PAGES_LOOKED_AT = 1_000
MOST_ORGANISATIONS = 50
_MOST_YEARS = 150


# --- hits ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _PageText:
    hit: PageHit
    text: str


def hits_shown(ids: Sequence[int], built: Built, reader: Reader, today: datetime.date) -> tuple[Hit, ...]:
    rows = output_rows(ids)
    highlighter = Highlighter(built.marks)
    pages = _best_pages(rows, built, reader, today)
    return tuple(_hit(row, highlighter, pages.get(row.output.pk)) for row in rows)


def _hit(row: Row, highlighter: Highlighter, page: _PageText | None) -> Hit:
    """The snippet is from the page only if that answers more than title and abstract together."""
    title = row.version.title
    in_title = highlighter.marks_in(title)
    titled = cut(title, in_title, 0, len(title))
    language, text, marks = _abstract(row, highlighter)
    if page is not None and covered([*in_title, *marks]) < highlighter.most:
        on_page = highlighter.marks_in(page.text, enough=True)
        if covered(on_page) > covered([*in_title, *marks]):
            snippet = highlighter.snippet(page.text, on_page)
            return Hit(row, titled, snippet, row.version.language, page.hit, is_from_page=True)
    page_hit = page.hit if page else None
    if marks:
        return Hit(row, titled, highlighter.snippet(text, marks), language, page_hit)
    return Hit(row, titled, _plain(row.snippet), row.snippet_language, page_hit)


def _plain(text: str) -> Pieces:
    return (Piece(text, False),) if text else ()


def _abstract(row: Row, highlighter: Highlighter) -> tuple[str, str, list[Mark]]:
    """The abstract that says more of what was asked for; of equals that in the reader's language."""
    both = [("id", row.version.abstract_id), ("en", row.version.abstract_en)]
    if get_language() == "en":
        both.reverse()
    best: tuple[str, str, list[Mark]] = (*both[0], [])
    for language, text in both:
        marks = highlighter.marks_in(text, enough=True)
        if covered(marks) > covered(best[2]):
            best = (language, text, marks)
        if covered(best[2]) == highlighter.most:
            break
    return best


def _best_pages(rows: Sequence[Row], built: Built, reader: Reader, today: datetime.date) -> dict[int, _PageText]:
    """For each hit whose files are open by what PostgreSQL says now: the page that answers the question best."""
    versions = {row.output.pk: row.version.pk for row in rows if row.version.files_open_on(today)}
    if built.page is None or not versions:
        return {}
    make = Maker(reader.pages_schema)
    query = Query.boolean_query([(Occur.Must, make.one_of("id", list(versions))), (Occur.Must, built.page)])
    addresses = [address for _score, address in reader.pages.search(query, PAGES_LOOKED_AT, count=False).hits]
    columns = [reader.pages.fast_field_values(name, addresses) for name in ("id", "file", "page")]
    best: dict[int, tuple[int, int]] = {}
    for output, file, page in zip(*columns, strict=True):
        best.setdefault(int(output or 0), (int(file or 0), int(page or 0)))
    return dict(_page_texts(best, versions))


_PAGE_TEXTS = """
    SELECT f.version_id, f.id, f.name, p.number, p.text
      FROM unnest(%s::bigint[], %s::int[]) AS wanted (file, page)
      JOIN publications_file f ON f.id = wanted.file AND f.version_id = ANY(%s)
      JOIN publications_page p ON p.blob_id = f.blob_id AND p.number = wanted.page
"""


def _page_texts(best: dict[int, tuple[int, int]], versions: dict[int, int]) -> Iterator[tuple[int, _PageText]]:
    if not best:
        return
    files, pages = zip(*best.values(), strict=True)
    outputs = {version: output for output, version in versions.items()}
    with connection.cursor() as cursor:
        cursor.execute(_PAGE_TEXTS, [list(files), list(pages), list(outputs)])
        for version, file, name, number, text in cursor.fetchall():
            yield outputs[version], _PageText(PageHit(file, name, number), " ".join(text.split()))


# --- facets ----------------------------------------------------------------------------------------------------------


def facets_shown(asked: SearchRequest, counts: Counts, known: Vocabulary) -> dict[str, Facet]:
    organisations = _shown_organisations(asked, counts)
    names = _names(organisations, asked.values("penulis"))
    shown = {}
    for name in PARAMETERS:
        options = list(_options(name, asked, counts, known, names, organisations))
        shown[name] = Facet(name, label_of(name), options)
    return shown


Names = dict[tuple[str, str], str]


def _options(
    name: str, asked: SearchRequest, counts: Counts, known: Vocabulary, names: Names, organisations: Sequence[str]
) -> Iterator[Option]:
    chosen, found = asked.values(name), counts.values.get(name, Counter())
    for value, label, number in _labelled(name, chosen, found, known, names, organisations):
        yield Option(value, label, value in chosen, number)


def _labelled(
    name: str,
    chosen: Sequence[str],
    found: Counter[str],
    known: Vocabulary,
    names: Names,
    organisations: Sequence[str],
) -> list[tuple[str, str, int | None]]:
    if PARAMETERS[name].table:
        terms = known.by_code[name].items()
        counted = ((term, found.get(code, 0)) for code, term in terms)
        here = get_language()
        return [(term.slug, term.label_in(here), number) for term, number in counted if number or term.slug in chosen]
    if name in ("lembaga", "penulis"):
        values = organisations if name == "lembaga" else chosen
        is_counted = PARAMETERS[name].is_counted
        named = [(value, names[name, value]) for value in values if (name, value) in names]
        return [(value, label, found[value] if is_counted else None) for value, label in named]
    return [(value, _label(name, value), found[value]) for value in _in_order(name, found, chosen)]


def _in_order(name: str, found: Counter[str], chosen: Sequence[str]) -> list[str]:
    values = {*found, *chosen}
    if name == "akses":
        return [value for value in Access.values if value in values]
    if name == YEAR:
        return sorted(values, reverse=True)
    return sorted(values, key=lambda value: (-found[value], value))


def _label(name: str, value: str) -> str:
    if name == "akses":
        return str(Access(value).label)
    return language_name(value) if name == "bahasa" else value


def _shown_organisations(asked: SearchRequest, counts: Counts) -> list[str]:
    """Those with most hits, and those that were chosen."""
    found = counts.values["lembaga"]
    most = sorted(found.items(), key=lambda pair: (-pair[1], int(pair[0])))[:MOST_ORGANISATIONS]
    return list(dict.fromkeys([*(value for value, _count in most), *asked.values("lembaga")]))


def _names(organisations: Iterable[str], people: Iterable[str]) -> Names:
    found: Names = {}
    ids = [int(value) for value in organisations]
    if ids:
        is_english = get_language() == "en"
        for pk, name, name_en in Organisation.objects.filter(pk__in=ids).values_list("pk", "name", "name_en"):
            found["lembaga", str(pk)] = name_en if is_english and name_en else name
    if people:
        for person in Person.objects.filter(pk__in=[int(value) for value in people]).only("given_name", "family_name"):
            found["penulis", str(person.pk)] = str(person)
    return found


def years_shown(asked: SearchRequest, counts: Counts) -> tuple[YearCount, ...]:
    """Every year from the first to the last with hits."""
    found = counts.values[YEAR]
    if not found:
        return ()
    last = max(map(int, found))
    first = max(min(map(int, found)), last - _MOST_YEARS + 1)
    highest = max(found.values())
    counted = ((year, found.get(str(year), 0)) for year in range(first, last + 1))
    return tuple(
        YearCount(year, number, round(100 * number / highest), _is_chosen(year, asked)) for year, number in counted
    )


def _is_chosen(year: int, asked: SearchRequest) -> bool:
    chosen = asked.values(YEAR)
    if chosen and str(year) not in chosen:
        return False
    is_narrowed = bool(chosen or asked.year_from or asked.year_to)
    return is_narrowed and (asked.year_from or 0) <= year <= (asked.year_to or 9999)
