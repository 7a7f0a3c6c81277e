"""Whether the files of an index are whole: each of Tantivy's ends with a checksum of what is before."""

import json
import mmap
import struct
import zlib
from pathlib import Path

from tantivy import Index

from search.index.place import Place

_PARTS = ("idx", "pos", "term", "store", "fast", "fieldnorm")
_MAGIC = 1337
_CHUNK = 1 << 24
_ENDING = 8  # bytes: the length of what tells the checksum, and the magic number


def damage(place: Place) -> str:
    """What is wrong with it, or nothing. Reads everything: a second for each gigabyte or two."""
    for folder in (place.outputs, place.pages):
        try:
            for path in committed_files(folder):
                if not _is_whole(path):
                    return f"{path.parent.name}/{path.name} is damaged"
            Index.open(str(folder)).searcher()
        except (OSError, ValueError, KeyError, TypeError, struct.error) as error:
            return f"{folder.name}: {error}"
    return ""


def committed_files(folder: Path) -> list[Path]:
    """Those of the last commit; a process that was killed may have left others."""
    files = []
    for segment in json.loads((folder / "meta.json").read_text())["segments"]:
        name = segment["segment_id"].replace("-", "")
        files += [folder / f"{name}.{part}" for part in _PARTS]
        if segment["deletes"]:
            files.append(folder / f"{name}.{segment['deletes']['opstamp']}.del")
    return files


def _is_whole(path: Path) -> bool:
    if path.stat().st_size < _ENDING:
        return False
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        length, magic = struct.unpack("<II", content[-_ENDING:])
        end = len(content) - _ENDING - length
        if magic != _MAGIC or end < 0:
            return False
        wanted = json.loads(content[end:-_ENDING])["crc"]
        found = 0
        for start in range(0, end, _CHUNK):
            found = zlib.crc32(content[start : min(end, start + _CHUNK)], found)
    return bool(found == wanted)
