"""Who makes the programme and who brings slides and posters."""

from accounts.models import User
from conferences.models import Edition, Submission
from conferences.rules.committee import ORGANISERS, PROGRAMME, has_role, is_active
from conferences.states import EditionState, SubmissionState


def may_open_schedule(user: User, edition: Edition) -> bool:
    """See the programme at the desk."""
    return has_role(user, edition, ORGANISERS | PROGRAMME)


def may_make_schedule(user: User, edition: Edition) -> bool:
    """Rooms, sessions, items, and publishing them: as long as the edition is not archived."""
    return edition.state != EditionState.ARCHIVED and may_open_schedule(user, edition)


def may_say_when_away(user: User, submission: Submission) -> bool:
    """Who handed in something that may be given, as long as there is a programme to make."""
    is_own = is_active(user) and submission.submitter_id == user.pk
    alive = submission.state in (SubmissionState.SUBMITTED, SubmissionState.REVISION, SubmissionState.ACCEPTED)
    return is_own and alive and submission.edition.state != EditionState.ARCHIVED
