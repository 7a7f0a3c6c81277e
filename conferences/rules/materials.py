"""Who brings slides and posters, and who reads them."""

from accounts.models import User
from conferences.models import Material, Submission
from conferences.rules.committee import addresses_of, is_active, may_list_submissions
from conferences.states import EditionState, SubmissionState


def presents(user: User, submission: Submission) -> bool:
    """Who handed it in, and its authors by an address that they confirmed."""
    if not is_active(user):
        return False
    if submission.submitter_id == user.pk:
        return True
    mine = {address.lower() for address in addresses_of(user)}
    return any(author.email.lower() in mine for author in submission.authors.all() if author.email)


def may_bring(user: User, submission: Submission) -> bool:
    """Once it is accepted, before and after the event, as long as the edition is not archived."""
    is_open = submission.edition.state != EditionState.ARCHIVED
    return is_open and submission.state == SubmissionState.ACCEPTED and presents(user, submission)


def may_read_material(user: User, material: Material) -> bool:
    """What not everybody may read: its presenters and the committee that reads submissions."""
    submission = material.submission
    return presents(user, submission) or may_list_submissions(user, submission.edition)
