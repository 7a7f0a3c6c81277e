"""What we would write, in both languages, as files beside the templates, and which fields each kind has."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conferences.models import Advice, LetterKind

EVERYWHERE = ("conference", "name", "link")
FIELDS: dict[str, tuple[str, ...]] = {
    LetterKind.REVIEWER_INVITATION: (*EVERYWHERE, "tracks", "due"),
    LetterKind.ASSIGNMENT: (*EVERYWHERE, "number", "title", "due"),
    LetterKind.REMINDER: (*EVERYWHERE, "number", "title", "due"),
    LetterKind.DECISION: (*EVERYWHERE, "number", "title", "track", "note", "comments", "due"),
    LetterKind.CAMERA_READY: (*EVERYWHERE, "number", "title", "track", "pages", "due"),
    LetterKind.SCHEDULE_CHANGE: (*EVERYWHERE, "changes", "version", "reason"),
}
MEANINGS = {
    "conference": _("title of the conference"),
    "name": _("who gets the letter"),
    "link": _("address of the page to open"),
    "tracks": _("tracks of the reviewer"),
    "due": _("the date until when"),
    "number": _("number of the submission"),
    "title": _("title of the submission"),
    "track": _("track of the submission"),
    "pages": _("pages of the paper, at most"),
    "note": _("your words with the decision"),
    "comments": _("what the reviewers say to the authors"),
    "changes": _("each place in the programme that is new, moved or gone, one a line"),
    "version": _("number of the published programme"),
    "reason": _("your note on this version of the programme"),
}
# Every wording that there is: (kind, variant).
KINDS: list[tuple[str, str]] = [
    (LetterKind.REVIEWER_INVITATION, ""),
    (LetterKind.ASSIGNMENT, ""),
    (LetterKind.REMINDER, ""),
    (LetterKind.SCHEDULE_CHANGE, ""),
    *((LetterKind.DECISION, outcome) for outcome in Advice.values),
    (LetterKind.CAMERA_READY, ""),
]


@dataclass(frozen=True, slots=True)
class Wording:
    subject: str
    body: str


def fields_of(kind: str) -> tuple[str, ...]:
    return FIELDS[kind]


@cache
def standard(kind: str, variant: str, language: str) -> Wording:
    """The first line is the subject."""
    name = f"{kind}_{variant}" if variant else kind
    path = settings.BASE_DIR / "templates" / "conferences" / "mail" / f"{name}.{language}.txt"
    subject, _rest, body = path.read_text(encoding="utf-8").partition("\n")
    return Wording(subject.strip(), body.strip())
