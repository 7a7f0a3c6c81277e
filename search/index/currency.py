"""Whether this machine's index has taken in everything that is public now."""

from django.utils import timezone

from search.index import changes, place


def is_current() -> bool:
    found = place.current()
    state = found.read_state() if found else None
    if state is None or state.built_to is not None or state.day < timezone.localdate().isoformat():
        return False
    return not changes.is_any_waiting(state.xid, state.change)
