"""Who may enter, check, rate and answer: named predicates over a user and a finding, recommendation or summary."""

from collections.abc import Iterable

from accounts.models import Role, User
from evidence.models import Finding, PlainSummary, Recommendation
from evidence.states import RATEABLE, WITH_ENTERER, FindingState
from publications.models import Output
from publications.rules.editing import is_owner
from publications.states import OutputState


def is_active_curator(user: User) -> bool:
    return user.is_authenticated and user.is_active and user.is_curator


def may_enter(user: User, output: Output) -> bool:
    """Findings, recommendations and the summary of an output: its owners and curators, unless it is withdrawn."""
    if not user.is_authenticated or not user.is_active or output.state == OutputState.WITHDRAWN:
        return False
    return user.is_curator or is_owner(user, output)


def may_edit(user: User, finding: Finding) -> bool:
    """On the side that entered it while it is there; a withdrawn one, to mend it, any curator but no owner."""
    return user.is_authenticated and finding.pk in editable(user, finding.output, [finding])


def editable(user: User, output: Output, findings: Iterable[Finding]) -> set[int]:
    """The same for many findings of one output, asking once whose it is."""
    if not may_enter(user, output):
        return set()
    owns = is_owner(user, output)
    return {finding.pk for finding in findings if _is_on_side_of(user, owns, finding)}


def _is_on_side_of(user: User, owns: bool, finding: Finding) -> bool:
    if finding.state == FindingState.WITHDRAWN:
        return is_active_curator(user) and not owns
    if finding.state not in WITH_ENTERER:
        return False
    if finding.entered_by_id == user.pk:
        return True
    return user.is_curator if finding.entered_by.is_curator else owns


def may_propose(user: User, finding: Finding) -> bool:
    return finding.state in WITH_ENTERER and may_edit(user, finding)


def may_discard(user: User, finding: Finding) -> bool:
    return finding.state in WITH_ENTERER and may_edit(user, finding)


def may_decide(user: User, output: Output) -> bool:
    """Return, rate, withdraw: a curator, but never about one's own paper."""
    return is_active_curator(user) and not is_owner(user, output)


def decidable(user: User, outputs: Iterable[int]) -> set[int]:
    """`may_decide` for many outputs at once, by id."""
    if not is_active_curator(user):
        return set()
    ids = set(outputs)
    return ids - set(Output.objects.owned_by(user).filter(pk__in=ids).values_list("pk", flat=True))


def may_check(user: User, finding: Finding) -> bool:
    """A second pair of eyes: neither who entered it nor who edited it last."""
    return may_decide(user, finding.output) and user.pk not in (finding.entered_by_id, finding.edited_by_id)


def may_rate(user: User, finding: Finding) -> bool:
    return finding.state in RATEABLE and may_decide(user, finding.output)


def may_edit_recommendation(user: User, recommendation: Recommendation) -> bool:
    return recommendation.checked_on is None and may_enter(user, recommendation.output)


def may_check_recommendation(user: User, recommendation: Recommendation) -> bool:
    writers = (recommendation.entered_by_id, recommendation.edited_by_id)
    return may_decide(user, recommendation.output) and user.pk not in writers


def may_answer(user: User, recommendation: Recommendation) -> bool:
    """The addressee, or a curator in its name.

    An affiliation is what people say of themselves, so it counts only for those whom an administrator made
    policymakers.
    """
    if not user.is_authenticated or not user.is_active or recommendation.checked_on is None:
        return False
    return user.is_curator or is_addressee(user, recommendation)


def is_addressee(user: User, recommendation: Recommendation) -> bool:
    organisation = organisation_of(user)
    return organisation is not None and organisation == recommendation.addressee_id


def organisation_of(user: User) -> int | None:
    """The organisation that somebody may answer for."""
    if user.role != Role.POLICYMAKER:
        return None
    person = getattr(user, "person", None)
    return person.affiliation_id if person else None


def may_check_summary(user: User, summary: PlainSummary) -> bool:
    return may_decide(user, summary.output) and user.pk != summary.edited_by_id
