"""Check-ins and certificates."""

from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions(
    {
        "check_in.undone": _("check-in undone"),
        "certificate.issued": _("certificates issued"),
        "certificate.issued_anew": _("certificate issued anew"),
        "certificate.revoked": _("certificate revoked"),
        "certificate.announced": _("holders of certificates told by mail"),
    }
)
