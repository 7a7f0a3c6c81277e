"""The plain-language summary of an output: write, check, discard."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from evidence import rules
from evidence.actions import notify
from evidence.actions.common import public_change, reason_in, require, without_words
from evidence.models import MOST_WORDS, PlainSummary
from evidence.readability import count_words
from publications.actions.common import locked_output
from publications.models import Output
from publications.states import IllegalTransition

TEXTS = ("text_id", "text_en")


class TooLong(ValueError):
    """More than `MOST_WORDS` words, or no word at all in Indonesian."""


@transaction.atomic
def write(output: Output, text_id: str, text_en: str, *, by: User) -> PlainSummary:
    """A new or changed summary waits for a check; until then the page shows none."""
    fresh = locked_output(output)
    require(rules.may_enter(by, fresh))
    if not 0 < count_words(text_id) <= MOST_WORDS or count_words(text_en) > MOST_WORDS:
        raise TooLong
    summary = _stored(fresh) or PlainSummary(output=fresh, entered_by=by)
    before = values_of(summary, TEXTS) if summary.pk else {}
    was_public, is_new = summary.checked_on is not None, summary.pk is None
    summary.text_id, summary.text_en = text_id, text_en
    changes = changes_between(before, values_of(summary, TEXTS))
    if not changes:
        return summary
    summary.edited_by, summary.edited_at = by, timezone.now()
    summary.checked_by = summary.checked_on = None
    summary.return_reason, summary.returned_at = "", None
    summary.save()
    log(by, "summary.entered" if is_new else "summary.edited", summary, without_words(changes, TEXTS))
    if was_public:
        public_change(fresh)
    return summary


@transaction.atomic
def check(
    summary: PlainSummary, *, by: User, seen: datetime.datetime | None, on: datetime.date | None = None
) -> PlainSummary:
    """`seen` is when what the curator read was written: a later text is not approved unread."""
    fresh = _locked(summary)
    require(rules.may_check_summary(by, fresh))
    _require_as_seen(fresh, seen, "checked")
    fresh.checked_by, fresh.checked_on = by, on or timezone.localdate()
    fresh.save(update_fields=["checked_by", "checked_on"])
    log(by, "summary.checked", fresh)
    public_change(fresh.output)
    return fresh


@transaction.atomic
def return_to_writer(
    summary: PlainSummary,
    reason: str,
    *,
    by: User,
    seen: datetime.datetime | None,
    at: datetime.datetime | None = None,
) -> PlainSummary:
    """It leaves the queue and waits with who wrote it, until it is edited. `seen`: see `check`; `at`: for history."""
    fresh = _locked(summary)
    require(rules.may_decide(by, fresh.output))
    _require_as_seen(fresh, seen, "returned")
    fresh.return_reason, fresh.returned_at = reason_in(reason), at or timezone.now()
    fresh.save(update_fields=["return_reason", "returned_at"])
    log(by, "summary.returned", fresh, {"reason": [None, fresh.return_reason]})
    notify.summary_returned(fresh, by)
    return fresh


def _locked(summary: PlainSummary) -> PlainSummary:
    output = locked_output(summary.output)
    fresh = PlainSummary.objects.select_for_update().get(pk=summary.pk)
    fresh.output = output
    return fresh


def _require_as_seen(fresh: PlainSummary, seen: datetime.datetime | None, after: str) -> None:
    """It waits for a curator, and says what she has read."""
    if fresh.checked_on is not None or fresh.returned_at is not None or fresh.edited_at != seen:
        raise IllegalTransition(fresh, "written", after)


@transaction.atomic
def discard(output: Output, *, by: User) -> None:
    fresh = locked_output(output)
    require(rules.may_enter(by, fresh))
    summary = _stored(fresh)
    if summary is None:
        return
    log(by, "summary.discarded", summary, without_words({"text_id": [summary.text_id, None]}, TEXTS))
    summary.delete()
    public_change(fresh)


def _stored(output: Output) -> PlainSummary | None:
    return PlainSummary.objects.select_for_update().filter(output=output).first()
