"""Two sides of a field, mine and theirs, to choose from: for conflicts and for pasted records."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from publications.forms.deposit import BLOCKS, Block, VersionForm, digest, readable
from publications.forms.deposit.version import as_inputs

from .saving import Outcome


@dataclass(frozen=True)
class Choice:
    """One block to choose; `mine` is what the hidden inputs send, `stored` what stays if nothing is sent."""

    block: Block
    mine: str
    stored: str
    inputs: list[tuple[str, str]]


@dataclass(frozen=True)
class Comparison:
    choices: list[Choice]
    carried: list[tuple[str, str]]  # what could not be saved for another reason and must not be lost


def comparison_of(outcome: Outcome, data: QueryDict) -> Comparison:
    form = outcome.form
    choices = [_choice(form, name, form.value(name), _posted(BLOCKS[name], data)) for name in outcome.conflicts]
    carried = [pair for name in form.block_errors() for pair in (*_posted(BLOCKS[name], data), _base(data, name))]
    return Comparison(choices, carried)


def comparison_with(form: VersionForm, proposals: dict[str, Any]) -> list[Choice]:
    """What is stored beside what a pasted record says, for the blocks in which they differ."""
    return [
        _choice(form, name, value, as_inputs(BLOCKS[name], {**form.stored, name: value}))
        for name, value in proposals.items()
        if value and value != form.stored[name]
    ]


def _choice(form: VersionForm, name: str, value: Any, inputs: Iterable[tuple[str, str]]) -> Choice:
    labels = form.offered.labels(name)
    stored = form.stored[name]
    with_base = [*inputs, (f"base-{name}", digest(stored))]
    return Choice(BLOCKS[name], readable(name, value, labels), readable(name, stored, labels), with_base)


def _base(data: QueryDict, name: str) -> tuple[str, str]:
    return f"base-{name}", data.get(f"base-{name}", "")


def _posted(block: Block, data: QueryDict) -> list[tuple[str, str]]:
    """The inputs of one block as the page sent them."""
    sent = [("block", block.name)]
    prefix = f"{block.name}-"
    for name, values in data.lists():
        if name in block.inputs or (block.rows and name.startswith(prefix)):
            sent += [(name, value) for value in values]
    return sent
