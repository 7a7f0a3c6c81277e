"""What can stand in the log. An action is registered with the words that curators read; `log` refuses others.

Every app has its own `log_actions.py`, loaded at start.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, str | Promise] = {}


def register_actions(labels: Mapping[str, str | Promise]) -> None:
    LABELS.update(labels)


def label_of(action: str) -> str:
    return str(LABELS.get(action, action))


register_actions(
    {
        "user.signed_up": _("signed up"),
        "user.role_changed": _("role changed"),
        "user.deactivated": _("sign-in closed"),
        "user.reactivated": _("sign-in opened again"),
        "user.deleted": _("account deleted by its owner"),
        "person.edited": _("person edited"),
        "person.merged": _("person merged into another"),
        "person.unmerged": _("merging of a person undone"),
        "person.orcid_connected": _("ORCID confirmed by its owner"),
        "person.orcid_disconnected": _("ORCID disconnected"),
        "person.orcid_lost": _("unconfirmed ORCID given up to its owner"),
        "organisation.added": _("organisation added"),
        "organisation.edited": _("organisation edited"),
        "organisation.merged": _("organisation merged into another"),
        "organisation.unmerged": _("merging of an organisation undone"),
    }
)
