"""The pictures of the printed copy: small JPEGs in a folder beside the template, where the compiler may read them."""

import shutil
from pathlib import Path
from typing import Any

from PIL import Image

from conferences.exporting.links import StaticCopy
from conferences.models import Photo

SIDE, QUALITY = (640, 640), 78
MOST = 80  # a PDF that can still be sent; all of them lie in the copy as files


class Pictures:
    """Each is made once, whoever shows it."""

    def __init__(self, folder: Path, template: Path, copy: StaticCopy) -> None:
        self.folder, self.known = folder, copy.photos
        self.made: dict[int, str] = {}
        self.template = Path(shutil.copy(template, folder))

    def of(self, pk: int | None) -> dict[str, Any] | None:
        """None where there is none, or where it would be one too many."""
        photo = self.known.get(pk or 0)
        if photo is None or photo.pk not in self.made and len(self.made) >= MOST:
            return None
        if photo.pk not in self.made:
            self.made[photo.pk] = self._written(photo)
        return {"file": self.made[photo.pk], "alt": str(photo.alt), "credit": photo.credit}

    def _written(self, photo: Photo) -> str:
        """On white where it lets the page through. What is stored was drawn by us, so it is opened here."""
        stored = photo.blob.thumbnail or photo.blob.content
        with stored.storage.open(str(stored.name)) as content, Image.open(content) as opened:
            drawn = opened.convert("RGBA")
        drawn.thumbnail(SIDE)
        ground = Image.new("RGB", drawn.size, "white")
        ground.paste(drawn, mask=drawn.getchannel("A"))
        name = f"foto-{photo.pk}.jpg"
        ground.save(self.folder / name, "JPEG", quality=QUALITY)
        return name
