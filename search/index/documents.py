"""From rows of PostgreSQL to documents of the index, many outputs at once with always the same number of queries.

Each batch must be read in one snapshot (`one_snapshot`): then a document is what the public saw at one moment.
"""

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db import connection, transaction

from publications.states import Access
from search.analysis import Analysed, analyse, exact
from search.index import schema
from search.index.rows import Described, Named, read_rows

ID_BITS = 40


@dataclass(frozen=True, slots=True)
class Documents:
    """What the indexes hold of one output, as JSON that the writer takes as it is; pages are there for open files."""

    id: int
    digest: int
    output: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    file: int
    number: int
    text: Analysed

    def values(self, output: int) -> dict[str, Any]:
        words = {"text": " ".join(self.text.exact), "text_stem": " ".join(self.text.stems)}
        return {"id": output, "file": self.file, "page": self.number, **words}


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All reads inside see the database at the same moment. Inside a transaction it is that one's business."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def build(ids: Sequence[int], today: datetime.date) -> list[Documents]:
    """The documents of those of these outputs that are public."""
    return [document_of(row) for row in read_rows(ids, today)]


def document_of(row: Described) -> Documents:
    pages = [_Page(file, number, analyse(text)) for file, number, text in row.pages]
    content = _words(row, pages) | _values(row)
    written = tuple(_json(page.values(row.id)) for page in pages)
    output = _json(content)
    digest = _digest(output, *written)
    return Documents(row.id, digest, f'{output[:-1]},"digest":{digest}}}', written)


def _words(row: Described, pages: Iterable[_Page]) -> dict[str, Any]:
    texts = {
        "title": row.titles,
        "abstract": row.abstracts,
        "keywords": row.keywords,
        "people": [name for person in row.people for name in person.names],
        "organisations": [name for organisation in row.organisations for name in organisation.names],
        "published_in": row.published_in,
    }
    analysed = {name: [analyse(text) for text in values] for name, values in texts.items()}
    found: dict[str, Any] = {name: _joined(one.exact for one in values) for name, values in analysed.items()}
    found |= {f"{name}_stem": _joined(one.stems for one in analysed[name]) for name in texts if name != "people"}
    rest = [*(analyse(value) for value in (row.public_id, *row.identifiers)), *(page.text for page in pages)]
    everything = [one for values in analysed.values() for one in values] + rest
    found["all"] = _joined(one.exact for one in everything)
    found["all_stem"] = _joined(one.stems for one in everything)
    distinct = {word for name in texts if name != "published_in" for one in analysed[name] for word in one.exact}
    found["words"] = " ".join(sorted(distinct))
    found["title_key"] = found["title"]
    return found


def _values(row: Described) -> dict[str, Any]:
    organisations = [str(one.id) for one in row.organisations if one.id]
    title = " ".join(exact(row.titles[0]))[:80]
    single = {"type": row.type, "language": row.language, "access": Access.OPEN if row.is_open else str(row.access)}
    return {
        "id": row.id,
        "public_id": row.public_id,
        "identifier": [schema.identifier_key(value) for value in (row.public_id, *row.identifiers)],
        "person_names": _name_terms(row.people),
        "organisation_names": _name_terms(row.organisations),
        "person": [one.id for one in row.people if one.id],
        "organisation": [one.id for one in row.organisations if one.id],
        "organisation_1": organisations[0] if organisations else schema.NONE,
        "organisation_2": organisations[1] if len(organisations) > 1 else schema.NONE,
        "organisation_more": organisations[2:],
        **row.codes,
        **single,
        "year": row.date.year,
        **schema.grouped(
            row.codes | {name: [value] for name, value in single.items()} | {"year": [str(row.date.year)]}
        ),
        "newest": (row.date.toordinal() << ID_BITS) + row.id,
        "most_read": row.id,
        "title_sort": f"{title} {row.id:012}",
    }


def _name_terms(named: Iterable[Named]) -> list[str]:
    return [term for one in named if one.id for name in one.shown for term in schema.name_terms(name, one.id)]


def _joined(values: Iterable[list[str]]) -> list[str]:
    return [" ".join(value) for value in values if value]


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _digest(*parts: str) -> int:
    """63 bits, so that it fits a signed field."""
    made = blake2b(digest_size=8)
    for part in parts:
        made.update(part.encode())
        made.update(b"\0")
    return int.from_bytes(made.digest(), "big") >> 1
