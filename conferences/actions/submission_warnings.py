"""What in a stored manuscript tells who wrote it, sought anew whenever its authors change."""

from collections.abc import Iterable
from typing import Any

from conferences.checker.texts import Known, warnings
from conferences.models import Slot, Submission
from conferences.rules.submissions import working_round

BLIND = frozenset({Slot.ANONYMOUS, Slot.ANSWER})
Pages = Iterable[tuple[int | None, str]]


def warnings_in(submission: Submission, pages: Pages) -> list[dict[str, Any]]:
    """Where no text can be read (pictures of pages), its author has to look herself."""
    pages = list(pages)
    if not any(text.strip() for _number, text in pages):
        return [{"kind": "no_text", "text": "", "page": None}]
    found = warnings(pages, known_authors(submission))
    return [{"kind": warned.kind, "text": warned.text, "page": warned.page} for warned in found]


def known_authors(submission: Submission) -> list[Known]:
    return [
        Known(author.given_name, author.family_name, author.email, author.orcid, _places(author))
        for author in submission.authors.select_related("affiliation")
    ]


def _places(author: Any) -> tuple[str, ...]:
    place = author.affiliation
    names = [author.affiliation_name, *((place.name, place.name_en) if place else ())]
    return tuple(name for name in names if name)


def refresh(submission: Submission) -> None:
    """Call in the transaction that changes the authors: new warnings have to be looked at, too."""
    for file in submission.files.filter(slot__in=BLIND, round=working_round(submission)).select_related("blob"):
        rows = file.blob.pages.values_list("number", "text")
        found = warnings_in(submission, [(number if file.blob.is_pdf else None, text) for number, text in rows])
        if found != file.findings.get("warnings", []):
            file.accepted_warnings = file.accepted_warnings and not _has_new(found, file.findings)
            file.findings = {**file.findings, "warnings": found}
            file.save(update_fields=["findings", "accepted_warnings"])


def _has_new(found: list[dict[str, Any]], findings: dict[str, Any]) -> bool:
    return any(warned not in findings.get("warnings", []) for warned in found)
