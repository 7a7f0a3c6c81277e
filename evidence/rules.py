"""Who may enter, check, rate and answer: named predicates over a user and a finding, recommendation or summary."""

from collections.abc import Iterable

from accounts.models import Role, User
from evidence.models import Brief, Finding, Opportunity, PlainSummary, Question, Recommendation, TopicMessage, Use
from evidence.states import RATEABLE, WITH_ENTERER, FindingState, OpportunityState, QuestionState, UseState
from publications.models import Output, Version
from publications.rules.editing import is_owner
from publications.states import EDITABLE, OutputState


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


# Where outputs were used


def may_report_use(user: User, output: Output) -> bool:
    """Anybody who is signed in, of what is public."""
    return user.is_authenticated and user.is_active and output.is_public


def may_correct_use(user: User, use: Use) -> bool:
    """What was declined goes back to its reporter, as long as the output is public."""
    return use.state == UseState.DECLINED and use.reported_by_id == user.pk and may_report_use(user, use.output)


def may_decide_use(user: User, use: Use) -> bool:
    """Accept, decline, withdraw, bring back: a curator who neither reported it nor wrote what was used."""
    return user.pk != use.reported_by_id and may_decide(user, use.output)


# --- the question desk ---

MOST_ASKED_A_DAY = 5
MOST_QUESTIONS_WAITING = 10  # of one person, unanswered


def may_ask(user: User) -> bool:
    """Meant for policymakers, open to everybody who has an account."""
    return user.is_authenticated and user.is_active


def may_take_back_question(user: User, question: Question) -> bool:
    """As long as nobody has answered."""
    is_unanswered = question.state == QuestionState.ASKED and question.answered_by_id is None
    return may_ask(user) and question.asked_by_id == user.pk and is_unanswered


def is_held_by_another(user: User, question: Question) -> bool:
    """In hand of somebody else who can still sign in as curator."""
    holder = question.taken_by
    return holder is not None and holder != user and is_active_curator(holder)


def may_write_answer(user: User, question: Question) -> bool:
    return is_active_curator(user) and not is_held_by_another(user, question)


def may_release_question(user: User, question: Question) -> bool:
    return is_active_curator(user) and (question.taken_by_id == user.pk or user.is_administrator)


def may_decide_question(user: User, question: Question) -> bool:
    """Return, decline, withdraw: nobody about a question of one's own."""
    return is_active_curator(user) and user.pk != question.asked_by_id


def may_approve_answer(user: User, question: Question) -> bool:
    """A second pair of eyes."""
    return may_decide_question(user, question) and user.pk != question.answered_by_id


# --- the cooperation board ---

MOST_POSTED_A_DAY = 5
MOST_INTERESTS_A_DAY = 10
MOST_DAYS_OPEN = 731  # from today
WITH_RESULT = (OpportunityState.OPEN, OpportunityState.CLOSED)  # an opened again one keeps what came of it before


def may_post(user: User) -> bool:
    return user.is_authenticated and user.is_active


def is_opportunity_owner(user: User, opportunity: Opportunity) -> bool:
    return may_post(user) and opportunity.owner_id == user.pk


def may_edit_opportunity(user: User, opportunity: Opportunity) -> bool:
    editable = (OpportunityState.POSTED, OpportunityState.RETURNED, OpportunityState.OPEN)
    return is_opportunity_owner(user, opportunity) and opportunity.state in editable


def may_close_opportunity(user: User, opportunity: Opportunity) -> bool:
    """Close it, and later say what came of it."""
    return is_opportunity_owner(user, opportunity) and opportunity.state in WITH_RESULT


def may_decide_opportunity(user: User, opportunity: Opportunity) -> bool:
    """Let in, return, withdraw: a curator, but never one's own."""
    return is_active_curator(user) and user.pk != opportunity.owner_id


def may_write_to_owner(user: User, opportunity: Opportunity) -> bool:
    is_reachable = opportunity.is_open and opportunity.owner.is_active
    return may_post(user) and is_reachable and user.pk != opportunity.owner_id


def may_read_interests(user: User, opportunity: Opportunity) -> bool:
    return is_opportunity_owner(user, opportunity) or is_active_curator(user)


# The evidence map.


def may_take_snapshot(user: User) -> bool:
    """Whom an administrator gave a role: a snapshot stays for ever, so nobody unknown makes one."""
    return is_active_curator(user) or (user.is_authenticated and user.is_active and user.role == Role.POLICYMAKER)


def may_note_snapshot(user: User) -> bool:
    """What a note says is public at once and stays, so it is for those who decide what is public."""
    return is_active_curator(user)


# Messages of topics.


def may_write_message(user: User) -> bool:
    return is_active_curator(user)


def may_check_message(user: User, message: TopicMessage) -> bool:
    """A second pair of eyes."""
    return is_active_curator(user) and user.pk != message.written_by_id


# --- policy briefs in the making ---

MOST_BRIEF_FINDINGS = 30
MOST_MADE_AN_HOUR = 10  # documents of briefs, by one person


def may_write_briefs(user: User) -> bool:
    """Anybody who is signed in; what comes of it is curated like any other output."""
    return user.is_authenticated and user.is_active


def may_see_brief(user: User, brief: Brief) -> bool:
    return may_write_briefs(user) and brief.owner_id == user.pk


def may_edit_brief(user: User, brief: Brief) -> bool:
    """While its output, if there is one, is still with its owner."""
    return may_see_brief(user, brief) and (brief.output is None or open_version_of(brief) is not None)


def open_version_of(brief: Brief) -> Version | None:
    """The version into which the brief can be made again: never published, and now with the owner."""
    output = brief.output
    if output is None or output.state != OutputState.UNPUBLISHED or output.owner_id != brief.owner_id:
        return None
    version: Version | None = output.versions.filter(state__in=EDITABLE).first()
    return version


def may_delete_brief(user: User, brief: Brief) -> bool:
    """What a curator has seen keeps its brief; the draft of an output stays, and goes in the deposit."""
    return may_edit_brief(user, brief)
