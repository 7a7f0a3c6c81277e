"""Who hands in, reads and judges final papers. Nothing moves any more once the volume is published."""

import datetime

from accounts.models import User
from conferences import phases
from conferences.models import DateKind, Edition, FinalPaper, Submission, Volume
from conferences.rules.proceedings import may_edit_proceedings
from conferences.rules.submissions import is_submitter
from conferences.states import EditionState, FinalState, SubmissionState, VolumeState


def takes_final_papers(edition: Edition) -> bool:
    return not Volume.objects.filter(edition=edition, state=VolumeState.PUBLISHED).exists()


def is_wanted(submission: Submission) -> bool:
    return submission.state == SubmissionState.ACCEPTED and takes_final_papers(submission.edition)


def is_in_time(submission: Submission, paper: FinalPaper | None, at: datetime.datetime | None = None) -> bool:
    """Until the date, if there is one; what an editor gave back comes again at any time."""
    if paper is not None and paper.state == FinalState.RETURNED:
        return True
    return not phases.is_past(submission.edition, DateKind.CAMERA_READY, at)


def may_hand_in(
    user: User, submission: Submission, paper: FinalPaper | None, at: datetime.datetime | None = None
) -> bool:
    """Its submitter in time, and editors of the proceedings for authors who come late."""
    if not is_wanted(submission):
        return False
    if may_edit_proceedings(user, submission.edition):
        return True
    is_open = submission.edition.state != EditionState.ARCHIVED and is_in_time(submission, paper, at)
    return is_submitter(user, submission) and is_open


def may_judge(user: User, paper: FinalPaper) -> bool:
    """Whether it can be printed, not whether it is good: so also of a paper of one's own."""
    return is_wanted(paper.submission) and may_edit_proceedings(user, paper.submission.edition)


def may_read(user: User, paper: FinalPaper) -> bool:
    return is_submitter(user, paper.submission) or may_edit_proceedings(user, paper.submission.edition)


def may_ask_for_papers(user: User, edition: Edition) -> bool:
    """Write letters into the outbox; who may send them is another question."""
    return edition.state != EditionState.ARCHIVED and may_edit_proceedings(user, edition)
