"""What is offered while somebody types: topics, titles, people and organisations, each leading to its page.

Only what the index holds, which is public, and the kinds of the vocabulary; nothing of drafts. What has been withdrawn
is not offered even before the index knows.
"""

from search.suggesting.gathering import suggestions
from search.suggesting.showing import Group, Suggestion

__all__ = ["Group", "Suggestion", "suggestions"]
