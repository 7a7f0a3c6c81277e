"""The changes of conferences that stand in the log, one file a subject."""

from conferences.log_actions import editions, papers, proceedings, reviewing, submissions

__all__ = ["editions", "papers", "proceedings", "reviewing", "submissions"]
