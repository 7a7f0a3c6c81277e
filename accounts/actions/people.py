"""People's names and their ORCID, typed or confirmed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.journal import changes_between, log, values_of
from accounts.actions.merging import absorb_person
from accounts.models import Person, User
from accounts.rules import may_edit_person

PERSON_FIELDS = ("given_name", "family_name", "degrees_before", "degrees_after", "orcid", "affiliation")


def save_profile(user: User, user_values: dict[str, Any], person_values: dict[str, Any]) -> Person:
    """What people say about themselves on the account page."""
    with transaction.atomic():
        for name, value in user_values.items():
            setattr(user, name, value)
        person = Person.objects.filter(user=user).first() or Person(user=user)
        edit_person(user, person, person_values)
        user.name = person.name
        user.save(update_fields=[*user_values, "name"])
    return person


@transaction.atomic
def edit_person(by: User, person: Person, values: dict[str, Any]) -> None:
    """A confirmed ORCID stays: only its owner connects or disconnects it."""
    if not may_edit_person(by, person):
        raise PermissionDenied
    if (affiliation := values.get("affiliation")) and affiliation.pk is None:
        affiliation.save()
        log(by, "organisation.added", affiliation, {"name": [None, affiliation.name]})
    is_new = person.pk is None
    before = {} if is_new else values_of(Person.objects.get(pk=person.pk), PERSON_FIELDS)
    for name, value in values.items():
        if name == "orcid" and person.orcid_authenticated:
            continue
        setattr(person, name, value or None if name == "orcid" else value)
    person.save()
    if changes := changes_between(before, values_of(person, PERSON_FIELDS)):
        log(by, "person.edited", person, changes)


@transaction.atomic
def connect_orcid(user: User, orcid: str) -> Person:
    """The registry has told us that this is `user`'s ORCID: it is theirs, whoever typed it elsewhere."""
    person = Person.objects.select_for_update().filter(user=user).first() or Person.objects.create(
        user=user, family_name=user.name or user.email.partition("@")[0]
    )
    if person.orcid == orcid and person.orcid_authenticated:
        return person
    _take_from_others(user, person, orcid)
    before = person.orcid
    person.orcid, person.orcid_authenticated = orcid, True
    person.save(update_fields=["orcid", "orcid_authenticated"])
    log(user, "person.orcid_connected", person, {"orcid": [before, orcid]})
    return person


@transaction.atomic
def disconnect_orcid(user: User) -> None:
    """The ORCID stays as typed, no longer as confirmed."""
    person = Person.objects.filter(user=user, orcid_authenticated=True).first()
    if person is None:
        return
    person.orcid_authenticated = False
    person.save(update_fields=["orcid_authenticated"])
    log(user, "person.orcid_disconnected", person, {"orcid_authenticated": [True, False]})


def _take_from_others(user: User, person: Person, orcid: str) -> None:
    """A person without account who has this ORCID is the same one; an account that merely typed it gives it up."""
    other = Person.objects.select_for_update().filter(orcid=orcid).exclude(pk=person.pk).first()
    if other is None:
        return
    if other.user_id is None and other.merged_into_id is None:
        absorb_person(user, other, person)
    else:
        other.orcid, other.orcid_authenticated = None, False
        other.save(update_fields=["orcid", "orcid_authenticated"])
        log(user, "person.orcid_lost", other, {"orcid": [orcid, None]})
    person.refresh_from_db()
