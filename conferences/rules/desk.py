"""Who may do what with the site of an edition and its committee, on top of `rules.committee`."""

from accounts.models import User
from conferences.models import CommitteeMember, CommitteeRole, Edition
from conferences.rules.committee import DESK, ORGANISERS, has_role, may_change_state, may_organise
from conferences.states import EditionState


def may_read_site_desk(user: User, edition: Edition) -> bool:
    """What organisers keep, also when the edition is archived and nobody changes it any more."""
    return has_role(user, edition, ORGANISERS)


def may_name(user: User, edition: Edition, role: str) -> bool:
    """Roles that open something are given by chairs alone: a secretary cannot make herself one who sees reviews."""
    if role not in DESK:
        return may_organise(user, edition)
    return edition.state != EditionState.ARCHIVED and may_change_state(user, edition)


def is_acting_chair(member: CommitteeMember) -> bool:
    """A chair who can sign in."""
    return member.role == CommitteeRole.CHAIR and member.user is not None and member.user.is_active


def has_other_chair(member: CommitteeMember) -> bool:
    others = CommitteeMember.objects.filter(edition=member.edition_id, role=CommitteeRole.CHAIR, user__is_active=True)
    return others.exclude(pk=member.pk).exists()
