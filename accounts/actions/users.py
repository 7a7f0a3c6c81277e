"""Roles and the life of an account."""

from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.journal import log
from accounts.models import Person, Role, User
from accounts.names import parse_name
from accounts.rules import may_change_roles
from accounts.signals import account_deleted


class LastAdministrator(Exception):
    """Somebody must be left who can change roles."""

    def __str__(self) -> str:
        return str(_("This is the last administrator. Make somebody else administrator first."))


@transaction.atomic
def welcome(user: User, name: str, language: str) -> None:
    """Complete a new account: name, language of mails, consent, and its person in the directory."""
    user.name, user.language, user.agreed_at = name, language, timezone.now()
    user.save(update_fields=["name", "language", "agreed_at"])
    parsed = parse_name(name)
    Person.objects.create(
        user=user,
        given_name=parsed.given,
        family_name=parsed.family,
        degrees_before=parsed.degrees_before,
        degrees_after=parsed.degrees_after,
    )
    log(user, "user.signed_up", user)


@transaction.atomic
def change_role(by: User, user: User, role: str) -> None:
    if not may_change_roles(by):
        raise PermissionDenied
    before = _locked(user).role
    if before == role:
        return
    if before == Role.ADMINISTRATOR:
        _refuse_last_administrator(user)
    user.role = Role(role)
    user.save(update_fields=["role"])
    log(by, "user.role_changed", user, {"role": [before, user.role]})


@transaction.atomic
def close_account(by: User, user: User) -> None:
    """Nobody signs in with it any more; what they published stays."""
    if not may_change_roles(by):
        raise PermissionDenied
    _refuse_last_administrator(_locked(user))
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    log(by, "user.deactivated", user)


@transaction.atomic
def reopen_account(by: User, user: User) -> None:
    if not may_change_roles(by) or user.deleted_at:
        raise PermissionDenied
    user.is_active = True
    user.save(update_fields=["is_active"])
    log(by, "user.reactivated", user)


@transaction.atomic
def delete_account(user: User) -> None:
    """Forget who had this account. Outputs stay, with the names printed on them."""
    _refuse_last_administrator(_locked(user))
    log(user, "user.deleted", user)
    _forget_person(user)
    for related in ("emailaddress_set", "socialaccount_set", "authenticator_set"):
        getattr(user, related).all().delete()
    end_sessions(user)
    account_deleted.send(sender=User, user=user)
    user.email, user.name = f"deleted-{user.pk}@deleted.invalid", ""
    user.is_active, user.is_superuser, user.deleted_at = False, False, timezone.now()
    user.role, user.last_login = Role.RESEARCHER, None
    user.set_unusable_password()
    user.save()


def end_sessions(user: User) -> None:
    keys = list(user.usersession_set.values_list("session_key", flat=True))  # type: ignore[attr-defined]
    Session.objects.filter(session_key__in=keys).delete()
    user.usersession_set.all().delete()  # type: ignore[attr-defined]


def _forget_person(user: User) -> None:
    """The person stays in the directory only as far as outputs name them."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        return
    if _is_named_somewhere(person):
        person.user = None
        person.save(update_fields=["user"])
    else:
        person.delete()


def _is_named_somewhere(person: Person) -> bool:
    """Asked of the models themselves: who refers to people stands above this app."""
    return any(
        relation.related_model._default_manager.filter(**{relation.field.name: person}).exists()
        for relation in Person._meta.related_objects
    )


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _refuse_last_administrator(user: User) -> None:
    """Locks the administrators, so that two of them cannot leave at the same moment."""
    administrators = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True)
    if user.role == Role.ADMINISTRATOR and user.is_active and {a.pk for a in administrators} <= {user.pk}:
        raise LastAdministrator
