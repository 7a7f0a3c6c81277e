"""What decides, besides public content, about a page that shows something of the search: the index and the synonyms."""

from search import synonyms
from search.index import reading

State = tuple[str, int]
NO_INDEX: State = ("", 0)


def search_state() -> State | None:
    """Differs after every commit of the index and every edit of a synonym; None while there is no index."""
    try:
        return reading.current().generation, synonyms.edition()
    except reading.IndexNotReady:
        return None


def list_state() -> State:
    """The same for pages that are there without an index too."""
    return search_state() or NO_INDEX
