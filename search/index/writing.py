"""Changing an index: take outputs out, put them in again, commit."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from tantivy import FieldType, Index, Query

from search.index import schema
from search.index.documents import Documents
from search.index.place import Place

MEBIBYTE = 1 << 20


class CannotWrite(Exception):
    """The disk is full, the folder cannot be written, or another process writes there; the last commit stands."""


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError) as error:
        raise CannotWrite(str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise CannotWrite(str(error)) from error


class Writer:
    """Both indexes of a place. Tantivy lets one writer at a time have an index, over all processes."""

    def __init__(self, place: Place, *, memory: int = 50 * MEBIBYTE, threads: int = 1) -> None:
        with _explained():
            self._outputs_index = Index(schema.outputs_schema(), str(place.outputs))
            self._pages_index = Index(schema.pages_schema(), str(place.pages))
            self._outputs_index.config_reader("manual")
            self._pages_index.config_reader("manual")
            self._outputs = self._outputs_index.writer(memory, threads)
            self._pages = self._pages_index.writer(memory, threads)
            # What a killed process began: Tantivy would not write over its file of deleted documents.
            self._outputs.garbage_collect_files()
            self._pages.garbage_collect_files()
        self._pages_changed = False

    def replace(self, ids: Sequence[int], documents: Iterable[Documents]) -> None:
        """Afterwards, of these outputs exactly these documents are there."""
        with _explained():
            # By query: of a field of numbers, `delete_documents_by_term` deletes nothing at all when it is unsigned.
            gone = list(ids)
            self._outputs.delete_documents_by_query(Query.term_set_query(self._outputs_index.schema, "id", gone))
            pages = Query.term_set_query(self._pages_index.schema, "id", gone)
            if self._has_pages(pages):
                self._pages.delete_documents_by_query(pages)
                self._pages_changed = True
        self.add(documents)

    def add(self, documents: Iterable[Documents]) -> None:
        with _explained():
            for document in documents:
                self._outputs.add_json(document.output)
                for page in document.pages:
                    self._pages.add_json(page)
                    self._pages_changed = True

    def remove_above(self, id: int) -> None:
        """Outputs with greater ids, when building goes on where it was cut off."""
        with _explained():
            for writer, index in ((self._outputs, self._outputs_index), (self._pages, self._pages_index)):
                writer.delete_documents_by_query(
                    Query.range_query(index.schema, "id", FieldType.Integer, id, None, include_lower=False)
                )
        self._pages_changed = True

    def commit(self) -> None:
        """Outputs first: what was withdrawn is gone from results before its pages are."""
        with _explained():
            self._outputs.commit()
            if self._pages_changed:
                self._pages.commit()
        self._pages_changed = False

    def finish(self) -> None:
        """The end of its use, once Tantivy has merged small segments."""
        with _explained():
            self._outputs.wait_merging_threads()
            self._pages.wait_merging_threads()

    def close(self) -> None:
        """The end of its use; what was not committed is gone."""
        del self._outputs, self._pages

    def _has_pages(self, query: Query) -> bool:
        self._pages_index.reload()
        return self._pages_changed or bool(self._pages_index.searcher().search(query, 1, count=False).hits)
