"""Files of a submission. What reviewers may read is made anew without the document's own data before it is stored."""

import datetime
import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.models import User
from conferences.actions.submission_warnings import BLIND, warnings_in
from conferences.actions.submissions import Incomplete, locked, require_open
from conferences.actions.uploads import FileRefused, accepted, as_it_is, base_name, dropped_on_failure, on_disk
from conferences.checker.codes import Refusal, Refused
from conferences.checker.messages import REFUSALS
from conferences.checker.run import KINDS, Clean, made_anew
from conferences.models import Slot, Submission, SubmissionFile
from conferences.rules.submissions import slots_of, working_round
from conferences.states import SubmissionState
from conferences.submission_checks import unmet
from evidence.actions.common import require
from publications.actions import reading
from publications.models import Blob, Page
from publications.models.files import ReadingState
from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading
from publications.sniff import Sniffed

# In the names of files and in the log.
WORDS: dict[str, str] = {Slot.ANONYMOUS: "anonim", Slot.FULL: "lengkap", Slot.ANSWER: "jawaban"}


def add_file(
    submission: Submission, slot: str, upload: Any, *, by: User, at: datetime.datetime | None = None
) -> SubmissionFile:
    """Takes the place of the former one of this kind and round. `at` is for history (demo).

    The content is stored before the rows are written, as for publications.
    """
    require_open(by, submission, at)
    require(slot in slots_of(submission))
    sniffed = accepted(upload, KINDS, REFUSALS[Refusal.NOT_ACCEPTED])
    if slot in BLIND:
        blob, findings, read = _blind(submission, upload, sniffed, by)
    else:
        blob, findings, read = as_it_is(upload, sniffed, by), {}, None
    values = {"findings": findings, "extension": sniffed.extension, "original_name": base_name(upload)}
    with dropped_on_failure(blob):
        return _record(submission, slot, blob, read, values, by, at)


def _blind(
    submission: Submission, upload: Any, sniffed: Sniffed, by: User
) -> tuple[Blob, dict[str, Any], PdfReading | str]:
    """The new content, what was taken away and seen, and its text: as read, or of a Word document in one piece."""
    clean, read = checked(upload, sniffed.mime)
    digest = hashlib.sha256(clean.content).hexdigest()
    blob = Blob(size=len(clean.content), sha256=digest, mime=clean.mime, uploaded_by=by)
    blob.page_count = read.page_count if read else None
    blob.content.save("manuscript", ContentFile(clean.content), save=False)
    pages: list[tuple[int | None, str]] = [(page.number, page.text) for page in read.pages] if read else []
    found = warnings_in(submission, pages or [(None, clean.text)])
    return blob, {"stripped": clean.stripped, "warnings": found}, read or clean.text


def checked(upload: Any, mime: str) -> tuple[Clean, PdfReading | None]:
    """The new file and, of a PDF, what the reader sees in it. Both are done in confined children."""
    with on_disk(upload) as copy:
        try:
            clean = made_anew(Path(copy.name), mime)
        except Refused as refusal:
            raise FileRefused.because(refusal.code) from refusal
        if clean.extension != ".pdf":
            return clean, None
        copy.seek(0)
        copy.truncate()
        copy.write(clean.content)
        copy.flush()
        read = read_pdf(copy.name)
    if not read.ok:
        raise FileRefused.because(Refusal.CANNOT_OPEN)
    return clean, read


def _keep_text(blob: Blob, text: str) -> None:
    """Of a Word document, as its only page: for search of names and likeness."""
    Page.objects.create(blob=blob, number=1, text=text.replace("\x00", ""))


@transaction.atomic
def _record(
    submission: Submission,
    slot: str,
    blob: Blob,
    read: PdfReading | str | None,
    values: dict[str, Any],
    by: User,
    at: datetime.datetime | None,
) -> SubmissionFile:
    from publications.tasks import read_blob

    fresh = locked(submission)
    require_open(by, fresh, at)
    require(slot in slots_of(fresh))
    blob.save()
    if isinstance(read, PdfReading):
        reading.take_in(blob, read)
    elif read is not None:
        _keep_text(blob, read)
    place = {"submission": fresh, "slot": slot, "round": working_round(fresh)}
    SubmissionFile.objects.filter(**place).delete()
    file = SubmissionFile.objects.create(**place, blob=blob, **values)
    _touch(fresh)
    log(by, "submission.file_added", fresh, {"files": [None, WORDS[slot]], "sha256": [None, blob.sha256]})
    if blob.reading_state == ReadingState.WAITING:
        read_blob.enqueue(blob.pk)
    return file


def _touch(submission: Submission) -> None:
    submission.saved_at = timezone.now()
    submission.save(update_fields=["saved_at"])


@transaction.atomic
def remove_file(file: SubmissionFile, *, by: User) -> None:
    """Of the round that is being made; raises `Incomplete` where what was handed in needs it."""
    fresh = locked(file.submission)
    require_open(by, fresh)
    require(file.round == working_round(fresh))
    file.delete()
    _touch(fresh)
    log(by, "submission.file_removed", fresh, {"files": [WORDS[file.slot], None]})
    if fresh.state == SubmissionState.SUBMITTED and (missing := [c for c in unmet(fresh) if c.field == "files"]):
        raise Incomplete(missing)


@transaction.atomic
def look_at_warnings(
    file: SubmissionFile, *, by: User, seen: str, at: datetime.datetime | None = None
) -> SubmissionFile:
    """Its author has looked at the warnings about this very content."""
    fresh = locked(file.submission)
    require_open(by, fresh, at)
    held = SubmissionFile.objects.select_for_update().select_related(None).get(pk=file.pk)
    require(held.round == working_round(fresh) and held.blob.sha256 == seen)
    if not held.accepted_warnings:
        held.accepted_warnings = True
        held.save(update_fields=["accepted_warnings"])
        log(by, "submission.warnings_looked_at", fresh, {"files": [None, WORDS[held.slot]]})
    return held
