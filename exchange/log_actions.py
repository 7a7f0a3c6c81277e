from django.utils.translation import gettext_lazy as _

from accounts.log_actions import register_actions

register_actions({"doi.checked": _("deposit files of DOIs checked")})
