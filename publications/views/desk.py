"""The way from a public page to the work on it, for owners and curators."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from publications.models import Version
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
    actions = [DeskAction(_("Versions and files"), reverse("publications:deposit_status", args=[version.pk]), "edit")]
    if user.is_curator:
        actions.append(DeskAction(_("Curation"), reverse("publications:curate", args=[version.pk]), "tray"))
    return actions
