"""Bring in many outputs at once from a file, or take an import back. Mapping: docs/administrators/import.md."""

import hashlib
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Role, User
from publications.actions import importing
from publications.importing.readers import FORMATS, format_of
from publications.importing.resolving import Options
from publications.models import ImportBatch, ImportProblem
from publications.states import IllegalTransition

_DEFAULTS = ("type", "licence", "pmks")


class Command(BaseCommand):
    help = "Import outputs from CSV, XLSX, JSONL, BibTeX, RIS or CSL-JSON (also .gz), with a ZIP of their PDFs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--pdfs", type=Path, metavar="ZIP", help="ZIP with the PDFs")
        parser.add_argument("--source", help="name of the source; rows are recognised by it and their identifier")
        parser.add_argument("--format", choices=FORMATS, help="where the file's name does not tell")
        parser.add_argument("--curator", metavar="EMAIL", help="who imports; needed unless there is one curator only")
        parser.add_argument(
            "--default", action="append", default=[], metavar="NAME=VALUE", help="type, licence or pmks"
        )
        parser.add_argument("--dry-run", action="store_true", help="check the file and say what would happen")
        kind = parser.add_mutually_exclusive_group()
        kind.add_argument("--publish", action="store_true", help="publish what has title, date and type")
        kind.add_argument("--as-drafts", action="store_true", help="make drafts (this is the default)")
        parser.add_argument("--undo", type=int, metavar="BATCH", help="take a batch back")
        parser.add_argument("--keep-used", action="store_true", help="with --undo: leave what was used since")
        parser.add_argument("--language", choices=["id", "en"], default="id", help="of the messages")

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            by = _curator(options["curator"])
            if options["undo"]:
                self._undo(options["undo"], by, options["keep_used"])
            elif options["file"]:
                self._import(options["file"], by, options)
            else:
                raise CommandError("Name a file, or a batch with --undo.")

    # Importing

    def _import(self, path: Path, by: User, options: dict[str, Any]) -> None:
        format = options["format"] or format_of(path.name)
        if not format:
            raise CommandError(_("The format of the file was not recognised. Choose it with --format."))
        try:
            with path.open("rb") as file, _archive(options["pdfs"]) as archive:
                batch = _prepare(path, file, by, format, options)
                if options["dry_run"]:
                    self._check(batch, file, archive)
                else:
                    self._run(batch, file, archive)
        except OSError as error:
            raise CommandError(str(error)) from error
        except importing.Busy as error:
            raise CommandError(_("Another import from this source is running.")) from error

    def _check(self, batch: ImportBatch, file: BinaryIO, archive: BinaryIO | None) -> None:
        importing.check_batch(batch, file, archive, self._bar(file))
        self._end_bar()
        self._report(batch)
        batch.delete()

    def _run(self, batch: ImportBatch, file: BinaryIO, archive: BinaryIO | None) -> None:
        started, before = time.monotonic(), batch.done
        if before:
            self.stdout.write(
                _("Going on after row %(done)s of batch %(batch)s.") % {"done": before, "batch": batch.pk}
            )
        importing.run_batch(batch, file, archive, self._bar(file))
        self._end_bar()
        self._report(batch)
        seconds = time.monotonic() - started
        rate = (batch.done - before) / max(seconds, 0.001)
        self.stdout.write(
            _("Batch %(batch)s: %(done)s rows in %(seconds)s s, %(rate)s a second.")
            % {"batch": batch.pk, "done": batch.done - before, "seconds": f"{seconds:.1f}", "rate": f"{rate:.0f}"}
        )

    def _bar(self, file: BinaryIO) -> importing.Progress:
        size, started = max(1, file.seek(0, 2)), time.monotonic()

        def show(batch: ImportBatch) -> None:
            share = min(1.0, file.tell() / size)
            rate = batch.done / max(0.001, time.monotonic() - started)
            filled = int(share * 30)
            self.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {batch.done} ({rate:.0f}/s)", ending="")

        return show if sys.stderr.isatty() else _say_nothing

    def _end_bar(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("")

    def _report(self, batch: ImportBatch) -> None:
        for problem in batch.problems.all()[:200]:
            self.stdout.write(_line(problem))
        if batch.problem_count > 200:
            self.stdout.write(_("… and %(count)s more") % {"count": batch.problem_count - 200})
        counts = {
            _("new"): batch.created_count,
            _("of them drafts"): batch.draft_count,
            _("changed"): batch.updated_count,
            _("unchanged"): batch.unchanged_count,
            _("edited here, kept"): batch.kept_count,
            _("refused"): batch.refused_count,
            _("PDFs"): batch.file_count,
        }
        self.stdout.write(", ".join(f"{label}: {count}" for label, count in counts.items()))

    # Undoing

    def _undo(self, pk: int, by: User, keep_used: bool) -> None:
        batch = ImportBatch.objects.filter(pk=pk).first()
        if batch is None:
            raise CommandError(_("There is no batch %(batch)s.") % {"batch": pk})
        try:
            counts = importing.undo_batch(batch, by=by, keep_used=keep_used)
        except importing.CannotUndo as refusal:
            for obstacle in refusal.obstacles[:200]:
                self.stdout.write(f"{obstacle.name}  {obstacle.label}  {obstacle.title[:80]}")
            raise CommandError(
                _("Not undone: %(count)s outputs were used since. --keep-used undoes the others.")
                % {"count": len({obstacle.output_id for obstacle in refusal.obstacles})}
            ) from refusal
        except IllegalTransition as error:
            raise CommandError(
                _("This batch cannot be undone now; its state is “%(state)s”.") % {"state": batch.get_state_display()}
            ) from error
        self.stdout.write(
            _("Drafts deleted: %(deleted)s, withdrawn: %(withdrawn)s, restored: %(restored)s, kept: %(kept)s.") % counts
        )


def _line(problem: ImportProblem) -> str:
    """Row, column, the sentence in both languages."""
    with override("id"):
        indonesian = problem.message
    with override("en"):
        english = problem.message
    place = f"{problem.row or '-'}:{problem.column or '-'}"
    return f"{place}  {'!' if problem.is_error else '·'} {indonesian} / {english}"


def _say_nothing(batch: ImportBatch) -> None:
    """No bar where nobody looks."""


def _curator(email: str | None) -> User:
    curators = User.objects.filter(role__in=(Role.CURATOR, Role.ADMINISTRATOR), is_active=True)
    found = list(curators.filter(email=email.lower()) if email else curators[:2])
    if len(found) == 1:
        return found[0]
    raise CommandError(_("Name a curator's e-mail address with --curator."))


class _archive:
    """The opened ZIP, or None."""

    def __init__(self, path: Path | None) -> None:
        self._file = path.open("rb") if path else None

    def __enter__(self) -> BinaryIO | None:
        return self._file

    def __exit__(self, *_exc: object) -> None:
        if self._file:
            self._file.close()


def _prepare(path: Path, file: BinaryIO, by: User, format: str, options: dict[str, Any]) -> ImportBatch:
    digest = hashlib.sha256()
    while piece := file.read(1024 * 1024):
        digest.update(piece)
    return importing.prepare_batch(
        by=by,
        source=(options["source"] or path.name.split(".")[0])[:60],
        format=format,
        file_name=path.name,
        checksum=digest.hexdigest(),
        options=_options(options),
        at_once=not options["dry_run"],
        archive_name=options["pdfs"].name[:255] if options["pdfs"] else "",
    )


def _options(options: dict[str, Any]) -> Options:
    given: dict[str, str] = {}
    for pair in options["default"]:
        name, _equals, value = pair.partition("=")
        if name not in _DEFAULTS or not value:
            raise CommandError(_("--default needs NAME=VALUE with one of: %(names)s") % {"names": ", ".join(_DEFAULTS)})
        given[name] = value
    pmks = tuple(part.strip() for part in given.get("pmks", "").split(",") if part.strip())
    return Options(options["publish"], given.get("type", ""), given.get("licence", ""), pmks)
