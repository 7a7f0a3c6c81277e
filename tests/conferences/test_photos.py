"""Photographs are hostile until they are drawn anew: what comes out holds pixels alone."""

import io
import zlib
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from PIL import Image

from conferences.actions import photos
from conferences.models import Photo
from publications.models import Blob
from publications.pictures import LONGEST_SIDE, PictureRefused, redrawn
from tests.factories.conferences import committee, make_edition
from tests.factories.desk import MARK, chair_of, make_photo, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def opened(photo: Photo) -> Any:
    with photo.blob.content.open("rb") as content:
        return Image.open(io.BytesIO(content.read()))


def png_bomb(side: int) -> bytes:
    """A PNG of a few kilobytes that says it has `side` × `side` pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    header = side.to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(9999))) + chunk(b"IEND", b"")
    )


class TestDrawing:
    @pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
    def test_nothing_of_the_upload_stays(self, form: str) -> None:
        photo = make_photo(make_edition(), picture=picture(form, name=f"foto.{form.lower()}"))
        stored = photo.blob.content.open("rb").read()
        image = opened(photo)
        assert MARK.encode() not in stored
        assert image.format == "WEBP"
        assert not image.getexif()
        assert "icc_profile" not in image.info
        assert (photo.width, photo.height) == image.size == (480, 640)  # upright
        assert photo.blob.mime == "image/webp"
        assert photo.blob.size == len(stored)

    def test_behind_the_end_hides_nothing(self) -> None:
        upload = picture()
        smuggled = SimpleUploadedFile("foto.jpg", upload.read() + b"<script>alert(1)</script>")
        assert b"<script>" not in redrawn(smuggled).data

    def test_large_ones_become_smaller(self) -> None:
        photo = make_photo(make_edition(), picture=picture(size=(4000, 1000)))
        assert max(photo.width, photo.height) == LONGEST_SIDE
        with photo.blob.thumbnail.open("rb") as small:
            assert max(Image.open(small).size) == photos.SMALL

    def test_transparency_stays(self) -> None:
        buffer = io.BytesIO()
        Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(buffer, "PNG")
        drawn = redrawn(SimpleUploadedFile("logo.png", buffer.getvalue()))
        assert Image.open(io.BytesIO(drawn.data)).convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("foto.jpg", b""),
            ("foto.jpg", b"\xff\xd8\xff" + b"rusak" * 500),
            ("foto.png", b"\x89PNG\r\n\x1a\n"),
            ("foto.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("foto.jpg", b"%PDF-1.7 halo"),
            ("foto.jpg", b"GIF89a" + bytes(50)),
            ("foto.jpg", b"<html><body>halo</body></html>"),
            ("foto.txt", b"bukan gambar"),
            ("foto.png", png_bomb(8_000)),
            ("foto.png", png_bomb(60_000)),
        ],
        ids=["empty", "broken-jpeg", "broken-png", "svg", "pdf", "gif", "html", "text", "bomb", "huge-bomb"],
    )
    def test_bad_uploads(self, name: str, content: bytes) -> None:
        edition = make_edition()
        with pytest.raises(PictureRefused):
            make_photo(edition, picture=SimpleUploadedFile(name, content))
        assert not Photo.objects.exists()
        assert not Blob.objects.exists()

    def test_too_many_bytes(self, monkeypatch: Any) -> None:
        monkeypatch.setattr("publications.pictures.MOST_BYTES", 1000)
        with pytest.raises(PictureRefused):
            redrawn(picture())


class TestKeeping:
    def test_alternative_text_is_required(self) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_photo(make_edition(), alt_id="")

    def test_a_failed_one_leaves_no_file(self, tmp_path: Any) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            make_photo(make_edition(), alt_id="")
        assert not [path for path in tmp_path.rglob("*") if path.is_file()]

    def test_strangers_make_the_server_draw_nothing(self, monkeypatch: Any) -> None:
        edition = make_edition()
        chair_of(edition)
        monkeypatch.setattr(photos, "redrawn", lambda *_: pytest.fail("drawn"))
        with pytest.raises(PermissionDenied):
            photos.add(edition, {"picture": picture(), "alt_id": "x"}, by=committee(edition, "registration"))
