"""What the worker does with a new PDF: text page by page, picture, remarks, suggestions. Repeating it is harmless."""

import contextlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publications.actions.listing import publish_text
from publications.models import Blob, Contributor, File, FileKind, Identifier, IdentifierScheme, Page, Version
from publications.models.files import ReadingState
from publications.pdf.codes import Code
from publications.pdf.limits import PATIENT
from publications.pdf.ocr import ocr_available, recognise, with_recognised
from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading
from publications.pdf.suggest import Suggestions, suggest
from publications.scanner import HasText, scan
from publications.states import EDITABLE

MAX_HITS = 100
MOST_TASKS = 3
SIMPLE = ("title_id", "title_en", "abstract_id", "abstract_en", "keywords_id", "keywords_en", "language")


@contextlib.contextmanager
def local_path(blob: Blob) -> Iterator[Path]:
    """The content as a file on this machine, copied there for the time where the storage is elsewhere."""
    try:
        path = Path(blob.content.path)
    except NotImplementedError:
        path = None
    if path is not None:
        yield path
        return
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy, blob.content.open("rb") as content:
        shutil.copyfileobj(content, copy)
        copy.flush()
        yield Path(copy.name)


def read_blob(blob: Blob) -> None:
    """Read a stored PDF and fill what is empty in the drafts that have it as main document."""
    with local_path(blob) as path:
        take_in(blob, read_pdf(path))


def take_in(blob: Blob, reading: PdfReading) -> None:
    """Keep what was read in this content (the demo reads its files before it stores them)."""
    from publications.tasks import recognise_blob

    _store(blob, reading, suggest(reading))
    if Code.STOPPED_TIME in reading.warnings or (reading.ok and reading.pages_without_text and ocr_available()):
        recognise_blob.enqueue(blob.pk)


def queue_forgotten() -> int:
    """Queue again the PDFs that wait though no task is left to read them (it was cut off too often); how many.

    One whose tasks have failed `MOST_TASKS` times counts as unreadable, so that its author can go on with another file.
    """
    from publications.tasks import read_blob as task

    tasks = DBTaskResult.objects.filter(task_path=task.module_path)
    queued = tasks.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    taken_care_of = [arguments["args"][0] for arguments in queued.values_list("args_kwargs", flat=True)]
    waiting = Blob.objects.filter(reading_state=ReadingState.WAITING, files__isnull=False).distinct()
    forgotten = list(waiting.exclude(pk__in=taken_care_of))
    for blob in forgotten:
        if tasks.filter(status=TaskResultStatus.FAILED, args_kwargs__args__0=blob.pk).count() < MOST_TASKS:
            task.enqueue(blob.pk)
        else:
            _store(blob, PdfReading(error=Code.UNREADABLE), Suggestions())
    return len(forgotten)


def recognise_blob(blob: Blob) -> None:
    """What takes long: read to the end, then add the text of scanned pages by OCR.

    Page by page, so that a killed worker loses one page at most.
    """
    with local_path(blob) as path:
        reading = read_pdf(path, limits=PATIENT)
        if Code.STOPPED_TIME in blob.reading.get("warnings", []):
            _store(blob, reading, suggest(reading))
        recognised = []
        for page in recognise(path, reading.pages_without_text if ocr_available() else ()):
            recognised.append(page)
            Page.objects.filter(blob=blob, number=page.number).update(text=_clean(page.text), is_recognised=True)
    with transaction.atomic():
        blob.reading["hits"] = _hits(blob.pages.all())
        blob.reading["recognised"] = sum(bool(page.text) for page in recognised)
        blob.save(update_fields=["reading"])
        publish_text(blob)
        _fill_drafts(blob, suggest(with_recognised(reading, recognised)))


def _store(blob: Blob, reading: PdfReading, suggestions: Suggestions) -> None:
    if reading.thumbnail and not blob.thumbnail:
        blob.thumbnail.save("first-page.webp", ContentFile(reading.thumbnail), save=False)
    blob.page_count = reading.page_count or None
    blob.reading_state = ReadingState.DONE if reading.ok else ReadingState.FAILED
    blob.reading = {
        "error": str(reading.error) if reading.error else None,
        "warnings": [str(code) for code in reading.warnings],
        "hits": _hits(reading.pages),
        "seconds": reading.seconds,
        "peak_kib": reading.peak_kib,
    }
    with transaction.atomic():
        blob.pages.all().delete()
        Page.objects.bulk_create(
            (Page(blob=blob, number=page.number, text=_clean(page.text)) for page in reading.pages), batch_size=200
        )
        blob.save()
        publish_text(blob)
        _fill_drafts(blob, suggestions)


def _fill_drafts(blob: Blob, suggestions: Suggestions) -> None:
    mains = File.objects.filter(blob=blob, kind=FileKind.MAIN)
    for version in Version.objects.filter(files__in=mains, state__in=EDITABLE).select_for_update(of=("self",)):
        fill(version, suggestions)


def _clean(text: str) -> str:
    """PostgreSQL refuses NUL; a damaged font may hold lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


def _hits(pages: Iterable[HasText]) -> list[dict[str, Any]]:
    return [{"kind": hit.kind, "page": hit.page, "excerpt": hit.masked_excerpt} for hit in scan(pages)][:MAX_HITS]


def fill(version: Version, suggestions: Suggestions) -> None:
    """Put suggestions into empty fields and remember them as such; nothing that somebody typed is touched.

    The revision stays as it is: this is no edit that another tab could be in conflict with.
    """
    marks = dict(version.suggestions)
    for name in SIMPLE:
        found = getattr(suggestions, name)
        untouched = not getattr(version, name) or (name == "language" and version.revision == 0)
        if found is not None and untouched:
            value = list(found.value) if name.startswith("keywords") else found.value
            setattr(version, name, _clipped(name, value))
            marks[name] = {"page": found.page}
    if suggestions.authors and not version.contributors.exists():
        Contributor.objects.bulk_create(
            Contributor(version=version, position=i, given_name=n.given_name[:200], family_name=n.family_name[:200])
            for i, n in enumerate(suggestions.authors.value, 1)
        )
        marks["contributors"] = {"page": suggestions.authors.page}
    if suggestions.doi and _may_be_of(version, doi := suggestions.doi.value.lower()[:300]):
        Identifier.objects.create(version=version, scheme=IdentifierScheme.DOI, value=doi)
        marks["identifiers"] = {"page": suggestions.doi.page}
    version.suggestions = marks
    version.save(update_fields=[*SIMPLE, "suggestions"])


def _may_be_of(version: Version, doi: str) -> bool:
    """Not if it has one, or if this is one of a work that it is related to: a policy brief cites what it rests on."""
    theirs = {
        "target__versions__identifiers__scheme": IdentifierScheme.DOI,
        "target__versions__identifiers__value": doi,
    }
    has_one = version.identifiers.filter(scheme=IdentifierScheme.DOI).exists()
    return not has_one and not version.relations.filter(**theirs).exists()


def _clipped(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return [_clean(word)[:100] for word in value[:20]]
    return _clean(value)[:500] if name.startswith("title") else _clean(value)
