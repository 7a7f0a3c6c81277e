"""The changes of conferences that stand in the log, one file a subject."""

from conferences.log_actions import (
    day,
    editions,
    final_papers,
    papers,
    proceedings,
    programme,
    programme_public,
    registration,
    reviewing,
    submissions,
)

__all__ = [
    "day",
    "editions",
    "final_papers",
    "papers",
    "proceedings",
    "programme",
    "programme_public",
    "registration",
    "reviewing",
    "submissions",
]
