"""The changes of the search's own data that stand in the log."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "synonym.added": _("synonym added"),
        "synonym.edited": _("synonym edited"),
        "synonym.deleted": _("synonym deleted"),
    }
)
