"""Indexes made without PostgreSQL: of the sample outputs and of real titles, to judge what is found and where."""

import csv
import datetime
import gzip
import json
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tantivy import Index

from kesos_repo.paths import ROOT
from publications.queries.terms import TermLabel
from search.index import schema
from search.index.documents import document_of
from search.index.place import Place
from search.index.reading import Reader
from search.index.rows import Described, Named
from search.index.writing import Writer
from search.query.request import SearchRequest
from search.query.running import looked_for, nearly
from search.query.vocabulary import Vocabulary
from search.thesaurus import Entry, Thesaurus

TODAY = datetime.date(2026, 11, 24)
TITLES = ROOT.parent / "shared" / "data" / "proceedings" / "acl.jsonl.gz"
_DEMO = ROOT / "publications" / "demo"


def reader_of(rows: Iterable[Described], folder: Path) -> Reader:
    place = Place(folder)
    for each in (place.outputs, place.pages):
        each.mkdir(parents=True)
    writer = Writer(place)
    writer.add(document_of(row) for row in rows)
    writer.commit()
    writer.finish()
    outputs, pages = Index.open(str(place.outputs)), Index.open(str(place.pages))
    return Reader(outputs.searcher(), pages.searcher(), outputs.schema, pages.schema, folder.name)


def found(reader: Reader, words: str, limit: int = 10) -> list[int]:
    """Ids in the order of the first page."""
    asked, known = SearchRequest(words=words), terms()
    ranking, total, _widened = looked_for(asked, reader, known)
    return (ranking.ids(0, limit, total) + nearly(ranking, total, asked, known)[1])[:limit]


@cache
def terms() -> Vocabulary:
    """The PMKS of data/pmks_26.csv; enough for searches that choose nothing."""
    with (ROOT / "taxonomy" / "data" / "pmks_26.csv").open(encoding="utf-8", newline="") as file:
        rows = [(row["code"], row["slug"], row["name_id"], row["name_en"]) for row in csv.DictReader(file)]
    found = [TermLabel(number, "pmks", *row) for number, row in enumerate(rows)]
    return Vocabulary({"pmks": {term.slug: term for term in found}}, {"pmks": {term.code: term for term in found}})


def thesaurus() -> Thesaurus:
    """That of data/synonyms_id.csv, as the database holds it after loading."""
    capitals = set((ROOT / "search" / "data" / "ambiguous.txt").read_text().split())
    with (ROOT / "search" / "data" / "synonyms_id.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Thesaurus(Entry(row["group"], row["term"], row["kind"], row["term"] in capitals) for row in rows)


def demo_outputs() -> list[dict[str, Any]]:
    files = sorted((_DEMO / "outputs").glob("*.toml"))
    outputs = [output for file in files for output in tomllib.loads(file.read_text(encoding="utf-8"))["output"]]
    return [output for output in outputs if "state" not in output]


def demo_rows() -> Iterator[Described]:
    """The public sample outputs, their sections as pages; ids are their places in `demo_outputs`."""
    with (_DEMO / "people.csv").open(encoding="utf-8", newline="") as file:
        names = {row["key"]: f"{row['given_name']} {row['family_name']}".strip() for row in csv.DictReader(file)}
    for number, output in enumerate(demo_outputs()):
        sections = [output.get("background", ""), output.get("method_text", ""), *output.get("results", [])]
        sections += [output.get("conclusion", ""), *output.get("recommendations", [])]
        yield _row(
            number,
            output["date"],
            [output.get("title_id", ""), output.get("title_en", "")],
            [output.get("abstract_id", ""), output.get("abstract_en", "")],
            keywords=[*output.get("keywords_id", []), *output.get("keywords_en", [])],
            people=[names[key] for key in output.get("people") or output.get("editors", [])],
            pages=[(1, at, text) for at, text in enumerate(sections, 1) if text],
            pmks=output["pmks"],
        )


def real_rows(step: int = 1) -> Iterator[Described]:
    """Every `step`th of the proceedings' records; ids are line numbers."""
    with gzip.open(TITLES, "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % step == 0:
                record = json.loads(line)
                people = [f"{one['given'] or ''} {one['family'] or ''}".strip() for one in record["authors"]]
                yield _row(
                    number, str(record["year"] or 2000), [record["title"]], [record["abstract"] or ""], people=people
                )


def _row(
    number: int, date: str, titles: list[str], abstracts: list[str], *, people: Iterable[str] = (), **fields: Any
) -> Described:
    written = str(date) + "-01-01"[len(str(date)) - 4 :]  # 2024, 2024-05, 2024-05-12
    row = Described(
        id=number,
        public_id=f"X{number:06}",
        date=datetime.date.fromisoformat(written),
        titles=[title for title in titles if title],
        abstracts=[abstract for abstract in abstracts if abstract],
        keywords=fields.pop("keywords", []),
        published_in=[],
        type="c_18ws",
        language="id",
        access="open",
        is_open=True,
        people=[Named(None, (name,), ()) for name in people],
        codes={name: [] for name in schema.CODES} | {"pmks": fields.pop("pmks", [])},
    )
    for name, value in fields.items():
        setattr(row, name, value)
    return row
