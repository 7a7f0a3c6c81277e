"""What stands side by side, and what could be added: only what is public, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from evidence.comparing.asked import Kind
from evidence.models import Finding, Use
from evidence.queries.findings import best_first, for_cards, for_pages
from publications.models import Output, Version
from publications.queries.rows import author_names
from publications.queries.terms import TermsByKind, terms_of

MOST_OFFERED = 8


@dataclass(slots=True)
class ComparedOutput:
    output: Output
    names: list[str]
    terms: TermsByKind
    findings: list[Finding] = field(default_factory=list)
    uses: list[Use] = field(default_factory=list)

    @property
    def version(self) -> Version:
        assert self.output.current is not None  # noqa: S101 - public outputs have one (output_published_has_id_and_date)
        return self.output.current


def findings_to_compare(keys: Sequence[str]) -> list[Finding]:
    """The public ones among these, in this order; four statements."""
    found = {str(finding.pk): finding for finding in for_pages(Finding.objects.public().filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def outputs_to_compare(keys: Sequence[str]) -> list[ComparedOutput]:
    """The public ones among these, in this order; six statements."""
    rows = Output.objects.public().filter(public_id__in=keys).select_related("type", "current__licence")
    outputs = {output.public_id: output for output in rows.defer("search", "current__suggestions")}
    versions = [output.current_id or 0 for output in outputs.values()]
    names, terms = author_names(versions), terms_of(versions, ("pmks", "province", "method"))
    compared = {
        output.pk: ComparedOutput(output, names[output.current_id or 0], terms[output.current_id or 0])
        for output in outputs.values()
    }
    for finding in best_first(for_cards(Finding.objects.public().filter(output__in=compared))):
        compared[finding.output_id].findings.append(finding)
    for use in Use.objects.public().filter(output__in=compared):
        compared[use.output_id].uses.append(use)
    return [compared[outputs[key].pk] for key in keys if key in outputs]


def titles_of(kind: Kind, keys: Sequence[str]) -> dict[str, str]:
    """What the public ones among these are called."""
    if not keys:
        return {}
    if kind is Kind.FINDINGS:
        findings = Finding.objects.public().filter(pk__in=keys).only("statement_id", "statement_en")
        return {str(finding.pk): str(finding.statement) for finding in findings}
    outputs = Output.objects.public().filter(public_id__in=keys).select_related("current")
    wanted = outputs.only("public_id", "current__title_id", "current__title_en")
    return {str(output.public_id): output.current.title for output in wanted if output.current}


def findings_alike(findings: Sequence[Finding]) -> list[Finding]:
    """Others that say something about the same people and outcome as the first, the surest first."""
    if not findings:
        return []
    first, known = findings[0], [finding.pk for finding in findings]
    same_people = Finding.pmks.through.objects.filter(pmks__in=first.pmks.all()).values("finding")
    alike = Finding.objects.public().filter(pk__in=same_people, outcome=first.outcome_id).exclude(pk__in=known)
    return list(best_first(for_cards(alike))[:MOST_OFFERED])


def outputs_alike(outputs: Sequence[ComparedOutput]) -> list[Output]:
    """Others on the primary topic of the first, the newest first."""
    if not outputs:
        return []
    topics = [term.pk for term in outputs[0].terms["pmks"][:1]]
    on_it = Output.objects.public().filter(Q(current__version_pmks__pmks__in=topics))
    others = on_it.exclude(pk__in=[one.output.pk for one in outputs]).select_related("current")
    return list(others.defer("search", "current__suggestions").order_by("-sort_date", "-pk")[:MOST_OFFERED])
