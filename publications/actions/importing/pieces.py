"""One piece of a file in one transaction: what is new, changed, unchanged, or not to be touched."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from zipfile import ZipInfo

from publications.importing.archive import PdfArchive, mark_of
from publications.importing.problems import Problem
from publications.importing.records import Record, Row
from publications.importing.resolving import Resolved, Resolver
from publications.models import ImportBatch, ImportProblem

from . import files
from .bulk import copy_rows
from .changing import change_outputs
from .linking import Linker
from .reading import Existing, dois_elsewhere, existing_outputs
from .writing import create_outputs

MAX_STORED_PROBLEMS = 20_000  # of a batch; the count goes on


@dataclass
class Change:
    """A row that says something new about an output that is here."""

    resolved: Resolved
    checksum: str
    existing: Existing


@dataclass
class Sorted:
    """The rows of a piece by what is to be done with them."""

    new: list[tuple[Resolved, str]] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    entries: dict[int, ZipInfo] = field(default_factory=dict)  # by row number


class Importer:
    """What one run of an import carries from piece to piece."""

    def __init__(
        self, batch: ImportBatch, resolver: Resolver, archive: PdfArchive | None, mapping: Mapping[str, str]
    ) -> None:
        self.batch, self.resolver, self.archive, self.mapping = batch, resolver, archive, mapping
        self.linker = Linker(batch.source)
        self.seen: dict[str, int] = {}  # source id: row

    def skip(self, row: Row) -> None:
        """A row that an earlier, killed run has done: only remember that it was there."""
        if row.record is not None and row.is_usable:
            self.seen.setdefault(row.record.source_id, row.number)
            if self.archive:
                self.archive.find(row.record)

    def forget(self, rows: Sequence[Row]) -> None:
        """The transaction of this piece was rolled back: so is what was learnt from it."""
        numbers = {row.number for row in rows}
        self.seen = {source_id: number for source_id, number in self.seen.items() if number not in numbers}
        self.linker = Linker(self.batch.source)

    def take(self, rows: Sequence[Row]) -> Counter[str]:
        """Write a piece, in the caller's transaction; returns what is to be added to the batch's counts."""
        found = self.sort(rows)
        self._write(found)
        found.counts["done"] += sum(row.number > 0 for row in rows)
        found.counts["problem_count"] += len(found.problems)
        store_problems(self.batch, found.problems)
        return found.counts

    def sort(self, rows: Sequence[Row]) -> Sorted:
        found = Sorted()
        usable = []
        for row in rows:
            found.problems += row.problems
            if row.record is None or not row.is_usable:
                found.counts["refused_count"] += row.number > 0
            elif (first := self.seen.setdefault(row.record.source_id, row.number)) != row.number:
                self._refuse(found, row, "double_row", value=row.record.source_id, first=first)
            else:
                usable.append((row, row.record))
        self._compare(found, usable)
        return found

    def _refuse(self, found: Sorted, row: Row, code: str, **params: str | int) -> None:
        found.problems.append(Problem(code, row.number, "", params))
        found.counts["refused_count"] += 1

    def _compare(self, found: Sorted, usable: list[tuple[Row, Record]]) -> None:
        source = self.batch.source
        existing = existing_outputs(source, [record.source_id for _row, record in usable])
        dois = [record.doi for _row, record in usable if record.doi and record.source_id not in existing]
        elsewhere = dois_elsewhere(source, dois)
        for row, record in usable:
            here = existing.get(record.source_id)
            if here is None and record.doi in elsewhere:
                self._refuse(found, row, "doi_elsewhere", value=record.doi, output=elsewhere[record.doi])
                continue
            self._place(found, row, record, here)

    def _place(self, found: Sorted, row: Row, record: Record, here: Existing | None) -> None:
        entry, remarks = self.archive.find(record) if self.archive else (None, [])
        found.problems += [Problem(p.code, row.number, self._heading("file"), p.params) for p in remarks]
        checksum = self.resolver.checksum(record, mark_of(entry))
        if here is not None and here.checksum == checksum and not here.was_undone:
            found.counts["unchanged_count"] += 1
            return
        if here is not None and (code := _untouchable(here)):
            found.problems.append(Problem(code, row.number, "", {"output": here.name}))
            found.counts["kept_count"] += 1
            return
        resolved = self.resolver.resolve(row, record, has_file=entry is not None)
        found.problems += [replace(p, column=self._heading(p.column)) for p in resolved.problems]
        if entry is not None:
            found.entries[row.number] = entry
        if here is None:
            found.new.append((resolved, checksum))
        else:
            found.changed.append(Change(resolved, checksum, here))

    def _heading(self, key: str) -> str:
        """As the file calls it; of a file without headings, the key itself."""
        keys = ("date", "year") if key == "date" else (key,)
        found = (heading for wanted in keys for heading, known in self.mapping.items() if known == wanted)
        return next(found, "" if self.mapping else key)

    def _write(self, found: Sorted) -> None:
        stored = files.store(self.batch, self.archive, found, self._heading("file"))
        with files.removed_on_failure(stored):
            self._write_rows(found, stored)

    def _write_rows(self, found: Sorted, stored: dict[int, files.Stored]) -> None:
        public = [resolved.content for resolved, _checksum in found.new if resolved.is_public]
        self.linker.link(public, create=True)
        self.linker.link([r.content for r, _checksum in found.new if not r.is_public], create=False)
        made = create_outputs(self.batch, found.new) if found.new else []
        versions = {one.resolved.row.number: (one.version_id, one.resolved) for one in made}
        found.counts["created_count"] += len(made)
        found.counts["draft_count"] += sum(not one.resolved.is_public for one in made)
        versions |= change_outputs(self.batch, self.linker, found)
        files.attach(self.batch, stored, versions)
        found.counts["file_count"] += len(stored)


def _untouchable(here: Existing) -> str:
    """What somebody has changed here is not overwritten."""
    if here.is_withdrawn and not here.was_undone:
        return "withdrawn_here"
    return "edited_here" if here.was_edited else ""


def store_problems(batch: ImportBatch, problems: Sequence[Problem]) -> None:
    room = MAX_STORED_PROBLEMS - batch.problem_count
    rows = [_problem_row(batch, problem) for problem in problems[: max(0, room)]]
    if rows:
        copy_rows(ImportProblem, ("batch_id", "row", "column", "code", "params", "is_error"), rows)


def _problem_row(batch: ImportBatch, problem: Problem) -> tuple[Any, ...]:
    params = {key: value if isinstance(value, int) else value[:200] for key, value in problem.params.items()}
    return (batch.pk, problem.row, problem.column[:120], problem.code, params, problem.is_error)
