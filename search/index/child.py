"""Begins a process that makes documents; imports nothing of Django before that is set up."""

import ctypes
import signal

_PR_SET_PDEATHSIG = 1


def begin(database: str) -> None:
    """Ctrl-C is the parent's business; its end, even a violent one, is the child's too."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    import django

    django.setup()
    from django.db import connections

    connections["default"].settings_dict["NAME"] = database
