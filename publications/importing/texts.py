"""Bytes into text: UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252; gzip unpacked on the way."""

import codecs
import gzip
import io
import re
import zlib
from typing import BinaryIO

from publications.importing.limits import MAX_UNPACKED_BYTES

_GZIP = b"\x1f\x8b"
_CHUNK = 1024 * 1024
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class TooLarge(Exception):
    """The file, or what it unpacks to, passes the limit."""


class Broken(Exception):
    """The compressed file cannot be unpacked."""


class _Bounded(io.RawIOBase):
    """A stream that stops with `TooLarge` instead of filling the disk or the memory."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile, limit: int) -> None:
        self._stream, self._left = stream, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._stream.read(len(buffer))
        except (OSError, EOFError, zlib.error) as error:
            raise Broken from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge
        buffer[: len(data)] = data
        return len(data)


def unpacked(stream: BinaryIO, limit: int = MAX_UNPACKED_BYTES) -> BinaryIO:
    """The stream itself or, if it is gzip, what is in it; from its start."""
    stream.seek(0)
    is_gzip = stream.read(2) == _GZIP
    stream.seek(0)
    inner = gzip.GzipFile(fileobj=stream) if is_gzip else stream
    return io.BufferedReader(_Bounded(inner, limit), _CHUNK)


def find_encoding(stream: BinaryIO) -> tuple[str, bool]:
    """(encoding, whether some bytes fit none), from the whole stream; reads it once in pieces."""
    start = stream.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", False
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    piece, good, high = start, 0, 0
    valid = True
    while piece:
        if valid:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                valid = False
        good += sum(len(match) for match in _MULTIBYTE.findall(piece))
        high += len(_HIGH.findall(piece))
        piece = stream.read(_CHUNK)
    if valid:
        return "utf-8-sig", False
    # Mostly well-formed sequences: UTF-8 with damage, not Windows-1252 full of accented capitals.
    return ("utf-8-sig", True) if good * 2 > high else ("cp1252", False)


def text_lines(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """The stream as text with its line ends kept, for `csv`."""
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
