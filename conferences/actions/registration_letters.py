"""Letters of assignment. PDFs stay as they are, since they may be signed; pictures are drawn anew."""

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.actions.registration_places import locked
from conferences.models import Registration
from conferences.rules.registration import may_edit
from publications.models import Blob
from publications.models.files import ReadingState
from publications.pdf.reader import read_pdf
from publications.pictures import PictureRefused, redrawn
from publications.sniff import sniff

MOST_BYTES = 5 * 1024 * 1024
SIDE = 2400  # small print stays readable


class LetterRefused(Exception):
    """`message` (translated lazily) says why and what to do."""

    def __init__(self, message: "Promise | str") -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Letter:
    content: bytes
    mime: str
    name: str


def checked(upload: Any) -> Letter:
    """What may be stored of an upload; raises `LetterRefused`. PDFs are opened in a confined child first."""
    if upload.size > MOST_BYTES:
        raise LetterRefused(_("The letter is larger than 5 MB. Make it smaller, or scan it with less detail."))
    sniffed = sniff(upload.file if hasattr(upload, "file") else upload, upload.name)
    upload.seek(0)
    if not sniffed.ok:
        raise LetterRefused(sniffed.message)
    name = Path(upload.name).name[-200:]
    if sniffed.mime in ("image/jpeg", "image/png"):
        return _drawn_anew(upload, name)
    if sniffed.mime != "application/pdf":
        raise LetterRefused(_("The letter must be a PDF, JPEG or PNG file."))
    content = upload.read()
    _open(content)
    return Letter(content, sniffed.mime, name)


def _drawn_anew(upload: Any, name: str) -> Letter:
    try:
        picture = redrawn(upload, SIDE)
    except PictureRefused as refusal:
        raise LetterRefused(refusal.message) from refusal
    return Letter(picture.data, picture.mime, f"{Path(name).stem}.webp")


def _open(content: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as copy:
        copy.write(content)
        copy.flush()
        if not read_pdf(copy.name).ok:
            raise LetterRefused(_("The PDF cannot be opened. Save it again without a password and upload it."))


def add(registration: Registration, letter: Letter, *, by: User) -> Registration:
    """Takes the place of the former one. The content is stored before the rows are written, as for publications."""
    require(may_edit(by, registration))
    digest = hashlib.sha256(letter.content).hexdigest()
    blob = Blob(size=len(letter.content), sha256=digest, mime=letter.mime, uploaded_by=by)
    blob.reading_state = ReadingState.NOT_NEEDED  # nobody searches it
    blob.content.save("letter", ContentFile(letter.content), save=False)
    try:
        return _record(registration, blob, letter.name, by)
    except (OperationalError, InterfaceError):
        raise  # the database was lost, perhaps only after the row was committed: its content stays
    except Exception:
        blob.content.storage.delete(str(blob.content.name))
        raise


@transaction.atomic
def _record(registration: Registration, blob: Blob, name: str, by: User) -> Registration:
    _terms, fresh = locked(registration)
    require(may_edit(by, fresh))
    blob.save()
    _keep(fresh, blob, name)
    log(by, "registration.letter_added", fresh, {"sha256": [None, blob.sha256]})
    return fresh


@transaction.atomic
def remove(registration: Registration, *, by: User) -> Registration:
    _terms, fresh = locked(registration)
    require(may_edit(by, fresh))
    if fresh.letter_id is not None:
        _keep(fresh, None, "")
        log(by, "registration.letter_removed", fresh)
    return fresh


def _keep(registration: Registration, blob: Blob | None, name: str) -> None:
    registration.letter, registration.letter_name = blob, name
    registration.revision += 1
    registration.save(update_fields=["letter", "letter_name", "revision"])
