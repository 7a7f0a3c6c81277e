"""The directory of organisations."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.journal import changes_between, log, values_of
from accounts.models import Organisation, User
from accounts.rules import may_manage_directory

ORGANISATION_FIELDS = (
    "name",
    "name_en",
    "acronym",
    "kind",
    "ror",
    "parent",
    "province_code",
    "city",
    "period",
    "aliases",
    "is_confirmed",
)


@transaction.atomic
def save_organisation(by: User, organisation: Organisation, values: dict[str, Any]) -> Organisation:
    """Add or edit. An empty ROR is none, so that many organisations may be without."""
    if not may_manage_directory(by):
        raise PermissionDenied
    is_new = organisation.pk is None
    before = {} if is_new else values_of(Organisation.objects.get(pk=organisation.pk), ORGANISATION_FIELDS)
    for name, value in values.items():
        setattr(organisation, name, value or None if name == "ror" else value)
    organisation.save()
    changes = changes_between(before, values_of(organisation, ORGANISATION_FIELDS))
    if is_new:
        log(by, "organisation.added", organisation, changes)
    elif changes:
        log(by, "organisation.edited", organisation, changes)
    return organisation
