"""The fields of the two indexes that are kept side by side: one document an output, one document a page of text.

Two, since BM25 weighs a word by the number and the mean length of all documents of its index: pages would make every
title look long. Nothing but `public_id` can be read back as text; whoever shows something asks PostgreSQL by `id`.

OUTPUTS, one for each public output

Words. Blank-separated results of `search.analysis`, with positions, so phrases work; several values (both languages,
several people) never make a phrase together. A name alone holds the words as written (`analysis.exact`), with `_stem`
their stems (`analysis.stems`): ask each with the same function.
  title, title_stem              both languages
  abstract, abstract_stem        both languages
  keywords, keywords_stem        both languages
  people                         as printed, the current name and the names they are also known by; never stemmed
  organisations, organisations_stem   affiliations as written, full names in both languages, acronyms, former names
  published_in, published_in_stem     publisher, container title, funder, award number
  all, all_stem                  everything above, the identifiers, and the text of all files that are open to everybody
Whole values, one term each
  title_key                      `title_key(title)` for each language: a hit means the whole title was typed
  identifier                     DOI, ISBN, ISSN, report number, address and public id as `identifier_key` writes them
  public_id                      stored
For suggestions (`searcher.terms_with_prefix`; always with `filter_query=Query.all_query()`, or the words of withdrawn
outputs show until Tantivy merges their segment)
  words                          the words of title, abstract, keywords, people and organisations as written, without
                                 positions; its terms are what a misspelt word may be corrected to
  person_names                   `name_terms`: name folded, name, id of Person, with tabs between; one for each of its
                                 words, beginning with it
  organisation_names             the same, id of Organisation; also for acronyms and English names
Filters: `Query.term_query` or `term_set_query`. Codes are those of the vocabularies.
  pmks, psks, cluster, pillar, service, province, method   text, several values; cluster: those of its PMKS,
                                 pillar: also those of its services
  conference                     text: id of the Edition it was given at, if everybody may know of that
  type, language, access         text, one value; access as of the day the document was built, and built anew on the
                                 day an embargo ends: open, embargoed, restricted, metadata_only (an embargo that
                                 has ended is "open")
  person, organisation           integers, several values: ids of Person and Organisation (never a merged one)
  year                           integer, fast; also for `range_query` (FieldType.Integer)
Counts: see `FACETS`. Tantivy counts 1,000,000 values of a text field with one value a document in 2 ms, of one with
several in 50 ms; so all codes of a document are one value, and so are those of several facets (`GROUPS`), which
`counts` takes apart again.
Order: `search(order_by_field=...)`, all different from each other, so that pages never overlap
  newest                         integer: date, then id (Order.Asc gives oldest first)
  most_read                      integer: how often read, then id
  title_sort                     text: the title as readers in Indonesian see it, then id
Bookkeeping
  id                             integer, fast: id of Output; all of a page's hits at once by
                                 `searcher.fast_field_values("id", [address for _score, address in hits])`
  digest                         integer, fast: changes when anything of the document or its pages changes

PAGES, one for each page that has text, of files that are open to everybody
  id, file, page                 integers, fast: ids of Output and File, number of the page
  text, text_stem                words with positions
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tantivy import Schema, SchemaBuilder

from search.analysis import exact

# Part of every index; one of another number is built anew. Raise it when fields or their meaning change.
VERSION = 3

SEPARATOR, PART = ",", "|"
NONE = "-"

WORDS = (
    "title", "title_stem", "abstract", "abstract_stem", "keywords", "keywords_stem", "people", "organisations",
    "organisations_stem", "published_in", "published_in_stem", "all", "all_stem",
)  # fmt: skip
CODES = ("pmks", "psks", "cluster", "pillar", "service", "province", "method", "conference")
SINGLE = ("type", "language", "access")


@dataclass(frozen=True, slots=True)
class Facet:
    """`field` filters; the values are counted by terms aggregations on each of `counted`, added up by `counts`, and are
    part number `part` of what is counted.
    """

    field: str
    counted: tuple[str, ...]
    part: int = 0


# Counted together, one field each: a document has one value for all facets of a group, and few values are different.
GROUPS = {
    "kinds": ("type", "language", "access", "conference"),
    "topics": ("pmks", "cluster"),
    "helps": ("pillar", "service", "psks"),
    "methods": ("method",),
    "provinces": ("province",),
    "years": ("year",),
}
# Most outputs have one or two organisations, of thousands: sets of them would be too many different values.
FACETS = {name: Facet(name, (group,), part) for group, names in GROUPS.items() for part, name in enumerate(names)}
FACETS["organisation"] = Facet("organisation", ("organisation_1", "organisation_2", "organisation_more"))


def grouped(values: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The fields of `GROUPS` for a document with these codes."""
    return {group: PART.join(SEPARATOR.join(values[name]) or NONE for name in names) for group, names in GROUPS.items()}


def counted(facets: Iterable[str]) -> list[str]:
    """The fields that count these facets."""
    return list(dict.fromkeys(field for name in facets for field in FACETS[name].counted))


def aggregations(fields: Iterable[str]) -> dict[str, dict[str, dict[str, object]]]:
    """For `searcher.aggregate(query, …)`; give the answer to `counts`."""
    return {field: {"terms": {"field": field, "size": 60_000}} for field in fields}


def counts(facet: str, answer: Mapping[str, dict[str, list[dict[str, object]]]]) -> Counter[str]:
    """How many of the documents have each value: codes, years and ids as strings."""
    found: dict[str, int] = {}
    part = FACETS[facet].part
    for field in FACETS[facet].counted:
        for bucket in answer[field]["buckets"]:
            number = int(bucket["doc_count"])  # type: ignore[call-overload]
            for value in str(bucket["key"]).split(PART)[part].split(SEPARATOR):
                found[value] = found.get(value, 0) + number
    found.pop(NONE, None)
    return Counter(found)


def title_key(title: str) -> str:
    """Equal for titles that differ in case, accents and punctuation alone."""
    return " ".join(exact(title))


def identifier_key(value: str) -> str:
    """Equal for an ISBN with and without hyphens and a DOI however its letters are."""
    return value.casefold().replace("-", "").strip()


def name_terms(name: str, pk: int) -> list[str]:
    """One beginning with each of the first words, for whoever types a family name first."""
    words = exact(name)
    return [f"{' '.join(words[n:] + words[:n])}\t{name}\t{pk}" for n in range(min(len(words), 5))]


def outputs_schema() -> Schema:
    builder = SchemaBuilder()
    for name in ("id", "newest", "most_read", "digest"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in WORDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    for name in ("title_key", "identifier", "person_names", "organisation_names", *CODES, *SINGLE):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("title_sort", *counted(FACETS)):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("public_id", tokenizer_name="raw", index_option="basic", stored=True)
    for name in ("person", "organisation"):
        builder.add_integer_field(name, indexed=True)
    builder.add_integer_field("year", indexed=True, fast=True)
    return builder.build()


def pages_schema() -> Schema:
    builder = SchemaBuilder()
    for name in ("id", "file", "page"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("text", "text_stem"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    return builder.build()
