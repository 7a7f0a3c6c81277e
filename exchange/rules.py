"""Who prepares what is told to other machines."""

from accounts.models import User
from conferences.models import Edition
from conferences.rules.proceedings import may_edit_proceedings


def may_prepare_dois(user: User, edition: Edition) -> bool:
    return may_edit_proceedings(user, edition)
