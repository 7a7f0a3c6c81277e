"""Why a volume could not be made, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, "str | Promise"] = {
    "password": _("the file asks for a password"),
    "cannot_open": _("the file cannot be opened"),
    "pages": _("the file has other pages than those that were checked"),
    "too_costly": _("the file takes too much time or memory"),
    "missing": _("the file is not in the storage"),
}


def reason_of(why: str) -> str:
    return str(REASONS.get(why, REASONS["cannot_open"]))
