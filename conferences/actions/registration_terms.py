"""How one registers for an edition."""

from typing import Any

from django.db import transaction

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from conferences.actions.common import require
from conferences.actions.editions_common import Conflict
from conferences.actions.registration_places import locked_terms, move_up
from conferences.models import Edition, Registration, RegistrationTerms
from conferences.rules.registration import may_register_others

FIELDS = (
    "is_offered", "quota", "quota_online", "needs_approval", "asks_letter", "note_id", "note_en", "needs_kept_days",
)  # fmt: skip


@transaction.atomic
def set_terms(
    edition: Edition, data: dict[str, Any], *, by: User, seen: int
) -> tuple[RegistrationTerms, list[Registration]]:
    """Raises `Conflict`. Returns who moved up because there are more places now, too."""
    terms = locked_terms(edition)
    require(may_register_others(by, terms.edition))
    if seen != terms.revision:
        raise Conflict(terms)
    names = [name for name in FIELDS if name in data]
    before = values_of(terms, names)
    for name in names:
        setattr(terms, name, data[name])
    changes = changes_between(before, values_of(terms, names))
    if not changes:
        return terms, []
    terms.revision += 1
    terms.save()
    log(by, "registration.terms_set", terms.edition, changes)
    return terms, move_up(terms, by)
