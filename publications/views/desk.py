"""The way from a public page to the work on it, for owners and curators."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from publications.models import Version
from publications.rules import editing
from publications.rules.reading import works_on


@dataclass(frozen=True, slots=True)
class DeskAction:
    label: str
    url: str
    icon: str


def desk(request: HttpRequest, version: Version) -> list[DeskAction]:
    """What this reader may do from here; nothing for everybody else."""
    user: Any = request.user
    if not works_on(user, version.output):
        return []
    output = version.output
    actions = [DeskAction(_("Status and people"), reverse("publications:deposit_status", args=[version.pk]), "info")]
    if editing.may_start_version(user, output):
        address = reverse("publications:deposit_new_version", args=[output.public_id])
        actions.append(DeskAction(_("New version or correction"), address, "edit"))
    if editing.may_withdraw(user, output):
        actions.append(DeskAction(_("Curate or withdraw"), reverse("publications:curate", args=[version.pk]), "tray"))
    return actions
