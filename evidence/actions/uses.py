"""Where outputs were used: report, correct and report again, accept, decline, withdraw, bring back."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from evidence import rules
from evidence.actions import use_mails
from evidence.actions.common import public_change, reason_in, require, without_words
from evidence.checks import Incomplete
from evidence.models import Finding, Use
from evidence.states import USE_TRANSITIONS, UseState
from publications.actions.common import locked_output
from publications.models import Output
from publications.states import IllegalTransition, check_transition

FIELDS = (
    "kind", "title_id", "title_en", "number", "year", "date", "date_precision", "issuer", "issuer_name", "url",
    "how_id", "how_en",
)  # fmt: skip
WORDS = ("title_id", "title_en", "number", "issuer", "issuer_name", "url", "how_id", "how_en")  # not in the log
TRANSLATIONS = ("title_en", "how_en")
STANDING = (UseState.REPORTED, UseState.ACCEPTED)


class AlreadyReported(Exception):
    """`use` is known already, or looks like it; `is_same` if year and issuer are the same, too."""

    def __init__(self, use: Use, *, is_same: bool) -> None:
        super().__init__(str(use))
        self.use, self.is_same = use, is_same


class WrongFindings(ValueError):
    """Only public findings of the output itself can have been used."""


@transaction.atomic
def report(
    output: Output,
    data: dict[str, Any],
    *,
    by: User,
    is_another: bool = False,
    at: datetime.datetime | None = None,
) -> Use:
    """`data`: `FIELDS`, and `findings`. `is_another`: the reporter has seen what is like it; `at` is for the demo."""
    fresh = locked_output(output)
    require(rules.may_report_use(by, fresh))
    use = Use(output=fresh, reported_by=by, reported_at=at or timezone.now())
    _assign(use, data)
    _refuse_known(use, is_another)
    use.save()
    use.findings.set(_own(fresh, data.get("findings", ())))
    log(by, "use.reported", use, without_words({"output": [None, str(fresh)], "title_id": [None, use.title_id]}, WORDS))
    return use


@transaction.atomic
def report_again(use: Use, data: dict[str, Any], *, by: User, is_another: bool = False) -> Use:
    """Its reporter corrects what was declined; it waits for a curator once more."""
    fresh = _locked(use)
    check_transition(fresh, fresh.state, UseState.REPORTED, USE_TRANSITIONS)
    require(rules.may_correct_use(by, fresh))
    before = values_of(fresh, FIELDS)
    _assign(fresh, data)
    _refuse_known(fresh, is_another)
    fresh.state, fresh.reported_at = UseState.REPORTED, timezone.now()
    fresh.decided_by = fresh.decided_on = None
    fresh.reason = ""
    fresh.save()
    if "findings" in data:
        fresh.findings.set(_own(fresh.output, data["findings"]))
    log(by, "use.corrected", fresh, without_words(changes_between(before, values_of(fresh, FIELDS)), WORDS))
    return fresh


def _assign(use: Use, data: dict[str, Any]) -> None:
    for name in FIELDS:
        if name in data:
            setattr(use, name, data[name])


def _own(output: Output, findings: Iterable[Finding]) -> list[Finding]:
    chosen = list(findings)
    if any(finding.output_id != output.pk or finding.state != "checked" for finding in chosen):
        raise WrongFindings
    return chosen


def _refuse_known(use: Use, is_another: bool) -> None:
    """Called with the output locked, so that two reports at once do not both pass."""
    known = Use.objects.filter(output=use.output, kind=use.kind, state__in=STANDING).exclude(pk=use.pk)
    known = known.annotate(title_lower=Lower("title_id"), number_lower=Lower("number"))
    alike = Q(title_lower=use.title_id.lower())
    if use.number:
        alike |= Q(number_lower=use.number.lower())
    found = list(known.filter(alike).select_related("issuer"))
    for one in found:
        if one.year == use.year and one.issuer_label.casefold() == use.issuer_label.casefold():
            raise AlreadyReported(one, is_same=True)
    if found and not is_another:
        raise AlreadyReported(found[0], is_same=False)


@transaction.atomic
def accept(
    use: Use,
    texts: dict[str, str] | None = None,
    *,
    by: User,
    seen: datetime.datetime | None,
    on: datetime.date | None = None,
) -> Use:
    """It becomes public. `texts`: what the curator translated; `seen`: when what she read was reported, so that a later
    text is not accepted unread.
    """
    fresh = _locked(use)
    if fresh.state == UseState.WITHDRAWN or fresh.reported_at != seen:
        raise IllegalTransition(fresh, fresh.state, UseState.ACCEPTED)
    before = values_of(fresh, TRANSLATIONS)
    for name in TRANSLATIONS:
        setattr(fresh, name, (texts or {}).get(name, getattr(fresh, name)))
    _decide(fresh, UseState.ACCEPTED, "", by, on)
    log(by, "use.accepted", fresh, changes_between(before, values_of(fresh, TRANSLATIONS)))
    public_change(fresh.output)
    use_mails.accepted(fresh, by)
    return fresh


@transaction.atomic
def decline(use: Use, reason: str, *, by: User, on: datetime.date | None = None) -> Use:
    fresh = _locked(use)
    _decide(fresh, UseState.DECLINED, reason_in(reason), by, on)
    log(by, "use.declined", fresh, {"reason": [None, fresh.reason]})
    use_mails.declined(fresh, by)
    return fresh


@transaction.atomic
def withdraw(use: Use, reason: str, *, by: User) -> Use:
    fresh = _locked(use)
    _decide(fresh, UseState.WITHDRAWN, reason_in(reason), by, None)
    log(by, "use.withdrawn", fresh, {"reason": [None, fresh.reason]})
    public_change(fresh.output)
    use_mails.withdrawn(fresh, by)
    return fresh


@transaction.atomic
def reinstate(use: Use, reason: str, *, by: User) -> Use:
    """The reason goes to the log."""
    fresh = _locked(use)
    if fresh.state != UseState.WITHDRAWN:
        raise IllegalTransition(fresh, fresh.state, UseState.ACCEPTED)
    text = reason_in(reason)
    _decide(fresh, UseState.ACCEPTED, "", by, None)
    log(by, "use.reinstated", fresh, {"reason": [None, text]})
    public_change(fresh.output)
    use_mails.accepted(fresh, by)
    return fresh


def _locked(use: Use) -> Use:
    """The output first, so that nobody deadlocks."""
    output = locked_output(use.output)
    fresh = Use.objects.select_for_update().get(pk=use.pk)
    fresh.output = output
    return fresh


def _decide(fresh: Use, after: UseState, reason: str, by: User, on: datetime.date | None) -> None:
    check_transition(fresh, fresh.state, after, USE_TRANSITIONS)
    require(rules.may_decide_use(by, fresh))
    if after == UseState.ACCEPTED and not fresh.output.is_public:
        raise Incomplete([_("The publication itself must be public first")])
    fresh.state, fresh.reason = after, reason
    fresh.decided_by, fresh.decided_on = by, on or timezone.localdate()
    fresh.save(update_fields=["state", "reason", "decided_by", "decided_on", *TRANSLATIONS])
