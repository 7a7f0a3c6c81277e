"""What the deposit's templates need besides the components."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.translation import gettext as _

from accounts.models import User
from publications.models import Output, Version
from publications.queries import deposits
from publications.states import OutputState, VersionState
from taxonomy.models import Licence

register = template.Library()

USUAL_WORDS = (150, 250)
SHOWN_ON_ACCOUNT = 5
STATE_KINDS = {
    VersionState.DRAFT: "",
    VersionState.SUBMITTED: "wait",
    VersionState.RETURNED: "act",
    VersionState.PUBLISHED: "ok",
}


@register.inclusion_tag("publications/deposit/my_deposits.html")
def my_deposits(user: User) -> dict[str, Any]:
    """The last few drafts and outputs, for the account page."""
    return {"outputs": deposits.my_outputs(user)[:SHOWN_ON_ACCOUNT], "shown": SHOWN_ON_ACCOUNT}


@register.filter
def newest(output: Output) -> Version | None:
    """The newest version that `my_outputs` has read."""
    versions: list[Version] = getattr(output, "newest", [])
    return versions[0] if versions else None


@register.filter
def state_kind(version: Version) -> str:
    """How the status component shows the state."""
    if version.output.state == OutputState.WITHDRAWN:
        return "danger"
    return STATE_KINDS[VersionState(version.state)]


@register.filter
def state_label(version: Version) -> str:
    if version.output.state == OutputState.WITHDRAWN:
        return str(version.output.get_state_display())
    return str(version.get_state_display())


@register.filter
def word_count(bound: BoundField) -> str:
    """'112 words; 150–250 are usual', from what was typed or stored."""
    count = len(str(bound.value() or "").split())
    low, high = USUAL_WORDS
    return _("%(count)s words; %(low)s–%(high)s are usual.") % {"count": count, "low": low, "high": high}


@register.filter
def has_code(bound: BoundField, code: str) -> bool:
    value = bound.value()
    return code == value if isinstance(value, str) else code in (value or ())


@register.filter
def chosen(bound: BoundField) -> int:
    """How many of the offered are chosen."""
    return len(bound.value() or ())


@register.filter
def licence_meaning(licence: Licence) -> str:
    """What a licence means for a reader, in one plain sentence."""
    special = {
        "CC0-1.0": _("You give up all rights. Everybody may do anything with it, even without naming you."),
        "LicenseRef-PDM": _("The work is no longer protected by copyright."),
        "LicenseRef-all-rights-reserved": _("People may read it and nothing else; for more they must ask you."),
    }
    if licence.code in special:
        return special[licence.code]
    if not licence.allows_derivatives and not licence.allows_commercial:
        return _("Everybody may share it unchanged and not for profit, naming you.")
    if not licence.allows_derivatives:
        return _("Everybody may share it unchanged, also commercially, naming you.")
    same = _("What is made from it carries the same licence.") if "-SA-" in licence.code else ""
    use = (
        _("Everybody may share and build on it, also commercially, naming you.")
        if licence.allows_commercial
        else _("Everybody may share and build on it, not for profit, naming you.")
    )
    return f"{use} {same}".strip()
