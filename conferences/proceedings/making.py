"""The making itself, from facts to files: no rows are written here, and what was made before is not made again."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from django.utils.translation import gettext as _
from django.utils.translation import override

from conferences.models import BuiltPaper
from conferences.proceedings import limits
from conferences.proceedings.facts import LANGUAGE, PaperFacts, VolumeFacts, volume_info
from conferences.proceedings.front import front_values, index_values
from publications.actions.reading import local_path
from publications.pdf.runner import Run, run
from publications.typesetting import typeset

FOLDER = Path(__file__).parent
Known = dict[tuple[int, str], BuiltPaper]
Progress = Callable[[int], None]


class PaperFailed(Exception):
    """A final paper with which no volume can be made; `why` is a code of `messages.py`."""

    def __init__(self, paper: PaperFacts, why: str) -> None:
        super().__init__(f"{paper.entry.submission.pk}: {why}")
        self.paper, self.why = paper, why


class VolumeFailed(Exception):
    """The parts are there, but the whole could not be put together."""


@dataclass(frozen=True, slots=True)
class MadePaper:
    """`known` is the one of an earlier build that is the same; then nothing was written."""

    facts: PaperFacts
    path: Path
    known: BuiltPaper | None


def make(facts: VolumeFacts, known: Known, folder: Path, progress: Progress) -> tuple[Path, int, list[MadePaper]]:
    """The volume's file, how many pages it has, and its papers. Raises `PaperFailed` and `VolumeFailed`."""
    with ExitStack() as opened:
        papers = make_papers(facts.papers, known, folder, progress, opened)
        made = folder / "volume.pdf"
        pages = _join(facts, [paper.path for paper in papers], made, folder)
        progress(len(papers) + 1)
    return made, pages, papers


def make_papers(
    papers: list[PaperFacts], known: Known, folder: Path, progress: Progress, opened: ExitStack
) -> list[MadePaper]:
    found: dict[int, MadePaper] = {}
    for paper in papers:
        if built := known.get((_key(paper), paper.fingerprint)):
            found[_key(paper)] = MadePaper(paper, _opened(paper, built.blob, opened), built)
    progress(len(found))
    new = [paper for paper in papers if _key(paper) not in found]
    for start in range(0, len(new), limits.AT_ONCE):
        for made in _stamped(new[start : start + limits.AT_ONCE], folder):
            found[_key(made.facts)] = made
        progress(len(found))
    return [found[_key(paper)] for paper in papers]


def _key(paper: PaperFacts) -> int:
    row = paper.entry.row
    return row.pk if row else -paper.entry.submission.pk


def _opened(paper: PaperFacts, blob: Any, opened: ExitStack) -> Path:
    try:
        path: Path = opened.enter_context(local_path(blob))
    except FileNotFoundError as error:
        raise PaperFailed(paper, "missing") from error
    if not path.exists():
        raise PaperFailed(paper, "missing")
    return path


def _stamped(papers: list[PaperFacts], folder: Path) -> Iterator[MadePaper]:
    """One child for all of these: starting it takes longer than a paper does."""
    with ExitStack() as opened:
        jobs = [
            {
                **paper.values,
                "key": place,
                "source": str(_opened(paper, paper.entry.final.blob, opened).resolve()),
                "made": str(folder / f"{paper.entry.submission.pk}.pdf"),
            }
            for place, paper in enumerate(papers)
        ]
        answers = {message["key"]: message for message in _child("stamp", jobs, limits.STAMP_SECONDS).messages}
    for place, paper in enumerate(papers):
        answer = answers.get(place, {"kind": "broken", "why": "too_costly"})
        if answer["kind"] != "made":
            raise PaperFailed(paper, answer["why"])
        yield MadePaper(paper, folder / f"{paper.entry.submission.pk}.pdf", None)


def _child(job: str, told: Any, seconds: float) -> Run:
    with tempfile.TemporaryFile() as given:
        given.write(json.dumps(told).encode())
        given.seek(0)
        command = [sys.executable, "-s", "-m", "conferences.proceedings.child", job]
        return run(command, seconds=seconds + 5, output_bytes=limits.ANSWER_BYTES, stdin=given.fileno())


def front_pdf(facts: VolumeFacts) -> bytes:
    return typeset(FOLDER / "front.typ", front_values(facts))


def _join(facts: VolumeFacts, papers: list[Path], made: Path, folder: Path) -> int:
    front, index = folder / "front.pdf", folder / "index.pdf"
    front.write_bytes(front_pdf(facts))
    index.write_bytes(typeset(FOLDER / "index.typ", index_values(facts)))
    with override(LANGUAGE):
        cover, heading = _("Cover"), _("Index of authors")
    told = {
        "parts": [str(path) for path in (front, *papers, index)],
        "made": str(made),
        "front": [(cover, 0), *bookmarks(front.read_bytes())],
        "titles": [*(f"{paper.title} – {paper.entry.names}" for paper in facts.papers), heading],
        "info": volume_info(facts),
    }
    answers = _child("join", told, limits.JOIN_SECONDS).messages
    if not answers or not made.exists():
        raise VolumeFailed
    return int(answers[-1]["pages"])


def bookmarks(front: bytes) -> list[tuple[str, int]]:
    """The parts of the front matter and the index of the page on which each begins."""
    document = pypdfium2.PdfDocument(front)
    try:
        found = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
        return [(title, dest.get_index()) for title, dest in found if dest is not None]
    finally:
        document.close()
