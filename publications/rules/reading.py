"""Who may read what: named predicates over a user and an output, version or file."""

from typing import Any

from publications.models import CopyRequest, Output, Version
from publications.states import Access, OutputState, VersionState

from .editing import is_owner


def works_on(user: Any, output: Output) -> bool:
    """Owners and co-owners of this output, and curators."""
    return bool(user.is_authenticated and (user.is_curator or is_owner(user, output)))


def is_gone(output: Output) -> bool:
    """Only its tombstone may be shown."""
    return output.state == OutputState.WITHDRAWN


def has_public_page(version: Version) -> bool:
    return version.state == VersionState.PUBLISHED and version.output.state == OutputState.PUBLISHED


def copy_was_granted(version: Version, granted: CopyRequest | None) -> bool:
    """A granted request opens the restricted versions of its own output and nothing else."""
    return granted is not None and granted.output_id == version.output_id and version.access == Access.RESTRICTED


def may_read_files(user: Any, version: Version, granted: CopyRequest | None = None) -> bool:
    """The one answer to "may she have the files?" for files, first-page pictures and readers of a public version."""
    if not has_public_page(version):
        return False
    return version.files_are_open or copy_was_granted(version, granted) or works_on(user, version.output)


def may_ask_for_copy(version: Version) -> bool:
    return has_public_page(version) and version.access == Access.RESTRICTED
