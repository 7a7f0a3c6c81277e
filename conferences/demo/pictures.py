"""The drawings as photographs of an edition: pixels, a small one beside them, stored as uploads are."""

import hashlib
import io
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.core.files.base import ContentFile
from PIL import Image

from conferences.demo.drawing import DRAWINGS
from conferences.models import Edition, Photo
from publications.models import Blob

TEMPLATE = Path(__file__).parent / "picture.typ"
SMALL = (480, 480)


@cache
def pixels(name: str) -> tuple[bytes, bytes, int, int]:
    """The drawing as WebP, large and small, with its size."""
    draw, width, height = DRAWINGS[name]
    given = {"svg": draw(), "width": str(width), "height": str(height)}
    png = typst.Compiler(TEMPLATE, ignore_system_fonts=True).compile(format="png", ppi=72, sys_inputs=given)
    if not isinstance(png, bytes):
        raise TypeError("typst gave no single picture")
    with Image.open(io.BytesIO(png)) as opened:
        large = opened.convert("RGB")
    small = large.copy()
    small.thumbnail(SMALL)
    return _webp(large), _webp(small), large.width, large.height


def _webp(picture: Image.Image) -> bytes:
    target = io.BytesIO()
    picture.save(target, "WEBP", quality=82, method=6)
    return target.getvalue()


def add_photo(edition: Edition, name: str, **fields: Any) -> Photo:
    content, small, width, height = pixels(name)
    blob = Blob(size=len(content), sha256=hashlib.sha256(content).hexdigest(), mime="image/webp")
    blob.content.save("", ContentFile(content), save=False)
    blob.thumbnail.save("", ContentFile(small), save=False)
    blob.save()
    return Photo.objects.create(edition=edition, blob=blob, width=width, height=height, **fields)
