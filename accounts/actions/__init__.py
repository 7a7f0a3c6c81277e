"""What changes people, organisations and roles; one function a change. `log` is for every app."""

from accounts.actions.journal import changes_between, log, masked, target_of, values_of
from accounts.actions.merging import CannotMerge, merge_organisations, merge_people, undo_merge
from accounts.actions.organisations import save_organisation
from accounts.actions.people import connect_orcid, disconnect_orcid, edit_person, save_profile
from accounts.actions.users import (
    LastAdministrator,
    change_role,
    close_account,
    delete_account,
    reopen_account,
    welcome,
)

__all__ = [
    "CannotMerge",
    "LastAdministrator",
    "change_role",
    "changes_between",
    "close_account",
    "connect_orcid",
    "delete_account",
    "disconnect_orcid",
    "edit_person",
    "log",
    "masked",
    "merge_organisations",
    "merge_people",
    "reopen_account",
    "save_organisation",
    "save_profile",
    "target_of",
    "undo_merge",
    "values_of",
    "welcome",
]
