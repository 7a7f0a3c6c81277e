"""Who makes the programme and who brings slides and posters."""

from accounts.models import User
from conferences.models import Edition
from conferences.rules.committee import ORGANISERS, PROGRAMME, has_role
from conferences.states import EditionState


def may_open_schedule(user: User, edition: Edition) -> bool:
    """See the programme at the desk."""
    return has_role(user, edition, ORGANISERS | PROGRAMME)


def may_make_schedule(user: User, edition: Edition) -> bool:
    """Rooms, sessions, items, and publishing them: as long as the edition is not archived."""
    return edition.state != EditionState.ARCHIVED and may_open_schedule(user, edition)
