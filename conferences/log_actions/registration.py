"""Registrations."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "registration.terms_set": _("terms of registration set"),
        "registration.made": _("registered"),
        "registration.entered": _("registration entered by hand"),
        "registration.edited": _("registration edited"),
        "registration.confirmed": _("registration confirmed"),
        "registration.waits": _("registration put on the waiting list"),
        "registration.moved_up": _("registration moved up from the waiting list"),
        "registration.declined": _("registration declined"),
        "registration.cancelled": _("registration cancelled"),
        "registration.letter_added": _("letter of assignment handed in"),
        "registration.letter_removed": _("letter of assignment removed"),
    }
)
