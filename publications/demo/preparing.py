"""Typesets the sample outputs and reads the files, several at once, before the database is touched."""

import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from publications.demo import content
from publications.demo.typesetting import typeset
from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading

READERS = 2  # each reads in child processes of its own


@dataclass(frozen=True)
class Document:
    """A typeset PDF and what reading it will have found."""

    content: bytes
    reading: Future[PdfReading]


Documents = dict[tuple[str, int], Document]


@contextmanager
def prepared_documents() -> Iterator[Documents]:
    """By the output's key and the version's number. Reading goes on while the caller works with the first ones."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(READERS) as pool:
        documents: Documents = {}
        for output in content.outputs():
            for number in numbers_with_file(output):
                path = Path(folder) / f"{output['key']}-{number}.pdf"
                path.write_bytes(typeset(output, number))
                documents[output["key"], number] = Document(path.read_bytes(), pool.submit(read_pdf, path))
        try:
            yield documents
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def numbers_with_file(output: content.Record) -> range:
    """The versions that have a document; one of which only the metadata may be known has none."""
    return range(1, 1 if output["access"] == "metadata_only" else len(output["versions"]) + 1)
