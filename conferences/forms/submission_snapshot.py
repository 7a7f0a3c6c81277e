"""What a submission says, block by block, as plain values: to fill the form, to compare two tabs."""

from typing import Any

from django.utils.translation import gettext as _

from conferences.models import CallQuestion, ConflictKind, Submission
from publications.forms.deposit.blocks import Block

from .submission_blocks import question_name

LINES = ("title_id", "title_en", "abstract_id", "abstract_en", "note", "wishes", "language")
TERMS = ("pmks", "methods", "provinces")


def snapshot(submission: Submission, questions: list[CallQuestion]) -> dict[str, Any]:
    """{block: value}; a fixed number of queries."""
    given = dict(submission.answers.values_list("question", "value"))
    return {
        **{name: getattr(submission, name) for name in LINES},
        "track": str(submission.track_id),
        "theme": str(submission.theme_id or ""),
        "keywords": list(submission.keywords),
        **{name: sorted(getattr(submission, name).values_list("code", flat=True)) for name in TERMS},
        "authors": [_author(author) for author in submission.authors.select_related("affiliation")],
        "named": _named(submission),
        **{question_name(question): as_text(given.get(question.pk)) for question in questions},
    }


def as_text(value: Any) -> Any:
    """An answer as the form's inputs know it: numbers and positions of options are texts there."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return [str(item) for item in value]
    return str(value)


def _author(author: Any) -> dict[str, Any]:
    place = author.affiliation.name if author.affiliation else author.affiliation_name
    names = ("given_name", "family_name", "email", "orcid", "is_presenter")
    return {**{name: getattr(author, name) for name in names}, "affiliation": place}


def _named(submission: Submission) -> list[dict[str, str]]:
    rows = submission.conflicts.filter(kind=ConflictKind.NAMED).order_by("pk")
    return [{"email": row.email, "note": row.note} for row in rows]


def readable(block: Block, value: Any, labels: dict[str, str]) -> str:
    """A value as people read it; `labels` are the names of codes."""
    if block.name == "authors":
        return "\n".join(f"{number}. {_author_line(row)}" for number, row in enumerate(value, 1))
    if block.name == "named":
        return "\n".join(" · ".join(part for part in (row["note"], row["email"]) if part) for row in value)
    if isinstance(value, list):
        return "; ".join(str(labels.get(item, item)) for item in value)
    return str(labels.get(value, value))


def _author_line(row: dict[str, Any]) -> str:
    name = f"{row['given_name']} {row['family_name']}".strip()
    presents = _("presents") if row["is_presenter"] else ""
    return " · ".join(part for part in (name, row["affiliation"], row["email"], row["orcid"], presents) if part)
