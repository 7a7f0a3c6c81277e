"""Outputs that the process of an organisation has made ready: handed in for their owners, who typed it all before.

The rule of that process says who may; from the queue on they are curated like any other.
"""

from typing import Any

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from publications.models import Blob, File, FileKind, Output, Version
from publications.states import VersionState

from . import drafts, notify
from .common import locked_version
from .fields import write


@transaction.atomic
def begin(owner: User, data: dict[str, Any], blob: Blob, name: str, *, by: User, **fields: Any) -> Version:
    """A draft of `owner` with all that describes it and its main document. `fields` are for the output."""
    output = Output.objects.create(owner=owner, **fields)
    version = Version.objects.create(output=output, number=1)
    log(by, "output.started", output)
    write(version, data)
    version.revision += 1
    version.save(update_fields=["revision"])
    File.objects.create(version=version, blob=blob, kind=FileKind.MAIN, name=name, original_name=name)
    log(by, "file.added", output, {"file": [None, name], "sha256": [None, blob.sha256]})
    return version


@transaction.atomic
def submit(version: Version, *, by: User) -> Version:
    """To the curators, without a mail to each of them: many come at once. Raises `Incomplete`."""
    fresh = drafts.enter_queue(version, by=by)
    notify.received(fresh)
    return fresh


@transaction.atomic
def describe(version: Version, data: dict[str, Any], *, by: User) -> None:
    """Anew, as long as nobody has edited it since it was begun."""
    fresh = locked_version(version)
    if fresh.state == VersionState.DRAFT and fresh.revision == 1 and (changes := write(fresh, data)):
        log(by, "version.edited", fresh.output, changes)
