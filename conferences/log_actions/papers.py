from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "edition.paper_added": _("paper added to the conference"),
        "edition.paper_taken_out": _("paper taken out of the conference"),
    }
)
