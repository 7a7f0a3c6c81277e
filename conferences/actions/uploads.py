"""What the actions that take a file share: sniffed first, stored before its row, gone if the row fails."""

import contextlib
import shutil
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError
from django.utils.functional import Promise

from accounts.models import User
from conferences.checker.codes import Refusal
from conferences.checker.limits import MOST_BYTES
from conferences.checker.messages import REFUSALS
from publications.models import Blob
from publications.models.files import ReadingState
from publications.sniff import Sniffed, sniff
from publications.uploads import sha256_of


class FileRefused(Exception):
    """`message` (translated lazily) says why and what to do; `code` names the reason where it is the checker's."""

    def __init__(self, message: "Promise | str", code: str = "") -> None:
        super().__init__(str(message))
        self.message, self.code = message, code

    @classmethod
    def because(cls, code: str) -> "FileRefused":
        return cls(REFUSALS[code], code)


def accepted(upload: Any, mimes: Collection[str], otherwise: "Promise") -> Sniffed:
    """By its content, not by its name; `otherwise` says which kinds are taken."""
    if upload.size > MOST_BYTES:
        raise FileRefused.because(Refusal.TOO_LARGE)
    sniffed = sniff(upload.file if hasattr(upload, "file") else upload, upload.name)
    upload.seek(0)
    if not sniffed.ok:
        raise FileRefused(sniffed.message)
    if sniffed.mime not in mimes:
        raise FileRefused(otherwise)
    return sniffed


def as_it_is(upload: Any, sniffed: Sniffed, by: User) -> Blob:
    """Its content is stored, its row is not written yet."""
    blob = Blob(size=upload.size, sha256=sha256_of(upload), mime=sniffed.mime, uploaded_by=by)
    blob.reading_state = ReadingState.WAITING if blob.is_pdf else ReadingState.NOT_NEEDED
    blob.content.save("manuscript", upload, save=False)
    return blob


@contextlib.contextmanager
def on_disk(upload: Any) -> Iterator[Any]:
    """A copy that a child process can open."""
    with tempfile.NamedTemporaryFile(suffix=".upload") as copy:
        upload.seek(0)
        shutil.copyfileobj(upload, copy)
        copy.flush()
        yield copy


@contextlib.contextmanager
def dropped_on_failure(blob: Blob) -> Iterator[None]:
    """The content goes where its row could not be written."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise  # the database was lost, perhaps only after the row was committed: its content stays
    except Exception:
        blob.content.storage.delete(str(blob.content.name))
        raise


def base_name(upload: Any) -> str:
    return Path(upload.name).name[-255:]
