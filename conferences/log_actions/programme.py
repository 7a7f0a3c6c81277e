from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "edition.room_added": _("room added"),
        "edition.room_edited": _("room edited"),
        "edition.room_moved": _("room moved in the list"),
        "edition.room_removed": _("room removed"),
        "edition.unavailability_added": _("time entered when somebody cannot come"),
        "edition.unavailability_edited": _("time changed when somebody cannot come"),
        "edition.unavailability_removed": _("time removed when somebody cannot come"),
        "programme.session_added": _("session added to the programme"),
        "programme.session_edited": _("session of the programme edited"),
        "programme.session_moved": _("session of the programme moved"),
        "programme.session_removed": _("session removed from the programme"),
        "programme.item_added": _("item added to a session"),
        "programme.item_edited": _("item of a session edited"),
        "programme.item_moved": _("item of the programme moved"),
        "programme.item_removed": _("item removed from a session"),
        "programme.placed": _("submissions placed in a session"),
        "programme.published": _("programme published"),
    }
)
