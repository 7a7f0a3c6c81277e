"""The child process that opens final papers: ``python -m conferences.proceedings.child stamp|join``, JSON in.

Stamping answers with a line for each paper, ``{"kind": "made" | "broken", …}``, so that one that ends the process is
known by its missing line; joining with one line. Made files go where the job says.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from conferences.proceedings.limits import FILE_BYTES, JOIN_SECONDS, MEMORY_BYTES, OPEN_FILES, STAMP_SECONDS
from publications.pdf.confine import confine

STAMP = Path(__file__).with_name("stamp.typ")


def main(job: str) -> int:
    seconds = STAMP_SECONDS if job == "stamp" else JOIN_SECONDS
    os.environ["RAYON_NUM_THREADS"] = "1"
    confine(MEMORY_BYTES, seconds, open_files=OPEN_FILES, processes=4096, file_bytes=FILE_BYTES)
    told = json.loads(sys.stdin.buffer.read())
    if job == "stamp":
        _stamp(told)
    else:
        from conferences.proceedings.joining import join

        _say(kind="made", pages=join(told))
    return 0


def _stamp(papers: list[dict[str, Any]]) -> None:
    import typst

    from conferences.proceedings.stamping import Broken, stamp

    compiler = typst.Compiler(STAMP, root=STAMP.parent, ignore_system_fonts=True)
    for paper in papers:
        try:
            pages = stamp(Path(paper["source"]), Path(paper["made"]), paper, compiler)
        except Broken as broken:
            _say(kind="broken", key=paper["key"], why=broken.why)
        except Exception:  # noqa: BLE001 (the file decides what goes wrong in here)
            _say(kind="broken", key=paper["key"], why="cannot_open")
        else:
            _say(kind="made", key=paper["key"], pages=pages)


def _say(**message: Any) -> None:
    os.write(1, json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    status = main(sys.argv[1])
    # Without tearing down: objects of a damaged file are where clean-up code crashes.
    os._exit(status)
