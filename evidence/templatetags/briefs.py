"""What pages show of comparisons and policy briefs."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.translation import gettext as _

from evidence import rules
from evidence.models import Brief, Finding
from evidence.queries import briefs as queries
from evidence.queries.presence import presence_of
from publications.forms.deposit import digest
from publications.models import Blob, FileKind, Output, Version
from publications.states import OutputState

register = template.Library()


@register.inclusion_tag("evidence/briefs/entry.html")
def use_finding(finding: Finding) -> dict[str, Any]:
    """On the page of a finding: compare it, add it to a brief. The same for every reader."""
    return {"finding": finding}


@register.inclusion_tag("evidence/comparing/entry.html")
def compare_output(output: Output) -> dict[str, Any]:
    return {"output": output}


@register.inclusion_tag("evidence/briefs/finding.html")
def finding_briefs(finding: Finding) -> dict[str, Any]:
    """On the page of a finding: the public briefs that use it."""
    return {"finding": finding, "briefs": queries.briefs_with(finding) if finding.is_public else []}


@register.inclusion_tag("evidence/briefs/output.html")
def output_brief(output: Output, version: Version) -> dict[str, Any]:
    """On the page of an output that was made from a brief: its findings in its order. The same for every reader.

    The message became the abstract; it is shown where the abstract says something else now.
    """
    told = queries.told_by(output) if presence_of(output).brief else None
    if told is None:
        return {"told": None}
    message = told.brief.message
    is_abstract = message in (version.abstract_id, version.abstract_en)
    return {"told": told, "message": "" if is_abstract else message}


@register.inclusion_tag("evidence/briefs/text.html")
def brief_text(bound: BoundField, lang: str, optional: bool = False) -> dict[str, Any]:
    """A text of a brief (`forms.briefs.TextsForm`), and what another tab stored instead, to take or to leave."""
    form: Any = bound.form
    theirs = form.theirs.get(bound.name)
    is_both = theirs is not None
    shown = {"bound": bound, "lang": lang, "optional": optional, "base": digest(bound.initial or "")}
    return {**shown, "theirs": theirs, "is_both": is_both}


@register.inclusion_tag("components/status.html")
def brief_status(brief: Brief) -> dict[str, str]:
    """Where a brief stands on its way."""
    output = brief.output
    if output is None:
        return {"label": _("in the making"), "kind": ""}
    if output.state == OutputState.UNPUBLISHED:
        listed = getattr(brief, "is_open", None)  # `queries.briefs_of` has asked for all of a list at once
        is_open = rules.open_version_of(brief) is not None if listed is None else listed
        label = _("draft of a publication") if is_open else _("with the curators")
        return {"label": label, "kind": "act" if is_open else "wait"}
    return {"label": str(output.get_state_display()), "kind": "ok" if output.is_public else "danger"}


@register.filter
def is_stale(brief: Brief) -> bool:
    """Whether the brief was changed after the document of its draft was made."""
    version = rules.open_version_of(brief)
    if version is None:
        return False
    made = Blob.objects.filter(files__version=version, files__kind=FileKind.MAIN).values_list("created_at").first()
    return made is None or made[0] < brief.changed_at
