"""Changes of synonyms by administrators."""

from typing import Any

from django.db import transaction

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from search import synonyms
from search.models import Synonym

EDITED = ("group", "term", "kind", "language", "only_as_written", "is_active")


@transaction.atomic
def save_synonym(by: User, synonym: Synonym, values: dict[str, Any]) -> None:
    """Save a new or an edited synonym; `values` are its checked fields, with the PMKS kinds."""
    is_new = synonym.pk is None
    before = {} if is_new else _values(Synonym.objects.get(pk=synonym.pk))
    for name in EDITED:
        if name in values:
            setattr(synonym, name, values[name])
    synonym.save()
    if "pmks" in values:
        synonym.pmks.set(values["pmks"])
    changes = changes_between(before, _values(synonym))
    if is_new or changes:
        log(by, "synonym.added" if is_new else "synonym.edited", synonym, changes)
    transaction.on_commit(synonyms.forget)


@transaction.atomic
def delete_synonym(by: User, synonym: Synonym) -> None:
    """Only what administrators added: a row of the file would come back, so it is put out of use instead."""
    if synonym.code:
        save_synonym(by, synonym, {"is_active": False})
        return
    log(by, "synonym.deleted", synonym, changes_between(_values(synonym), {}))
    synonym.delete()
    transaction.on_commit(synonyms.forget)


def _values(synonym: Synonym) -> dict[str, Any]:
    return {**values_of(synonym, EDITED), "pmks": sorted(synonym.pmks.values_list("code", flat=True))}
