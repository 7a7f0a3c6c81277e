"""Final papers: real small PDFs with embedded fonts, as typst makes them."""

import functools
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import User
from conferences.models import FinalPaper, Submission
from conferences.states import FinalState
from publications.typesetting import typeset
from taxonomy.models import Licence
from tests.factories.conferences import committee
from tests.factories.publications import make_blob

TEMPLATE = Path(__file__).parent / "final_paper.typ"
REFERENCES = (
    "Rahmawati, S. (2019). Perawatan keluarga di desa. Jurnal Kesejahteraan Sosial, 3(1), 1-20.",
    "Sukarno (2021). Perlindungan sosial lanjut usia. Jakarta: Penerbit Contoh.",
)


@functools.lru_cache(maxsize=64)
def final_pdf(
    title: str = "Perawatan berbasis keluarga",
    pages: int = 2,
    *,
    authors: tuple[str, ...] = ("Siti Rahmawati", "Sukarno"),
    paper: str = "a4",
    references: tuple[str, ...] = REFERENCES,
    language: str = "id",
) -> bytes:
    """Made once for the same values."""
    data = {"title": title, "pages": pages, "authors": authors, "paper": paper, "references": references}
    return typeset(TEMPLATE, {**data, "language": language, "timestamp": 0})


def make_final_paper(
    submission: Submission, pages: int = 2, *, state: str = FinalState.APPROVED, by: User | None = None, **fields: Any
) -> FinalPaper:
    """Of an accepted submission, without fault. `content`: other bytes; `title`: so that many share one PDF.

    `licence`: a code.
    """
    names = tuple(author.name for author in submission.authors.all())
    title = fields.pop("title", None) or str(submission.title)
    content = fields.pop("content", None) or final_pdf(title, pages, authors=names)
    values: dict[str, Any] = {"state": state, "original_name": "makalah.pdf", "checks": [], "pages": pages}
    if state != FinalState.WAITING:
        values |= {"decided_by": by or committee(submission.edition, "editor"), "decided_at": timezone.now()}
    if state == FinalState.RETURNED:
        values["reason"] = "Daftar pustaka belum lengkap."
    values["licence"] = Licence.objects.get(code=fields.pop("licence", "CC-BY-4.0"))
    values["uploaded_by"] = submission.submitter
    blob = make_blob(content)
    blob.page_count = pages
    blob.save(update_fields=["page_count"])
    return FinalPaper.objects.create(submission=submission, blob=blob, **{**values, **fields})
