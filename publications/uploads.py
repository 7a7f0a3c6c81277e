"""Uploads go to disk while they are hashed; nothing is ever whole in memory."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler


class HashingUploadHandler(TemporaryFileUploadHandler):
    """Sets `sha256` on each uploaded file, and drops one that grows over the limit.

    A dropped file's field name goes to `request.refused_uploads`, so that the form can say so and keep what was typed.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hash = hashlib.sha256()
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._received += len(raw_data)
        if self._received > settings.MAX_UPLOAD_BYTES:
            refused_uploads(self.request).append(self.field_name or "")
            self.file.close()
            raise SkipFile
        self._hash.update(raw_data)
        super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> TemporaryUploadedFile:
        file: Any = super().file_complete(file_size)
        file.sha256 = self._hash.hexdigest()
        return file  # type: ignore[no-any-return] # what the base class opened


def refused_uploads(request: Any) -> list[str]:
    """The names of the file fields whose content was larger than allowed."""
    if not hasattr(request, "refused_uploads"):
        request.refused_uploads = []
    return request.refused_uploads  # type: ignore[no-any-return]


def sha256_of(upload: Any) -> str:
    """The hash taken while it streamed in, else (a file of a command or a test) of its chunks."""
    if known := getattr(upload, "sha256", None):
        return str(known)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
