"""Who edits the proceedings."""

from accounts.models import User
from conferences.models import CommitteeRole, Edition
from conferences.rules.committee import ORGANISERS, has_role

EDITORS = ORGANISERS | {CommitteeRole.EDITOR}


def may_edit_proceedings(user: User, edition: Edition) -> bool:
    """Final papers, volume, builds; proceedings often come after an edition is archived."""
    return has_role(user, edition, EDITORS)
