"""Who looks after registrations, the door and certificates; and what people do with their own registration."""

import datetime

from django.utils import timezone

from accounts.models import User
from conferences import phases
from conferences.models import CommitteeRole, Edition, Registration, RegistrationTerms
from conferences.rules.committee import ORGANISERS, has_role, is_active
from conferences.states import ACTIVE_REGISTRATIONS, EditionState

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


def may_register(user: User, terms: RegistrationTerms, at: datetime.datetime | None = None) -> bool:
    """Oneself, by the form of the site."""
    return is_active(user) and is_open(terms, at)


def is_open(terms: RegistrationTerms, at: datetime.datetime | None = None) -> bool:
    return terms.is_offered and phases.is_registration_open(terms.edition, at)


def is_own(user: User, registration: Registration) -> bool:
    return is_active(user) and registration.user_id == user.pk


def may_see(user: User, registration: Registration) -> bool:
    """All of it: the letter and what somebody needs, too."""
    return is_own(user, registration) or may_open_registrations(user, registration.edition)


def is_to_come(edition: Edition, at: datetime.datetime | None = None) -> bool:
    """Its last day is not over on its own clock, and nobody has archived it."""
    today = (at or timezone.now()).astimezone(edition.tz).date()
    return edition.state != EditionState.ARCHIVED and today <= edition.ends_on


def may_edit(user: User, registration: Registration) -> bool:
    """One's own until the last day is over; the committee as long as it is not archived."""
    if registration.state not in ACTIVE_REGISTRATIONS:
        return False
    edition = registration.edition
    return is_own(user, registration) and is_to_come(edition) or may_register_others(user, edition)


def may_cancel(user: User, registration: Registration) -> bool:
    """Not once somebody has been seen there."""
    return may_edit(user, registration) and not registration.check_ins.filter(undone_at=None).exists()
