"""What the script of the check-in page says, in the language of the page."""

from django.utils.translation import gettext as _


def check_in_words() -> dict[str, str]:
    """`{name}` and the like are filled in by the script."""
    return {
        "already": _("Already here: {name}"),
        "first": _("at {at}, by {by}"),
        "unknown": _("Nobody that we expect"),
        "foreign": _("This is no badge of this conference"),
        "asking": _("This phone does not know the badge; the server is asked."),
        "thisPhone": _("this phone"),
        "before": _("an earlier time"),
        "undo": _("Undo"),
        "undone": _("Undone: {name}"),
        "notSent": _("not sent yet"),
        "waiting": _("{n} waiting to be sent."),
        "nothingWaits": _("Everything is sent."),
        "offline": _("No connection: it is sent as soon as there is one. You can go on."),
        "signedOut": _("Sign in again, or reload the page; what waits is kept."),
        "scan": _("Scan with the camera"),
        "stopScanning": _("Stop scanning"),
        "noCamera": _("The camera cannot be used."),
        "noCameraHelp": _("Allow it in the browser, take a picture of the badge, or type the name."),
        "noCode": _("No code was found in the picture."),
    }
