"""Who edits the proceedings."""

from accounts.models import User
from conferences.models import CommitteeRole, Edition, Volume
from conferences.rules.committee import ORGANISERS, has_role
from conferences.states import VolumeState
from publications.models import Output, Version
from publications.rules import editing
from publications.states import VersionState

EDITORS = ORGANISERS | {CommitteeRole.EDITOR}


def may_edit_proceedings(user: User, edition: Edition) -> bool:
    """Final papers, volume, builds; proceedings often come after an edition is archived."""
    return has_role(user, edition, EDITORS)


def may_change_volume(user: User, volume: Volume) -> bool:
    """Facts, order, builds: until it is published."""
    return volume.state == VolumeState.PREPARING and may_edit_proceedings(user, volume.edition)


def may_follow_papers(user: User, edition: Edition) -> bool:
    """What becomes of the papers after the volume is published: its editors, and the curators whose turn it is."""
    return may_edit_proceedings(user, edition) or (user.is_active and user.is_curator)


def may_publish_paper(user: User, version: Version) -> bool:
    """As for everything else: a curator, and never one's own."""
    return version.state == VersionState.SUBMITTED and editing.may_curate(user, version)


def is_downloadable(output: Output | None) -> bool:
    """The volume is given to everybody once it has passed the curators, as every publication."""
    return output is not None and output.is_public
