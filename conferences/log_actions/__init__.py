"""The changes of conferences that stand in the log, one file a subject."""

from conferences.log_actions import day, editions, papers, reviewing, submissions

__all__ = ["day", "editions", "papers", "reviewing", "submissions"]
