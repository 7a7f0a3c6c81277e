"""The changes of conferences that stand in the log, one file a subject."""

from conferences.log_actions import (
    editions,
    final_papers,
    papers,
    registration,
    reviewing,
    submissions,
)

__all__ = [
    "editions",
    "final_papers",
    "papers",
    "registration",
    "reviewing",
    "submissions",
]
