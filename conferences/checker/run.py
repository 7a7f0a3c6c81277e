"""From an uploaded manuscript to the file that may be shown to reviewers, or the reason why there is none."""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from conferences.checker.codes import Refusal, Refused
from conferences.checker.limits import OUTPUT_BYTES, SECONDS
from publications.pdf.runner import Run, run

WAIT = 5.0  # for a child on a busy machine, over what it may spend itself
PDF, DOCX = "application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = {PDF: ("pdf", ".pdf"), DOCX: ("docx", ".docx")}


@dataclass(frozen=True, slots=True)
class Clean:
    content: bytes
    mime: str
    extension: str
    stripped: dict[str, int] = field(default_factory=dict)
    text: str = ""  # of a Word document; a PDF is read page by page by the reader


def made_anew(path: Path, mime: str) -> Clean:
    """Raises `Refused`."""
    if mime not in KINDS:
        raise Refused(Refusal.NOT_ACCEPTED)
    kind, extension = KINDS[mime]
    answer, content = _asked(kind, path)
    return Clean(content, mime, extension, answer["stripped"], answer.get("text", ""))


def printing_facts(path: Path) -> dict[str, Any]:
    """See `checker.printing`. Raises `Refused`."""
    facts: dict[str, Any] = _asked("final", path)[0]["facts"]
    return facts


def _asked(kind: str, path: Path) -> tuple[dict[str, Any], bytes]:
    command = [sys.executable, "-s", "-m", "conferences.checker.child", kind, str(path.resolve())]
    answer, content = _answer(run(command, seconds=SECONDS + WAIT, output_bytes=OUTPUT_BYTES))
    if "refused" in answer:
        raise Refused(Refusal(answer["refused"]))
    return answer, content


def _answer(done: Run) -> tuple[dict[str, Any], bytes]:
    head, newline, content = done.output.partition(b"\n")
    if done.killed or done.returncode or not newline:
        raise Refused(Refusal.TOO_COSTLY)
    try:
        return json.loads(head), content
    except ValueError as error:
        raise Refused(Refusal.CANNOT_OPEN) from error
