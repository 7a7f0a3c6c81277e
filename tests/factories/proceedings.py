"""Final papers with small real PDFs, volumes made of them. Rows are written as the site's actions leave them."""

import functools
import hashlib
import io
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
import typst
from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from conferences.actions import builds, volumes
from conferences.models import Build, CommitteeRole, Edition, FinalPaper, Submission, Volume
from conferences.states import FinalState, SubmissionState
from publications.models import Blob
from taxonomy.models import Licence
from tests.factories.conferences import committee, make_edition, make_submission, make_track

AUTHORS = ({"given_name": "Siti", "family_name": "Rahmawati", "email": "siti@contoh.id"}, {"family_name": "Sukarno"})


@functools.cache
def paper_pdf(pages: int = 2, text: str = "Isi makalah", paper: str = "a4", flipped: bool = False) -> bytes:
    """Typeset, so that it has a text layer and fonts."""
    body = "#pagebreak()\n".join(f"{text} halaman {number}\n" for number in range(1, pages + 1))
    source = f'#set page(paper: "{paper}", flipped: {"true" if flipped else "false"})\n{body}'
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "makalah.typ"
        path.write_text(source, encoding="utf-8")
        made = typst.compile(str(path), ignore_system_fonts=True, timestamp=0)
    assert isinstance(made, bytes)
    return made


def stored(content: bytes, by: User | None = None) -> Blob:
    blob = Blob(size=len(content), sha256=hashlib.sha256(content).hexdigest(), mime="application/pdf", uploaded_by=by)
    blob.content.save("x", ContentFile(content), save=False)
    blob.save()
    return blob


def make_final(
    submission: Submission,
    *,
    pages: int = 2,
    content: bytes | None = None,
    state: str = FinalState.APPROVED,
    **fields: Any,
) -> FinalPaper:
    content = paper_pdf(pages, f"Isi {submission.number}") if content is None else content
    now = timezone.now()
    decided = {} if state == FinalState.WAITING else {"decided_by": submission.submitter, "decided_at": now}
    return FinalPaper.objects.create(
        **{
            "submission": submission,
            "state": state,
            "blob": stored(content, submission.submitter),
            "original_name": "makalah.pdf",
            "pages": pages,
            "licence": Licence.objects.get(code="CC-BY-4.0"),
            "uploaded_by": submission.submitter,
            "reason": "Fon belum tertanam." if state == FinalState.RETURNED else "",
            **decided,
            **fields,
        }
    )


def make_paper(track: Any, *, pages: int = 2, content: bytes | None = None, **fields: Any) -> Submission:
    """An accepted submission with its final paper."""
    fields = {"authors": AUTHORS, "pmks": ["PMKS-08"], **fields}
    submission = make_submission(track, SubmissionState.ACCEPTED, **fields)
    make_final(submission, pages=pages, content=content)
    return submission


def editor_of(edition: Edition) -> User:
    return committee(edition, CommitteeRole.EDITOR)


def make_volume(count: int = 2, edition: Edition | None = None, **facts: Any) -> Volume:
    """In preparation, with so many papers of 2, 3, 2, 3 … pages."""
    edition = edition or make_edition()
    track = edition.tracks.first() or make_track(edition, pmks=["PMKS-08"])
    for number in range(count):
        make_paper(track, pages=2 + number % 2)
    by = editor_of(edition)
    volume = volumes.begin(edition, by=by)
    data = {
        "title_id": "Prosiding Konferensi Contoh",
        "publisher": "Kementerian Sosial",
        "isbn": "9786020000008",
        **facts,
    }
    data.setdefault("editors", [("Dewi", "Siregar")])
    data.setdefault("licence", Licence.objects.get(code="CC-BY-4.0"))
    return volumes.save_facts(volume, data, by=by)


def build(volume: Volume, by: User | None = None) -> Build:
    """Started and made, without the worker."""
    started = builds.start(volume, by=by or editor_of(volume.edition))
    builds.run(started)
    started.refresh_from_db()
    return started


def content_of(blob: Blob | None) -> bytes:
    assert blob is not None
    with blob.content.open("rb") as content:
        return bytes(content.read())


def texts(content: bytes) -> list[tuple[str, str]]:
    """(label, text) of each page."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    pages = [
        (document.get_page_label(index), document[index].get_textpage().get_text_bounded())
        for index in range(len(document))
    ]
    document.close()
    return pages
