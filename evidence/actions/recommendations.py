"""Recommendations: enter, edit, check, take back for correction, discard, answer."""

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from evidence import rules
from evidence.actions import notify
from evidence.actions.common import assign, locked_recommendation, public_change, reason_in, require, without_words
from evidence.checks import Incomplete
from evidence.models import Finding, Recommendation, RecommendationStep
from evidence.states import RECOMMENDATION_TRANSITIONS, RecommendationState
from publications.actions.common import locked_output
from publications.models import Output
from publications.states import IllegalTransition, check_transition

TEXTS = ("text_id", "text_en", "addressee_name")
FIELDS = ("text_id", "text_en", "addressee_kind", "addressee", "addressee_name")


class AnsweredMeanwhile(Exception):
    """Somebody has answered since this answer began; theirs has to be read first."""


class WrongFindings(ValueError):
    """A recommendation belongs to one or more findings of its own output."""


@transaction.atomic
def enter(output: Output, data: dict[str, Any], *, by: User) -> Recommendation:
    """`data`: `FIELDS`, and `findings`."""
    fresh = locked_output(output)
    require(rules.may_enter(by, fresh))
    recommendation = Recommendation(output=fresh, entered_by=by, edited_by=by)
    assign(recommendation, FIELDS, data)
    recommendation.save()
    recommendation.findings.set(_own(fresh, data["findings"]))
    log(by, "recommendation.entered", recommendation, without_words({"text_id": [None, data["text_id"]]}, FIELDS))
    return recommendation


@transaction.atomic
def edit(recommendation: Recommendation, data: dict[str, Any], *, by: User) -> Recommendation:
    fresh = locked_recommendation(recommendation)
    require(rules.may_edit_recommendation(by, fresh))
    before = values_of(fresh, FIELDS) | {"findings": _numbers(fresh)}
    assign(fresh, FIELDS, data)
    if "findings" in data:
        fresh.findings.set(_own(fresh.output, data["findings"]))
    changes = changes_between(before, values_of(fresh, FIELDS) | {"findings": _numbers(fresh)})
    if changes:
        fresh.edited_by = by
        fresh.return_reason, fresh.returned_at = "", None  # it waits for a check once more
        fresh.save()
        log(by, "recommendation.edited", fresh, without_words(changes, TEXTS))
    return fresh


def _own(output: Output, findings: Any) -> list[Finding]:
    own = list(findings)
    if not own or any(finding.output_id != output.pk for finding in own):
        raise WrongFindings
    return own


def _numbers(recommendation: Recommendation) -> list[int]:
    return sorted(recommendation.findings.values_list("pk", flat=True))


@transaction.atomic
def check(
    recommendation: Recommendation, *, by: User, seen: str | None = None, on: datetime.date | None = None
) -> Recommendation:
    """It becomes public beside its findings, of which one must be; its addressee's people get a mail.

    `seen`: the `mark` of what the curator has read, unless it is that of `recommendation`; nothing passes unread.
    """
    read = recommendation.mark if seen is None else seen
    fresh = locked_recommendation(recommendation)
    require(rules.may_check_recommendation(by, fresh))
    if fresh.checked_on is not None or fresh.mark != read:
        raise IllegalTransition(fresh, "checked" if fresh.checked_on else "edited", "checked")
    if not fresh.findings.public().exists():
        raise Incomplete([_("One of its findings must be public first")])
    if fresh.returned_at is not None:
        raise IllegalTransition(fresh, "returned", "checked")
    fresh.checked_by, fresh.checked_on = by, on or timezone.localdate()
    fresh.save(update_fields=["checked_by", "checked_on"])
    log(by, "recommendation.checked", fresh)
    public_change(fresh.output)
    notify.recommended(fresh)
    return fresh


@transaction.atomic
def return_to_writer(
    recommendation: Recommendation, reason: str, *, by: User, at: datetime.datetime | None = None
) -> Recommendation:
    """It leaves the queue and waits with who wrote it, until it is edited. `at` is for history (demo)."""
    fresh = locked_recommendation(recommendation)
    require(rules.may_decide(by, fresh.output))
    if fresh.checked_on is not None or fresh.returned_at is not None:
        raise IllegalTransition(fresh, "checked" if fresh.checked_on else "returned", "returned")
    fresh.return_reason, fresh.returned_at = reason_in(reason), at or timezone.now()
    fresh.save(update_fields=["return_reason", "returned_at"])
    log(by, "recommendation.returned", fresh, {"reason": [None, fresh.return_reason]})
    notify.recommendation_returned(fresh, by)
    return fresh


@transaction.atomic
def take_back(recommendation: Recommendation, reason: str, *, by: User) -> Recommendation:
    """For correction, as long as nobody has answered; it leaves the public pages and goes back to who wrote it."""
    fresh = locked_recommendation(recommendation)
    require(rules.may_decide(by, fresh.output))
    if fresh.checked_on is None or fresh.state != RecommendationState.OPEN:
        raise IllegalTransition(fresh, fresh.state, "taken back")
    fresh.return_reason, fresh.returned_at = reason_in(reason), timezone.now()
    fresh.checked_by = fresh.checked_on = None
    fresh.save(update_fields=["checked_by", "checked_on", "return_reason", "returned_at"])
    log(by, "recommendation.unchecked", fresh, {"reason": [None, fresh.return_reason]})
    public_change(fresh.output)
    notify.recommendation_returned(fresh, by)
    return fresh


@transaction.atomic
def discard(recommendation: Recommendation, *, by: User) -> None:
    fresh = locked_recommendation(recommendation)
    require(rules.may_edit_recommendation(by, fresh))
    log(by, "recommendation.discarded", fresh, without_words({"text_id": [fresh.text_id, None]}, FIELDS))
    fresh.delete()


@transaction.atomic
def answer(
    recommendation: Recommendation,
    state: str,
    note_id: str,
    note_en: str = "",
    *,
    by: User,
    seen: int | None = None,
    at: datetime.datetime | None = None,
) -> RecommendationStep:
    """What the addressee says became of it. Declining needs a reason. `seen`: how many steps its writer has read."""
    fresh = locked_recommendation(recommendation)
    if not rules.may_answer(by, fresh):
        raise PermissionDenied
    if seen is not None and fresh.steps.count() != seen:
        raise AnsweredMeanwhile
    after = RecommendationState(state)
    check_transition(fresh, fresh.state, after, RECOMMENDATION_TRANSITIONS)
    if after == RecommendationState.DECLINED:
        reason_in(note_id + note_en)
    before, fresh.state = fresh.state, after
    fresh.save(update_fields=["state"])
    step = RecommendationStep.objects.create(
        recommendation=fresh,
        state=after,
        note_id=note_id.strip(),
        note_en=note_en.strip(),
        by=by,
        is_on_behalf=not rules.is_addressee(by, fresh),
        at=at or timezone.now(),
    )
    log(by, "recommendation.answered", fresh, {"state": [before, after.value], "note": [None, step.note]})
    public_change(fresh.output)
    notify.answered(fresh, step)
    return step
