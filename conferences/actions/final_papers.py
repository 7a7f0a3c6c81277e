"""Final papers: handed in, checked at once, approved or given back by an editor of the proceedings."""

import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import log
from accounts.models import User
from conferences.actions import final_paper_mails, letters
from conferences.actions.common import ChangedMeanwhile, reason_in, require
from conferences.actions.submissions import Closed, locked
from conferences.actions.uploads import FileRefused, accepted, as_it_is, base_name, dropped_on_failure, on_disk
from conferences.checker.codes import Refusal, Refused
from conferences.checker.messages import REFUSALS
from conferences.checker.run import PDF, printing_facts
from conferences.final_checks import Check, PageRead, Read, has_fault, judged
from conferences.models import FinalPaper, LetterKind, Submission
from conferences.rules import final_papers as rules
from conferences.rules.proceedings import may_edit_proceedings
from conferences.rules.submissions import is_submitter
from conferences.states import FINAL_TRANSITIONS, FinalState
from publications.actions import reading
from publications.models import Blob
from publications.models.files import ReadingState
from publications.pdf.codes import Code
from publications.pdf.reader import read_pdf
from publications.pdf.reading import PdfReading
from publications.states import check_transition
from taxonomy.models import Licence

ONLY_PDF = _("A final paper is a PDF. Save it as PDF (best PDF/A) and upload it.")
UNFINISHED = frozenset({Code.STOPPED_TIME, Code.STOPPED_MEMORY, Code.STOPPED_CRASH, Code.TOO_MANY_PAGES})


class HasFaults(Exception):
    """It is shown and kept, but the proceedings cannot take it."""


def hand_in(
    submission: Submission,
    upload: Any,
    licence: Licence,
    *,
    by: User,
    seen: int | None,
    at: datetime.datetime | None = None,
) -> FinalPaper:
    """Takes the place of an earlier one. `seen`: the revision that was looked at, None for none; `at` is for history.

    Raises `Closed`, `FileRefused`, `ChangedMeanwhile`. The content is stored before the rows are written.
    """
    _require_open(by, submission, at)
    sniffed = accepted(upload, (PDF,), ONLY_PDF)
    read, checks = _looked_at(submission, upload)
    blob = as_it_is(upload, sniffed, by)
    blob.reading_state, blob.page_count = ReadingState.NOT_NEEDED, read.page_count
    values = {"licence": licence, "checks": checks, "pages": read.page_count, "original_name": base_name(upload)}
    with dropped_on_failure(blob):
        return _record(submission, blob, read, values, by, seen, at)


def _require_open(by: User, submission: Submission, at: datetime.datetime | None) -> None:
    require(is_submitter(by, submission) or may_edit_proceedings(by, submission.edition))
    if not rules.may_hand_in(by, submission, FinalPaper.objects.filter(submission=submission).first(), at):
        raise Closed


def _looked_at(submission: Submission, upload: Any) -> tuple[PdfReading, list[Check]]:
    """What the reader and the checker see, both in confined children."""
    with on_disk(upload) as copy:
        try:
            facts = printing_facts(Path(copy.name))
        except Refused as refusal:
            raise FileRefused(REFUSALS[refusal.code]) from refusal
        read = read_pdf(copy.name)
    if not read.ok:
        raise FileRefused(REFUSALS[Refusal.CANNOT_OPEN])
    if UNFINISHED.intersection(read.warnings) or len(read.pages) != len(facts["sizes"]):
        raise FileRefused(REFUSALS[Refusal.TOO_COSTLY])
    seen = Read([PageRead(page.number, page.text, page.unmapped) for page in read.pages], **facts)
    titles = (submission.title_id, submission.title_en)
    return read, judged(seen, pages_max=submission.track.pages_max, titles=titles)


@transaction.atomic
def _record(
    submission: Submission,
    blob: Blob,
    read: PdfReading,
    values: dict[str, Any],
    by: User,
    seen: int | None,
    at: datetime.datetime | None,
) -> FinalPaper:
    fresh = locked(submission)
    _require_open(by, fresh, at)
    paper = FinalPaper.objects.filter(submission=fresh).first()
    if (paper.revision if paper else None) != seen:
        raise ChangedMeanwhile
    before = paper.state if paper else None
    if paper is not None and before != FinalState.WAITING:
        check_transition(paper, paper.state, FinalState.WAITING, FINAL_TRANSITIONS)
    blob.save()
    reading.take_in(blob, read)
    paper = _written(paper or FinalPaper(submission=fresh), blob, values, by, at or timezone.now())
    _drop_requests(fresh)
    log(by, "final_paper.handed_in", fresh, {"state": [before, paper.state], "sha256": [None, blob.sha256]})
    if by.pk != fresh.submitter_id:
        final_paper_mails.handed_in_for(paper)
    return paper


def _written(paper: FinalPaper, blob: Blob, values: dict[str, Any], by: User, now: datetime.datetime) -> FinalPaper:
    if paper.pk:
        paper.revision += 1
    for name, value in values.items():
        setattr(paper, name, value)
    paper.blob, paper.uploaded_by, paper.uploaded_at = blob, by, now
    paper.state, paper.decided_by, paper.decided_at, paper.reason = FinalState.WAITING, None, None, ""
    paper.save()
    return paper


def _drop_requests(submission: Submission) -> None:
    """Nobody is asked for what is there."""
    letters.overtaken(submission.letters.filter(kind=LetterKind.CAMERA_READY))


@transaction.atomic
def approve(paper: FinalPaper, *, by: User, seen: int | None) -> FinalPaper:
    """`seen`: the revision that was looked at. Raises `HasFaults` and `ChangedMeanwhile`."""
    fresh = _judged(paper, FinalState.APPROVED, by, seen)
    if has_fault(fresh.checks):
        raise HasFaults
    _decide(fresh, FinalState.APPROVED, "", by)
    log(by, "final_paper.approved", fresh.submission)
    final_paper_mails.approved(fresh)
    return fresh


@transaction.atomic
def give_back(paper: FinalPaper, reason: str, *, by: User, seen: int | None) -> FinalPaper:
    """Its author reads the reason and hands in anew, also after the date."""
    fresh = _judged(paper, FinalState.RETURNED, by, seen)
    _decide(fresh, FinalState.RETURNED, reason_in(reason)[:2000], by)
    log(by, "final_paper.given_back", fresh.submission)
    final_paper_mails.given_back(fresh)
    return fresh


def _judged(paper: FinalPaper, after: FinalState, by: User, seen: int | None) -> FinalPaper:
    """The paper as it is now, held."""
    submission = locked(paper.submission)
    fresh = FinalPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    fresh.submission = submission
    require(rules.may_judge(by, fresh))
    check_transition(fresh, fresh.state, after, FINAL_TRANSITIONS)
    if fresh.revision != seen:
        raise ChangedMeanwhile
    return fresh


def _decide(paper: FinalPaper, state: FinalState, reason: str, by: User) -> None:
    paper.state, paper.reason, paper.decided_by, paper.decided_at = state, reason, by, timezone.now()
    paper.revision += 1
    paper.save(update_fields=["state", "reason", "decided_by", "decided_at", "revision"])


__all__ = ["ChangedMeanwhile", "Closed", "FileRefused", "HasFaults", "approve", "give_back", "hand_in"]
