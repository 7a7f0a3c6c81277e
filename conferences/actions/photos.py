"""Photographs: what is kept is drawn anew, so nothing that travelled with the upload (place, camera, name) stays."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import InterfaceError, OperationalError, transaction

from accounts.models import User
from conferences.actions import parts as actions
from conferences.actions.common import require
from conferences.models import Edition, Photo
from conferences.parts import PHOTOS
from conferences.rules.committee import may_organise
from publications.models import Blob
from publications.pdf.reading import Picture
from publications.pictures import redrawn

SMALL = 480  # the longest side of what lists and galleries show


def add(edition: Edition, data: dict[str, Any], *, by: User) -> Photo:
    """`data["picture"]` is the upload; raises `PictureRefused`."""
    require(may_organise(by, edition))  # asked again under the lock
    picture = redrawn(data["picture"])
    blob = _blob(picture, redrawn(data["picture"], SMALL), by)
    try:
        return _record(edition, data, blob, picture, by)
    except (OperationalError, InterfaceError):
        raise  # the database was lost, perhaps only after the row was committed: its content stays
    except Exception:
        for stored in (blob.content, blob.thumbnail):
            stored.storage.delete(str(stored.name))
        raise


def _blob(picture: Picture, small: Picture, by: User) -> Blob:
    digest = hashlib.sha256(picture.data).hexdigest()
    blob = Blob(size=len(picture.data), sha256=digest, mime=picture.mime, uploaded_by=by)
    blob.content.save("photo.webp", ContentFile(picture.data), save=False)
    blob.thumbnail.save("photo-small.webp", ContentFile(small.data), save=False)
    return blob


@transaction.atomic
def _record(edition: Edition, data: dict[str, Any], blob: Blob, picture: Picture, by: User) -> Photo:
    blob.save()
    size = {"width": picture.width, "height": picture.height}
    photo: Photo = actions.add(PHOTOS, edition, data, by=by, blob=blob, **size)
    return photo
