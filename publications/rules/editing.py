"""Who may change what: named predicates over a user and an output or version."""

from accounts.models import User
from publications.models import Output, Version
from publications.states import EDITABLE, OutputState, VersionState


def is_owner(user: User, output: Output) -> bool:
    return output.is_owned_by(user)


def may_see_version(user: User, version: Version) -> bool:
    """The draft pages of a version: its owners and curators."""
    return user.is_authenticated and (user.is_curator or is_owner(user, version.output))


def may_edit(user: User, version: Version) -> bool:
    """Owners while it is with them, curators while it is with them."""
    if version.state in EDITABLE:
        return is_owner(user, version.output)
    return version.state == VersionState.SUBMITTED and user.is_curator


def may_submit(user: User, version: Version) -> bool:
    return version.state in EDITABLE and is_owner(user, version.output)


def may_discard(user: User, version: Version) -> bool:
    """A version that nobody has seen yet; what was submitted once stays for the record."""
    return version.state == VersionState.DRAFT and is_owner(user, version.output)


def may_start_version(user: User, output: Output) -> bool:
    """A new version needs a published one and no other version under way (one_open constraint)."""
    return output.state == OutputState.PUBLISHED and (is_owner(user, output) or user.is_curator)


def may_comment(user: User, version: Version) -> bool:
    return may_see_version(user, version)


def may_curate(user: User, version: Version) -> bool:
    """Claim, return and publish: a curator, but never of one's own paper."""
    return user.is_authenticated and user.is_curator and not is_owner(user, version.output)


def may_withdraw(user: User, output: Output) -> bool:
    return user.is_authenticated and user.is_curator


def may_share(user: User, output: Output) -> bool:
    """Add or remove co-owners and hand over: the owner, or an administrator when the owner has left."""
    return user.is_authenticated and (output.owner_id == user.pk or user.is_administrator)


def may_answer_requests(user: User, output: Output) -> bool:
    return user.is_authenticated and is_owner(user, output)


def may_read_log(user: User) -> bool:
    return user.is_authenticated and user.is_curator
