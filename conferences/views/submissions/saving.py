"""Saving what a page sends, block by block, without ever overwriting what was saved in another window meanwhile."""

from dataclasses import dataclass, field

from django.http import QueryDict

from accounts.models import User
from conferences.actions import submissions as actions
from conferences.forms.submission_snapshot import readable
from conferences.forms.submissions import SubmissionForm, as_inputs
from conferences.models import Submission
from publications.forms.deposit import digest
from publications.views.deposit.compare import Choice, Comparison

ATTEMPTS = 5


@dataclass
class Outcome:
    """What became of the blocks of a request; `conflicts` and those with `errors` were not saved."""

    submission: Submission
    form: SubmissionForm
    saved: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    changed_elsewhere: list[str] = field(default_factory=list)
    refused: dict[str, list[str]] = field(default_factory=dict)

    @property
    def errors(self) -> dict[str, list[str]]:
        return {**self.form.block_errors(), **self.refused}


def save(submission: Submission, data: QueryDict, *, by: User, row_order: str = "") -> Outcome:
    """Save every block that was changed here and not elsewhere; a race with another request is tried again."""
    for _attempt in range(ATTEMPTS):
        outcome = _sort_out(bound_form(submission, data, row_order))
        if not outcome.saved:
            return outcome
        values = outcome.form.for_action(outcome.saved)
        try:
            outcome.submission = actions.save(submission, values, by=by, base_revision=submission.revision)
        except actions.Conflict as conflict:
            submission = conflict.current
        except actions.Incomplete as incomplete:
            return _refused(outcome, incomplete)
        else:
            return outcome
    raise actions.Conflict(submission)


def _refused(outcome: Outcome, incomplete: actions.Incomplete) -> Outcome:
    """What was handed in stays complete: the blocks that would spoil it are not saved."""
    first = outcome.saved[0]
    for check in incomplete.missing:
        name = check.field if check.field in outcome.saved else first
        outcome.refused.setdefault(name, []).append(str(check.label))
    outcome.saved = []
    return outcome


def bound_form(submission: Submission, data: QueryDict, row_order: str = "") -> SubmissionForm:
    """The form as typed; `row_order` is a button's 'authors:up:3'."""
    form = SubmissionForm(submission, _without_dropped(data))
    block, _colon, rest = row_order.partition(":")
    if block in form.rows and block in form.named:
        order, _colon, key = rest.partition(":")
        form.rows[block].change(order, key)
    return form


def _without_dropped(data: QueryDict) -> QueryDict:
    """The choice 'keep what is stored' takes a block out of the request."""
    kept = data.copy()
    kept.setlist("block", [name for name in data.getlist("block") if data.get(f"choice-{name}") != "stored"])
    return kept


def _sort_out(form: SubmissionForm) -> Outcome:
    """Three-way comparison: what was typed, what is stored, and from what the typing began."""
    outcome = Outcome(form.submission, form)
    for name in form.valid_blocks():
        mine, stored, base = form.value(name), form.stored[name], form.base(name)
        if mine == stored:
            continue
        if base in ("", digest(stored)):
            outcome.saved.append(name)
        elif digest(mine) == base:
            outcome.changed_elsewhere.append(name)
        else:
            outcome.conflicts.append(name)
    return outcome


def comparison_of(outcome: Outcome, data: QueryDict) -> Comparison:
    """Mine and theirs of each block in conflict; what could not be saved for another reason is carried along."""
    form = outcome.form
    choices = [_choice(form, name) for name in outcome.conflicts]
    carried = [pair for name in form.block_errors() for pair in _posted(name, data)]
    return Comparison(choices, carried)


def _choice(form: SubmissionForm, name: str) -> Choice:
    block, mine, stored, labels = form.blocks[name], form.value(name), form.stored[name], form.labels(name)
    inputs = [*as_inputs(form, name, mine), (f"base-{name}", digest(stored))]
    return Choice(block, readable(block, mine, labels), readable(block, stored, labels), inputs)


def _posted(name: str, data: QueryDict) -> list[tuple[str, str]]:
    """The inputs of one block as the page sent them."""
    sent = [("block", name), (f"base-{name}", data.get(f"base-{name}", ""))]
    for field_name, values in data.lists():
        if field_name == name or field_name.startswith(f"{name}-"):
            sent += [(field_name, value) for value in values]
    return sent
