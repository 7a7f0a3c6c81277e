"""File names in a static copy: short, safe on every file system, the same each time."""

import mimetypes
from pathlib import PurePath

from django.utils.text import slugify

from conferences.models import CallTemplate, Photo

VOLUME_FILE = "berkas/prosiding.pdf"


def ending(mime: str) -> str:
    return {"image/webp": ".webp", "image/jpeg": ".jpg"}.get(mime) or mimetypes.guess_extension(mime) or ""


def photo_name(photo: Photo, *, small: bool = False) -> str:
    return f"{photo.pk}-kecil.webp" if small else f"{photo.pk}{ending(photo.blob.mime)}"


def template_name(template: CallTemplate) -> str:
    path = PurePath(template.name)
    suffix = path.suffix.lower() if path.suffix[1:].isalnum() else ""
    return f"{template.pk}-{slugify(path.stem)[:80] or 'templat'}{suffix}"


def material_name(pk: int) -> str:
    return f"berkas/materi-{pk}.pdf"
