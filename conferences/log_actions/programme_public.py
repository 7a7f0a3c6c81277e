"""What becomes of the programme outside the desk: schedules taken in, slides and posters."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "programme.imported": _("schedule taken in from a file"),
        "material.added": _("slides or poster added"),
        "material.shown": _("slides or poster shown to everybody or not"),
        "material.removed": _("slides or poster removed"),
    }
)
