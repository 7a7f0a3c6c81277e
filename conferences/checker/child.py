"""The child process that opens a manuscript: ``python -m conferences.checker.child KIND PATH``.

KIND is pdf, docx or final. It answers with one line of JSON, followed by the bytes of the new file where there is one:
a final paper stays as it is, and what a printer asks of it is told.
"""

import json
import os
import sys
from typing import Any

from conferences.checker.codes import Refusal, Refused
from conferences.checker.limits import MEMORY_BYTES, SECONDS
from publications.pdf.confine import confine


def main(arguments: list[str]) -> int:
    kind, path = arguments
    confine(MEMORY_BYTES, SECONDS)
    answer: dict[str, Any] = {}
    content = b""
    try:
        if kind == "pdf":
            from conferences.checker import pdf

            content, stripped = pdf.strip(path)
            answer = {"stripped": stripped}
        elif kind == "final":
            from conferences.checker.printing import printing_facts

            answer = {"facts": printing_facts(path)}
        else:
            from conferences.checker import docx

            content, stripped, text = docx.strip(path)
            answer = {"stripped": stripped, "text": text}
    except Refused as refusal:
        answer = {"refused": refusal.code}
    except (MemoryError, RecursionError):
        answer = {"refused": Refusal.TOO_COSTLY}
    except Exception:  # noqa: BLE001 (the file decides what goes wrong in here; this process ends right after)
        answer = {"refused": Refusal.CANNOT_OPEN}
    _write(json.dumps(answer, ensure_ascii=True).encode() + b"\n" + content)
    return 0


def _write(answer: bytes) -> None:
    view = memoryview(answer)
    while view:
        view = view[os.write(1, view) :]


if __name__ == "__main__":
    status = main(sys.argv[1:])
    # Without tearing down: objects of a damaged file are where clean-up code crashes.
    os._exit(status)
