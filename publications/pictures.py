"""Pictures that people upload, drawn anew by a confined child: what a page shows never holds a byte of the upload."""

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publications.pdf.limits import DEFAULT
from publications.pdf.reader import picture_of
from publications.pdf.reading import Picture
from publications.pdf.runner import run_child
from publications.sniff import REASONS, Reason, sniff

MOST_BYTES = 15 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
LIMITS = replace(DEFAULT, render_pixels=MOST_PIXELS)


class PictureRefused(Exception):
    """`message` (translated lazily) says why, and what to do."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(str(message))
        self.message = message


def redrawn(upload: Any, side: int = LONGEST_SIDE) -> Picture:
    """An uploaded JPEG, PNG or WebP as WebP, upright, at most `side` long."""
    if upload.size > MOST_BYTES:
        raise PictureRefused(_("The picture is larger than 15 MB. Make it smaller and upload it again."))
    sniffed = sniff(upload.file if hasattr(upload, "file") else upload, upload.name)
    upload.seek(0)
    if sniffed.ok and sniffed.kind != "image":
        raise PictureRefused(_("This is no picture. Upload a JPEG, PNG or WebP file."))
    if not sniffed.ok:
        raise PictureRefused(sniffed.message)
    with _on_disk(upload) as path:
        run = run_child("redraw", path, LIMITS, number=side, seconds=LIMITS.render_seconds)
    return _picture_in(run.messages)


def _picture_in(messages: list[dict[str, Any]]) -> Picture:
    for message in messages:
        kind = message.pop("kind")
        if kind == "image" and (picture := picture_of(message)):
            return picture
        if kind == "stopped" and message["code"] in ("image_too_large", "stopped_memory"):
            raise PictureRefused(REASONS[Reason.IMAGE_TOO_LARGE])
    raise PictureRefused(REASONS[Reason.DAMAGED])


@contextlib.contextmanager
def _on_disk(upload: Any) -> Iterator[Path]:
    if hasattr(upload, "temporary_file_path"):
        yield Path(upload.temporary_file_path())
        return
    with tempfile.NamedTemporaryFile(suffix=".bin") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)
