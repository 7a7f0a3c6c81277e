from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, "str | Promise"] = {
    "not_published": _("The proceedings are not published yet."),
    "not_public": _("The page that the DOI leads to is not public yet."),
    "no_author": _("The paper has no author."),
    "no_schema": _("The agency's schema is not installed here; see the guide for administrators."),
}
