"""The deposit form: one form over all blocks of a version, of which each page shows and each request sends some."""

from .blocks import BLOCKS, STEPS, Block
from .snapshot import digest, readable, snapshot
from .version import VersionForm

__all__ = ["BLOCKS", "STEPS", "Block", "VersionForm", "digest", "readable", "snapshot"]
