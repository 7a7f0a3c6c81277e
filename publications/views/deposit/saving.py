"""Saving what a page sends, block by block, without ever overwriting what somebody else saved meanwhile."""

from dataclasses import dataclass, field

from django.http import QueryDict

from accounts.models import User
from publications.actions import drafts
from publications.forms.deposit import VersionForm, digest
from publications.models import Version

ATTEMPTS = 5


@dataclass
class Outcome:
    """What became of the blocks of a request; `conflicts` and those with `errors` were not saved."""

    version: Version
    form: VersionForm
    saved: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    changed_elsewhere: list[str] = field(default_factory=list)

    @property
    def errors(self) -> dict[str, list[str]]:
        return self.form.block_errors()

    @property
    def is_clean(self) -> bool:
        return not self.conflicts and not self.errors


def save(version: Version, data: QueryDict, *, by: User, row_order: str = "") -> Outcome:
    """Save every block that was changed here and not elsewhere; a race with another request is tried again."""
    for _attempt in range(ATTEMPTS):
        form = bound_form(version, data, row_order)
        outcome = _sort_out(form)
        if not outcome.saved:
            return outcome
        try:
            outcome.version = drafts.save_draft(
                version, form.for_action(outcome.saved), by=by, base_revision=version.revision
            )
        except drafts.Conflict as conflict:
            version = conflict.current
        else:
            return outcome
    raise drafts.Conflict(version)


def bound_form(version: Version, data: QueryDict, row_order: str = "") -> VersionForm:
    """The form as typed; `row_order` is a button's 'contributors:up:3'."""
    form = VersionForm(version, _without_dropped(data))
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


def _sort_out(form: VersionForm) -> Outcome:
    """Three-way comparison: what was typed, what is stored, and from what the typing began.

    A suggestion that the worker put in meanwhile gives way to what a person typed.
    """
    outcome = Outcome(form.version, form)
    for name in form.valid_blocks():
        mine, stored, base = form.value(name), form.stored[name], form.base(name)
        if mine == stored:
            continue
        if base in ("", digest(stored)):
            outcome.saved.append(name)
        elif digest(mine) == base:
            outcome.changed_elsewhere.append(name)
        elif name in form.version.suggestions:
            outcome.saved.append(name)
        else:
            outcome.conflicts.append(name)
    return outcome
