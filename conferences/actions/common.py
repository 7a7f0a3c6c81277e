"""What several actions share."""

from evidence.actions.common import ReasonMissing, reason_in, require

__all__ = ["ChangedMeanwhile", "ReasonMissing", "reason_in", "require"]


class ChangedMeanwhile(Exception):
    """Saved in another window since the page was opened; nothing was overwritten."""
