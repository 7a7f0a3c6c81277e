"""Findings: enter, edit, propose, return, check, withdraw, bring back, discard."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from evidence import rules
from evidence.actions import notify
from evidence.actions.common import assign, locked_finding, public_change, reason_in, require, without_words
from evidence.checks import Incomplete, unmet_for_check, unmet_for_proposal
from evidence.models import Finding
from evidence.states import FINDING_TRANSITIONS, FindingState
from publications.actions.common import locked_output
from publications.models import File, Version
from publications.states import IllegalTransition, check_transition

TEXTS = tuple(
    f"{name}_{language}"
    for name in (
        "statement", "intervention", "outcome_detail", "size_unit", "comparison", "population", "cost_basis", "harms",
        "limits",
    )
    for language in ("id", "en")
)  # fmt: skip
SCALARS = (
    *TEXTS, "service", "outcome", "direction", "size_value", "size_low", "size_high", "sample_size", "years_from",
    "years_to", "method", "cost_amount", "file", "page",
)  # fmt: skip
MANY = ("pmks", "provinces")


class Conflict(Exception):
    """The finding was saved by somebody else since this edit began; nothing was overwritten."""


class WrongFile(ValueError):
    """The file is not one of the version in which the finding was read."""


@transaction.atomic
def enter(version: Version, data: dict[str, Any], *, by: User) -> Finding:
    """A new draft; `data` holds any of `SCALARS` and `MANY`."""
    output = locked_output(version.output)
    require(rules.may_enter(by, output))
    finding = Finding(output=output, version=version, entered_by=by, edited_by=by)
    _assign(finding, data)
    finding.save()
    _link(finding, data)
    entered = {"output": [None, str(output)], "statement_id": [None, finding.statement_id]}
    log(by, "finding.entered", finding, without_words(entered, TEXTS))
    return finding


@transaction.atomic
def edit(finding: Finding, data: dict[str, Any], *, by: User, base_revision: int | None = None) -> Finding:
    """Raises `Conflict` if `base_revision` is given and older than what is stored."""
    fresh = locked_finding(finding)
    require(rules.may_edit(by, fresh))
    if base_revision is not None and base_revision != fresh.revision:
        raise Conflict
    before = values_of(fresh, SCALARS) | _linked(fresh)
    _assign(fresh, data)
    linked = _link(fresh, data)
    if changes := changes_between(before, values_of(fresh, SCALARS) | linked):
        fresh.revision += 1
        fresh.edited_by, fresh.changed_at = by, timezone.now()
        fresh.save()
        log(by, "finding.edited", fresh, without_words(changes, TEXTS))
    return fresh


def _assign(finding: Finding, data: dict[str, Any]) -> None:
    assign(finding, SCALARS, data)
    file: File | None = finding.file
    if file is not None and file.version_id != finding.version_id:
        raise WrongFile


def _link(finding: Finding, data: dict[str, Any]) -> dict[str, list[str]]:
    for name in MANY:
        if name in data:
            getattr(finding, name).set(data[name])
    return _linked(finding)


def _linked(finding: Finding) -> dict[str, list[str]]:
    return {name: _codes(getattr(finding, name).all()) for name in MANY}


def _codes(terms: Iterable[Any]) -> list[str]:
    return sorted(term.code for term in terms)


@transaction.atomic
def propose(finding: Finding, *, by: User, at: datetime.datetime | None = None) -> Finding:
    """Hand it to the curators; raises `Incomplete`. `at` is for history (demo)."""
    fresh = locked_finding(finding)
    check_transition(fresh, fresh.state, FindingState.PROPOSED, FINDING_TRANSITIONS)
    require(rules.may_propose(by, fresh))
    if missing := unmet_for_proposal(fresh):
        raise Incomplete(missing)
    fresh.state, fresh.proposed_at = FindingState.PROPOSED, at or timezone.now()
    fresh.save(update_fields=["state", "proposed_at"])
    log(by, "finding.proposed", fresh)
    return fresh


@transaction.atomic
def return_to_enterer(finding: Finding, reason: str, *, by: User) -> Finding:
    fresh = locked_finding(finding)
    check_transition(fresh, fresh.state, FindingState.RETURNED, FINDING_TRANSITIONS)
    require(rules.may_decide(by, fresh.output))
    fresh.state, fresh.return_reason = FindingState.RETURNED, reason_in(reason)
    fresh.save(update_fields=["state", "return_reason"])
    log(by, "finding.returned", fresh, {"reason": [None, fresh.return_reason]})
    notify.returned(fresh, by)
    return fresh


@transaction.atomic
def check(finding: Finding, *, by: User, seen: int | None = None, on: datetime.date | None = None) -> Finding:
    """A second pair of eyes has compared it with the paper: it becomes public. Raises `Incomplete`.

    `seen`: the revision that the curator has read, unless it is that of `finding`; a later one does not pass unread.
    """
    fresh = locked_finding(finding)
    if fresh.state == FindingState.WITHDRAWN:
        raise IllegalTransition(fresh, fresh.state, FindingState.CHECKED)  # that is `reinstate`, with a reason
    _check(fresh, by, on, finding.revision if seen is None else seen)
    log(by, "finding.checked", fresh)
    notify.checked(fresh, by)
    return fresh


@transaction.atomic
def withdraw(finding: Finding, reason: str, *, by: User) -> Finding:
    """Its address stays and says why."""
    fresh = locked_finding(finding)
    check_transition(fresh, fresh.state, FindingState.WITHDRAWN, FINDING_TRANSITIONS)
    require(rules.may_decide(by, fresh.output))
    fresh.state, fresh.withdrawn_at = FindingState.WITHDRAWN, timezone.now()
    fresh.withdrawal_reason = reason_in(reason)
    fresh.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    log(by, "finding.withdrawn", fresh, {"reason": [None, fresh.withdrawal_reason]})
    public_change(fresh.output)
    notify.withdrawn(fresh, by)
    return fresh


@transaction.atomic
def reinstate(finding: Finding, reason: str, *, by: User, seen: int | None = None) -> Finding:
    """Checked anew, mended or not; the reason goes to the log. `seen` as for `check`."""
    fresh = locked_finding(finding)
    if fresh.state != FindingState.WITHDRAWN:
        raise IllegalTransition(fresh, fresh.state, FindingState.CHECKED)
    text = reason_in(reason)
    _check(fresh, by, None, finding.revision if seen is None else seen)
    log(by, "finding.reinstated", fresh, {"reason": [None, text]})
    return fresh


def _check(fresh: Finding, by: User, on: datetime.date | None, seen: int) -> None:
    check_transition(fresh, fresh.state, FindingState.CHECKED, FINDING_TRANSITIONS)
    require(rules.may_check(by, fresh))
    if fresh.revision != seen:
        raise IllegalTransition(fresh, fresh.state, FindingState.CHECKED)
    if missing := unmet_for_check(fresh):
        raise Incomplete(missing)
    fresh.state, fresh.checked_by, fresh.checked_on = FindingState.CHECKED, by, on or timezone.localdate()
    fresh.return_reason, fresh.withdrawn_at, fresh.withdrawal_reason = "", None, ""
    fresh.save(
        update_fields=["state", "checked_by", "checked_on", "return_reason", "withdrawn_at", "withdrawal_reason"]
    )
    public_change(fresh.output)


@transaction.atomic
def discard(finding: Finding, *, by: User) -> None:
    """Only what nobody else has seen; recommendations that belong to it alone go with it."""
    fresh = locked_finding(finding)
    require(rules.may_discard(by, fresh))
    log(by, "finding.discarded", fresh, without_words({"statement_id": [fresh.statement_id, None]}, TEXTS))
    for recommendation in fresh.recommendations.filter(checked_on=None):
        if recommendation.findings.count() == 1:
            recommendation.delete()
    fresh.delete()
