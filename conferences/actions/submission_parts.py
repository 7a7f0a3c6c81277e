"""Writing what a submission consists of: its fields, terms, authors, answers and people named by the authors."""

from collections.abc import Iterable
from typing import Any

from accounts.actions import changes_between, values_of
from conferences.models import Answer, CallQuestion, Conflict, ConflictKind, Submission, SubmissionAuthor

TEXTS = ("title_id", "title_en", "abstract_id", "abstract_en", "note")
SCALARS = (*TEXTS, "track", "wishes", "theme", "language", "keywords")
TERMS = ("pmks", "methods", "provinces")
# Whose words stay out of the log, which nobody can delete.
SILENT = (*TEXTS, "authors", "answers", "named", "keywords")


def write(submission: Submission, data: dict[str, Any]) -> dict[str, list[Any]]:
    """Write what of `SCALARS`, `TERMS`, "authors", "answers" ({question: value}) and "named" is given.

    Returns what changed, as the log takes it.
    """
    changes = _write_scalars(submission, {name: data[name] for name in SCALARS if name in data})
    for name in TERMS:
        if name in data:
            changes |= _write_terms(submission, name, data[name])
    if "authors" in data and _write_authors(submission, data["authors"]):
        changes["authors"] = [None, None]
    if "answers" in data and _write_answers(submission, data["answers"]):
        changes["answers"] = [None, None]
    if "named" in data and _write_named(submission, data["named"]):
        changes["conflicts"] = [None, None]
    return changes


def _write_scalars(submission: Submission, data: dict[str, Any]) -> dict[str, list[Any]]:
    before = values_of(submission, data)
    for name, value in data.items():
        setattr(submission, name, value)
    changes = changes_between(before, values_of(submission, data))
    if changes:
        submission.save(update_fields=list(data))
    return {name: [None, None] if name in SILENT else pair for name, pair in changes.items()}


def _write_terms(submission: Submission, name: str, terms: Iterable[Any]) -> dict[str, list[Any]]:
    related = getattr(submission, name)
    before, after = sorted(related.values_list("code", flat=True)), sorted(term.code for term in terms)
    related.set(terms)
    return {name: [before, after]} if before != after else {}


AUTHOR = ("given_name", "family_name", "email", "affiliation", "affiliation_name", "orcid", "is_presenter")


def _write_authors(submission: Submission, rows: list[dict[str, Any]]) -> bool:
    stored = [values_of(author, AUTHOR) for author in submission.authors.select_related("affiliation")]
    wanted = [{**dict.fromkeys(AUTHOR, ""), "affiliation": None, "is_presenter": False, **row} for row in rows]
    if stored == wanted:
        return False
    submission.authors.all().delete()
    SubmissionAuthor.objects.bulk_create(
        SubmissionAuthor(submission=submission, position=place, **row) for place, row in enumerate(wanted, 1)
    )
    return True


def _write_answers(submission: Submission, answers: dict[CallQuestion, Any]) -> bool:
    """An empty answer takes the stored one away; questions that are not given stay as they are."""
    changed = False
    for question, value in answers.items():
        stored = Answer.objects.filter(submission=submission, question=question)
        if value in ("", None, []):
            changed |= bool(stored.delete()[0])
        elif list(stored.values_list("value", flat=True)) != [value]:
            Answer.objects.update_or_create(submission=submission, question=question, defaults={"value": value})
            changed = True
    return changed


def _write_named(submission: Submission, rows: list[dict[str, str]]) -> bool:
    """Who must not review, by address or, without one, in words that the committee reads."""
    mine = Conflict.objects.filter(submission=submission, kind=ConflictKind.NAMED)
    stored = [(row.email, row.note) for row in mine.order_by("pk")]
    wanted = list(dict.fromkeys((row["email"].casefold(), row["note"]) for row in rows))
    if stored == wanted:
        return False
    mine.delete()
    Conflict.objects.bulk_create(
        Conflict(submission=submission, kind=ConflictKind.NAMED, email=email, note=note, made_by=submission.submitter)
        for email, note in wanted
    )
    return True
