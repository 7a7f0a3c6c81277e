"""The cooperation board: post, edit, let in, return, close, clear a result, reopen, withdraw, discard."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from evidence import rules
from evidence.actions import cooperation_mails
from evidence.actions.common import DAY, number_today, reason_in, require, without_words
from evidence.actions.findings import Conflict
from evidence.checks import Incomplete
from evidence.models import Interest, Opportunity
from evidence.states import OPPORTUNITY_TRANSITIONS, OpportunityState
from publications.states import IllegalTransition, check_transition

WORDS = ("kind", "title_id", "title_en", "text_id", "text_en", "organisation")
SCALARS = (*WORDS, "closes_on")
MANY = ("pmks", "provinces")
TEXTS = ("title_id", "title_en", "text_id", "text_en")
RESULTS = ("result_id", "result_en")


class TooManyPosted(Exception):
    def __str__(self) -> str:
        return _("You have posted as many as one person can today. Post again tomorrow.")


class WrongDate(ValueError):
    """It closes today or later, and not in some far year."""


def locked(opportunity: Opportunity) -> Opportunity:
    """The opportunity as it is now, held until the transaction ends."""
    return Opportunity.objects.select_for_update().get(pk=opportunity.pk)


def _move(opportunity: Opportunity, after: OpportunityState, **values: Any) -> None:
    check_transition(opportunity, opportunity.state, after, OPPORTUNITY_TRANSITIONS)
    for name, value in {"state": after, **values}.items():
        setattr(opportunity, name, value)
    opportunity.save(update_fields=["state", *values])


def check_date(closes_on: datetime.date, today: datetime.date | None = None) -> None:
    today = today or timezone.localdate()
    if not today <= closes_on <= today + datetime.timedelta(days=rules.MOST_DAYS_OPEN):
        raise WrongDate


@transaction.atomic
def post(data: dict[str, Any], *, by: User, at: datetime.datetime | None = None) -> Opportunity:
    """`data`: `SCALARS` and `MANY`. `at` is for history (demo), whose closing date may have passed since."""
    require(rules.may_post(by))
    User.objects.select_for_update().get(pk=by.pk)  # so that the limit holds for two windows at once
    older = Opportunity.objects.filter(owner=by, posted_at__lt=timezone.now() - DAY)
    today = number_today(by, "opportunity.posted", older)
    if today >= rules.MOST_POSTED_A_DAY:
        raise TooManyPosted
    check_date(data["closes_on"], timezone.localdate(at) if at else None)
    opportunity = Opportunity(owner=by, posted_at=at or timezone.now())
    _assign(opportunity, data)
    opportunity.save()
    _link(opportunity, data)
    log(by, "opportunity.posted", opportunity)  # without its words: it can be discarded
    cooperation_mails.posted(opportunity)
    return opportunity


def _assign(opportunity: Opportunity, data: dict[str, Any]) -> None:
    for name in SCALARS:
        if name in data:
            setattr(opportunity, name, data[name])


def _link(opportunity: Opportunity, data: dict[str, Any]) -> dict[str, list[str]]:
    for name in MANY:
        if name in data:
            getattr(opportunity, name).set(data[name])
    return {name: sorted(term.code for term in getattr(opportunity, name).all()) for name in MANY}


@transaction.atomic
def edit(opportunity: Opportunity, data: dict[str, Any], *, by: User, base_revision: int | None = None) -> Opportunity:
    """An open one stays on the board if only its date changes; other words wait for a curator again, and so does what
    was returned. Raises `WrongDate`, and `Conflict` if `base_revision` is older than what is stored.
    """
    fresh = locked(opportunity)
    if rules.is_opportunity_owner(by, fresh) and not rules.may_edit_opportunity(by, fresh):
        raise IllegalTransition(fresh, fresh.state, "edited")
    require(rules.may_edit_opportunity(by, fresh))
    if base_revision is not None and base_revision != fresh.revision:
        raise Conflict
    before = values_of(fresh, SCALARS) | _link(fresh, {})
    _assign(fresh, data)
    check_date(fresh.closes_on)
    changes = changes_between(before, values_of(fresh, SCALARS) | _link(fresh, data))
    if changes:
        fresh.revision += 1
        fresh.save()
        log(by, "opportunity.edited", fresh, without_words(changes, TEXTS))
    if fresh.state == OpportunityState.RETURNED or (
        fresh.state == OpportunityState.OPEN and set(changes) - {"closes_on"}
    ):
        _move(fresh, OpportunityState.POSTED, posted_at=timezone.now())
        cooperation_mails.posted(fresh)
    return fresh


@transaction.atomic
def let_in(opportunity: Opportunity, *, by: User, seen: int | None, on: datetime.date | None = None) -> Opportunity:
    """Everybody sees it now. Raises `Incomplete` if its date has passed while it waited.

    `seen`: the revision that the curator has read, so that later words are not let in unread.
    """
    fresh = locked(opportunity)
    _require_posted(fresh, OpportunityState.OPEN, seen)
    require(rules.may_decide_opportunity(by, fresh))
    if fresh.closes_on < (on or timezone.localdate()):
        raise Incomplete([_("A closing date that has not passed: return it")])
    _move(fresh, OpportunityState.OPEN, decided_by=by, decided_on=on or timezone.localdate(), reason="")
    log(by, "opportunity.let_in", fresh)
    cooperation_mails.decided(fresh)
    return fresh


def _require_posted(opportunity: Opportunity, after: OpportunityState, seen: int | None) -> None:
    """It waits, and says what the curator has read. What is closed comes back by `reopen`, through its owner."""
    if opportunity.state != OpportunityState.POSTED or opportunity.revision != seen:
        raise IllegalTransition(opportunity, opportunity.state, after)


@transaction.atomic
def return_to_owner(opportunity: Opportunity, reason: str, *, by: User, seen: int | None) -> Opportunity:
    """`seen` as for `let_in`."""
    fresh = locked(opportunity)
    _require_posted(fresh, OpportunityState.RETURNED, seen)
    require(rules.may_decide_opportunity(by, fresh))
    _decide(fresh, OpportunityState.RETURNED, reason, by)
    return fresh


@transaction.atomic
def withdraw(opportunity: Opportunity, reason: str, *, by: User) -> Opportunity:
    """Its address stays and says why."""
    fresh = locked(opportunity)
    check_transition(fresh, fresh.state, OpportunityState.WITHDRAWN, OPPORTUNITY_TRANSITIONS)
    require(rules.may_decide_opportunity(by, fresh))
    _decide(fresh, OpportunityState.WITHDRAWN, reason, by)
    return fresh


def _decide(opportunity: Opportunity, after: OpportunityState, reason: str, by: User) -> None:
    decided = {"decided_by": by, "decided_on": timezone.localdate(), "closed_at": None}
    _move(opportunity, after, reason=reason_in(reason), **decided)
    log(by, f"opportunity.{after.value}", opportunity, {"reason": [None, opportunity.reason]})
    cooperation_mails.decided(opportunity)


@transaction.atomic
def close(
    opportunity: Opportunity,
    result_id: str = "",
    result_en: str = "",
    *,
    by: User,
    at: datetime.datetime | None = None,
) -> Opportunity:
    """Before or after its date; of what is closed already only what came of it is told anew. `at` is for history.

    What came of it is public at once; curators are told, and can take it away.
    """
    fresh = locked(opportunity)
    require(rules.is_opportunity_owner(by, fresh))
    before = values_of(fresh, RESULTS)
    fresh.result_id, fresh.result_en = result_id.strip(), result_en.strip()
    changes = changes_between(before, values_of(fresh, RESULTS))
    if fresh.state == OpportunityState.CLOSED:
        fresh.save(update_fields=RESULTS)
        log(by, "opportunity.result_told", fresh, without_words(changes, RESULTS))
    else:
        _move(fresh, OpportunityState.CLOSED, closed_at=at or timezone.now(), **values_of(fresh, RESULTS))
        log(by, "opportunity.closed", fresh, without_words(changes, RESULTS))
    if changes and (fresh.result_id or fresh.result_en):
        cooperation_mails.result_told(fresh)
    return fresh


@transaction.atomic
def clear_result(opportunity: Opportunity, reason: str, *, by: User) -> Opportunity:
    """A curator takes away what its owner told came of it; the opportunity itself stays as it is."""
    fresh = locked(opportunity)
    require(rules.may_decide_opportunity(by, fresh))
    if fresh.state not in rules.WITH_RESULT or not (fresh.result_id or fresh.result_en):
        raise IllegalTransition(fresh, fresh.state, "without result")
    text = reason_in(reason)
    fresh.result_id = fresh.result_en = ""
    fresh.save(update_fields=RESULTS)
    log(by, "opportunity.result_cleared", fresh, {"reason": [None, text]})
    cooperation_mails.result_cleared(fresh, text)
    return fresh


@transaction.atomic
def reopen(opportunity: Opportunity, closes_on: datetime.date, *, by: User) -> Opportunity:
    """The owner seeks again, with the words that a curator has let in; raises `WrongDate`."""
    fresh = locked(opportunity)
    require(rules.is_opportunity_owner(by, fresh))
    if fresh.state != OpportunityState.CLOSED:
        raise IllegalTransition(fresh, fresh.state, OpportunityState.OPEN)
    check_date(closes_on)
    before = fresh.closes_on
    _move(fresh, OpportunityState.OPEN, closes_on=closes_on, closed_at=None)
    log(by, "opportunity.reopened", fresh, {"closes_on": [before.isoformat(), closes_on.isoformat()]})
    return fresh


@transaction.atomic
def discard(opportunity: Opportunity, *, by: User) -> None:
    """By its owner, as long as it waits or is returned and nobody has written about it."""
    fresh = locked(opportunity)
    require(rules.is_opportunity_owner(by, fresh))
    waits = fresh.state in (OpportunityState.POSTED, OpportunityState.RETURNED)
    if not waits or fresh.interests.exists():
        raise IllegalTransition(fresh, fresh.state, "discarded")
    log(by, "opportunity.discarded", fresh)
    fresh.delete()


def forget(user: User) -> None:
    """An account is deleted: what nobody has let in goes with it, what is open closes; messages go on both sides."""
    Interest.objects.filter(by=user).delete()
    mine = Opportunity.objects.filter(owner=user)
    Interest.objects.filter(opportunity__in=mine).delete()
    mine.filter(state__in=[OpportunityState.POSTED, OpportunityState.RETURNED]).delete()
    mine.filter(state=OpportunityState.OPEN).update(state=OpportunityState.CLOSED, closed_at=timezone.now())
