"""What an output has of the evidence, asked in one statement for all the parts of its page."""

from dataclasses import dataclass
from typing import cast

from django.db.models import Exists, OuterRef

from evidence.models import Brief, Finding, PlainSummary, Use
from evidence.states import FindingState, UseState
from publications.models import Output


@dataclass(frozen=True, slots=True)
class Presence:
    summary: bool = False
    findings: bool = False
    uses: bool = False
    brief: bool = False  # it was made from one


def presence_of(output: Output) -> Presence:
    """Of what is public; noted on the object itself, which lives as long as the page is drawn."""
    noted = output.__dict__.get("evidence_presence")
    if noted is None:
        noted = output.__dict__["evidence_presence"] = _ask(output) if output.is_public else Presence()
    return cast(Presence, noted)


def _ask(output: Output) -> Presence:
    here = Output.objects.public().filter(pk=output.pk)
    of_it = {"output": OuterRef("pk")}
    row = here.values_list(
        Exists(PlainSummary.objects.filter(**of_it, checked_on__isnull=False)),
        Exists(Finding.objects.filter(**of_it, state=FindingState.CHECKED)),
        Exists(Use.objects.filter(**of_it, state=UseState.ACCEPTED)),
        Exists(Brief.objects.filter(**of_it)),
    ).first()
    return Presence(*row) if row else Presence()
