"""Bulk import: check a file, bring it in, take it back. One function for each change of a batch."""

from .batches import Busy, NothingToContinue, Progress, check_batch, discard_batch, prepare_batch, run_batch, start
from .files import read_waiting, release
from .stored import check_stored, run_stored, undo_stored, upload_batch
from .undoing import CannotUndo, Obstacle, begin_undo, obstacles, undo_batch

__all__ = [
    "Busy",
    "CannotUndo",
    "NothingToContinue",
    "Obstacle",
    "Progress",
    "begin_undo",
    "check_batch",
    "check_stored",
    "discard_batch",
    "obstacles",
    "prepare_batch",
    "read_waiting",
    "release",
    "run_batch",
    "run_stored",
    "start",
    "undo_batch",
    "undo_stored",
    "upload_batch",
]
