"""Pictures without what cameras, programs and people wrote into them. The pixels stay as they are."""

import struct

PNG = b"\x89PNG\r\n\x1a\n"
# What a decoder needs; texts, times, EXIF and anything private goes.
PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
SOI, EOI, SOS = 0xD8, 0xD9, 0xDA
# JFIF, ICC profile and Adobe's colour transform are needed to show the colours; EXIF, XMP, IPTC and comments go.
JPEG_KEPT_APP = {0xE0, 0xE2, 0xEE}
COMMENT = 0xFE
JP2 = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
JP2_DATA = {b"xml ", b"uuid", b"uinf"}


class Damaged(ValueError):
    """Not a picture of the kind that it should be."""


def without_data(content: bytes) -> bytes | None:
    """The picture without its data; None for a kind that is not known here."""
    if content.startswith(PNG):
        return _png(content)
    if content.startswith(b"\xff\xd8\xff"):
        return _jpeg(content)
    if content.startswith(JP2):
        return _jp2(content)
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return _gif(content)
    if content.startswith(b"BM"):
        return content
    return _emf(content) if content[40:44] == b" EMF" else None


def _png(content: bytes) -> bytes:
    kept, place = [PNG], len(PNG)
    while place + 12 <= len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        kind = content[place + 4 : place + 8]
        if kind in PNG_KEPT:
            kept.append(content[place : place + 12 + length])
        place += 12 + length
        if kind == b"IEND":
            return b"".join(kept)
    raise Damaged


def _jpeg(content: bytes) -> bytes:
    kept, place = [content[:2]], 2
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise Damaged
        marker = content[place + 1]
        if marker == 0xFF:  # padding
            place += 1
            continue
        if marker == SOS:
            end = content.rfind(b"\xff\xd9")
            return b"".join([*kept, content[place : end + 2] if end > place else content[place:]])
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        is_application = 0xE0 <= marker <= 0xEF
        if marker != COMMENT and (not is_application or marker in JPEG_KEPT_APP):
            kept.append(content[place : place + 2 + length])
        place += 2 + length
    raise Damaged


def _jp2(content: bytes) -> bytes:
    """Its boxes, but for those that hold texts."""
    kept, place = [], 0
    while place + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        if length == 1 and place + 16 <= len(content):
            (length,) = struct.unpack(">Q", content[place + 8 : place + 16])
        length = length or len(content) - place  # 0: to the end
        if length < 8:
            raise Damaged
        if kind not in JP2_DATA:
            kept.append(content[place : place + length])
        place += length
    return b"".join(kept)


def _gif(content: bytes) -> bytes:
    """Drawn anew: its comments stand between the frames."""
    import io

    from PIL import Image

    target = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("GIF",)) as image:
        image.convert("RGBA").save(target, "PNG")
    return target.getvalue()


def _emf(content: bytes) -> bytes:
    """Its header names the program and the file it was made from."""
    length, place = struct.unpack("<II", content[60:68])
    end = place + 2 * length
    if length and place >= 80 and end <= len(content):
        content = content[:place] + bytes(2 * length) + content[end:]
    return content
