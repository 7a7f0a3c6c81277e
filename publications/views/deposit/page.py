"""The pieces of a step's page: blocks with their marks and comments, the checklist, what the file check said."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.signed_in import person
from publications.checks import Check, Status, checklist
from publications.forms.deposit import BLOCKS, STEPS, Block, VersionForm
from publications.forms.deposit.blocks import block_of
from publications.models import Comment, File, Version
from publications.pdf.messages import message
from publications.queries import deposits
from publications.queries.duplicates import find_duplicates

ADDRESSES = {
    "berkas": "publications:deposit_file_step",
    "isian": "publications:deposit_edit",
    "topik": "publications:deposit_topics",
    "pratinjau": "publications:deposit_preview",
}


@dataclass
class BlockView:
    """A block as its template needs it."""

    block: Block
    base: str
    fields: list[BoundField]
    suggestion: dict[str, Any] | None = None
    comments: list[Comment] = field(default_factory=list)
    rows: Any = None
    errors: list[str] = field(default_factory=list)

    @property
    def bound(self) -> BoundField:
        return self.fields[0]


def block_views(form: VersionForm, comments: Iterable[Comment]) -> dict[str, BlockView]:
    suggestions = form.version.suggestions
    by_block: dict[str, list[Comment]] = {}
    for comment in comments:
        if comment.field and comment.resolved_at is None and (block := block_of(comment.field)):
            by_block.setdefault(block.name, []).append(comment)
    errors = form.block_errors() if form.is_bound else {}
    return {
        name: BlockView(
            block,
            form.digests[name],
            [form[input_name] for input_name in block.inputs],
            suggestions.get(name),
            by_block.get(name, []),
            form.rows.get(name),
            errors.get(name, []),
        )
        for name, block in BLOCKS.items()
    }


def render_step(
    request: HttpRequest, step: str, version: Version, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    everything = {**surroundings(request, step, version), **context}
    response = render(request, f"publications/deposit/{step}.html", everything, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def surroundings(request: HttpRequest, step: str, version: Version) -> dict[str, Any]:
    """What stands around every step: where one is, what is missing, what the curator wrote."""
    checks = checklist(version)
    return {
        "version": version,
        "output": version.output,
        "step": step,
        "steps": [
            {"label": label, "url": reverse(ADDRESSES[name], args=[version.pk])} for name, label in STEPS.items()
        ],
        "step_number": list(STEPS).index(step) + 1,
        "checks": checklist_items(version, checks),
        "is_complete": not any(check.status is Status.TODO for check in checks),
        "duplicates": find_duplicates(version, person(request)),
        "reason": deposits.last_return_reason(version),
    }


def checklist_items(version: Version, checks: Iterable[Check]) -> list[dict[str, Any]]:
    """The checks as the component shows them, each unmet one with a link to its field."""
    items = []
    for check in checks:
        item: dict[str, Any] = {"state": check.status.value, "text": check.label}
        if check.status is not Status.OK and check.field:
            item["url"] = address_of(version, check.field)
            item["action"] = _("Fill in") if check.status is Status.TODO else _("Look")
        items.append(item)
    return items


def address_of(version: Version, field_name: str) -> str:
    """Where on the pages of the deposit a field stands."""
    block = block_of(field_name)
    if block is None:
        return reverse(ADDRESSES["berkas"], args=[version.pk]) + "#berkas"
    return f"{reverse(ADDRESSES[block.step], args=[version.pk])}#isi-{block.name}"


def file_remarks(file: File | None) -> dict[str, Any]:
    """What the reading of the main document found, in words."""
    if file is None:
        return {}
    reading = file.blob.reading
    return {
        "error": message(reading["error"]) if reading.get("error") else "",
        "warnings": [message(code) for code in reading.get("warnings", [])],
        "hits": reading.get("hits", []),
    }
