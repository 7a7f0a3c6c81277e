"""Who may follow, and who may make collections."""

from accounts.models import User
from search.models import Alert, Collection

MOST_ALERTS = 50  # a person
MOST_ITEMS = 500  # a collection that is chosen by hand


def may_follow(user: User) -> bool:
    return user.is_active


def may_change_alert(user: User, alert: Alert) -> bool:
    return user.is_active and alert.user_id == user.pk


def may_edit_collections(user: User) -> bool:
    return user.is_authenticated and user.is_active and user.is_curator


def may_see_collection(user: User, collection: Collection) -> bool:
    return collection.is_published or may_edit_collections(user)
