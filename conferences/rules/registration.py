"""Who looks after registrations, the door and certificates."""

from accounts.models import User
from conferences.models import CommitteeRole, Edition
from conferences.rules.committee import ORGANISERS, has_role
from conferences.states import EditionState

REGISTRARS = ORGANISERS | {CommitteeRole.REGISTRATION}


def may_open_registrations(user: User, edition: Edition) -> bool:
    """The list of participants, and what it counts; archived editions too."""
    return has_role(user, edition, REGISTRARS)


def may_register_others(user: User, edition: Edition) -> bool:
    """Confirm, decline, enter, check in: as long as the edition is not archived."""
    return edition.state != EditionState.ARCHIVED and may_open_registrations(user, edition)


def may_certify(user: User, edition: Edition) -> bool:
    """Issue and revoke certificates, which also happens after the edition is archived."""
    return has_role(user, edition, ORGANISERS)
