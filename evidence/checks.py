"""What a finding needs before it can be proposed and before it can be checked."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.models import Finding, Question
from publications.states import OutputState, VersionState


class Incomplete(Exception):
    """Something required is missing; `missing` says what, in the reader's language."""

    def __init__(self, missing: list[str | Promise]) -> None:
        super().__init__(", ".join(map(str, missing)))
        self.missing = missing


def unmet_for_proposal(finding: Finding) -> list[str | Promise]:
    needs = (
        (bool(finding.statement_id), _("The finding in Indonesian")),
        (finding.pmks.exists(), _("At least one PMKS")),
        (finding.outcome_id is not None, _("Outcome")),
        (bool(finding.direction), _("Direction")),
        (not finding.has_size or bool(finding.size_unit_id), _("The unit of the size")),
        (finding.cost_amount is None or bool(finding.cost_basis_id), _("What the cost is for")),
    )
    return [label for is_met, label in needs if not is_met]


def unmet_for_check(finding: Finding) -> list[str | Promise]:
    """Also the other language, and a version that everybody can look up."""
    is_public = finding.version.state == VersionState.PUBLISHED and finding.output.state == OutputState.PUBLISHED
    needs = (
        (bool(finding.statement_en), _("The finding in English")),
        (is_public, _("The publication itself must be public first")),
    )
    return [*unmet_for_proposal(finding), *(label for is_met, label in needs if not is_met)]


def unmet_for_answer(question: Question) -> list[str | Promise]:
    """An answer rests on findings that everybody can read, or says that there are none."""
    has_findings = Finding.objects.public().filter(questions=question).exists()
    needs = (
        (bool(question.text_id), _("The question in Indonesian")),
        (bool(question.text_en), _("The question in English")),
        (bool(question.answer_id), _("The answer in Indonesian")),
        (bool(question.answer_en), _("The answer in English")),
        (has_findings or question.is_gap, _("At least one finding, unless it is a gap")),
        (not (has_findings and question.is_gap), _("Either findings or a gap, not both")),
    )
    return [label for is_met, label in needs if not is_met]
