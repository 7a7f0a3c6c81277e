"""Who says which papers were given at an edition."""

from accounts.models import User
from conferences.models import CommitteeRole, Edition
from conferences.rules.committee import ORGANISERS, has_role


def may_collect_papers(user: User, edition: Edition) -> bool:
    """Its organisers and editors, curators too; also of an archived edition, whose papers often come later."""
    is_curator = user.is_authenticated and user.is_active and user.is_curator
    return is_curator or has_role(user, edition, ORGANISERS | {CommitteeRole.EDITOR})
