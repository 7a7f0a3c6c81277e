"""What is publicly known about an output, gathered once and written in many forms (tags, JSON-LD, citations)."""

from .build import build_metadata
from .facts import Agent, FileFacts, PublicDate, PublicMetadata

__all__ = ["Agent", "FileFacts", "PublicDate", "PublicMetadata", "build_metadata"]
