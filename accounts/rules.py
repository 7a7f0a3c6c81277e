"""Who may do what with people, organisations, roles and the log."""

from accounts.models import Organisation, Person, User


def may_manage_directory(user: User) -> bool:
    """Add, edit and merge organisations and people."""
    return user.is_active and user.is_curator


def may_change_roles(user: User) -> bool:
    return user.is_active and user.is_administrator


def may_edit_person(user: User, person: Person) -> bool:
    """Their own names and degrees, or a curator anybody's who has no account of their own."""
    if person.user_id is not None and person.user_id == user.pk:
        return user.is_active
    return may_manage_directory(user) and (person.user_id is None or may_change_roles(user))


def may_confirm(user: User, organisation: Organisation) -> bool:
    """A unit loaded from memory is a suggestion until an administrator confirms it."""
    return may_change_roles(user) and not organisation.is_confirmed
