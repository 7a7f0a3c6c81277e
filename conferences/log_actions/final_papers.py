from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "final_paper.handed_in": _("final paper handed in"),
        "final_paper.approved": _("final paper taken into the proceedings"),
        "final_paper.given_back": _("final paper given back"),
        "final_paper.requested": _("letters asking for final papers written"),
        "letter.circular_written": _("letter of the committee written"),
    }
)
