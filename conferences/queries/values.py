"""What the {fields} of letters hold."""

import datetime

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from conferences import phases
from conferences.models import Assignment, DateKind, Decision, Edition, Review, Reviewer, Submission
from conferences.models.editions import Zone

INVITATION_SALT = "conferences.reviewer"


def token_of(reviewer: Reviewer) -> str:
    """Opaque and signed; changed when the invitation goes to another address."""
    return signing.dumps([reviewer.pk, reviewer.email], salt=INVITATION_SALT)


def reviewer_with(token: str) -> Reviewer | None:
    try:
        pk, email = signing.loads(token, salt=INVITATION_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Reviewer.objects.select_related("edition__series").filter(pk=pk, email=email).first()


def moment_text(edition: Edition, at: datetime.datetime | None, language: str) -> str:
    """A deadline in the edition's own zone: '5 Maret 2026, 23:59 WIB'."""
    if at is None:
        return "–"
    with override(language):
        local = timezone.localtime(at, edition.tz)
        return f"{date_format(local, 'DATE_FORMAT')}, {local:%H:%M} {Zone(edition.zone).label}"


def address_in(language: str, name: str, *args: object) -> str:
    with override(language):
        return f"{settings.SITE_URL}{reverse(name, args=args)}"


def everywhere(edition: Edition, name: str, language: str) -> dict[str, str]:
    with override(language):
        return {"conference": str(edition.title), "name": name}


def for_invitation(reviewer: Reviewer) -> dict[str, str]:
    edition, language = reviewer.edition, reviewer.language
    with override(language):
        tracks = ", ".join(str(track.name) for track in reviewer.tracks.all())
    return everywhere(edition, reviewer.name, language) | {
        "tracks": tracks,
        "due": moment_text(edition, phases.date_of(edition, DateKind.REVIEWS_DUE), language),
        "link": address_in(language, "conferences:reviewer_invitation", token_of(reviewer)),
    }


def for_assignment(assignment: Assignment) -> dict[str, str]:
    """Nothing of the authors, whatever the blinding."""
    reviewer, submission = assignment.reviewer, assignment.submission
    language, edition = reviewer.language, submission.edition
    return everywhere(edition, reviewer.name, language) | {
        "number": str(submission.number),
        "title": title_in(submission, language),
        "due": moment_text(edition, assignment.due_at, language),
        "link": address_in(language, "conferences:assignment", assignment.pk),
    }


def title_in(submission: Submission, language: str) -> str:
    with override(language):
        return str(submission.title)


def for_decision(decision: Decision, comments: str) -> dict[str, str]:
    submission = decision.submission
    edition, language = submission.edition, submission.submitter.language
    with override(language):
        track = str(submission.track.name)
    return everywhere(edition, submission.submitter.name or submission.submitter.email, language) | {
        "number": str(submission.number),
        "title": title_in(submission, language),
        "track": track,
        "note": decision.note,
        "comments": comments or "–",
        "due": moment_text(edition, phases.date_of(edition, DateKind.REVISIONS_CLOSE), language),
        "link": address_in(language, "conferences:submission", edition.slug, submission.pk),
    }


def for_final_paper(submission: Submission) -> dict[str, str]:
    edition, author = submission.edition, submission.submitter
    language = author.language
    with override(language):
        track = str(submission.track.name)
    return everywhere(edition, author.name or author.email, language) | {
        "number": str(submission.number),
        "title": title_in(submission, language),
        "track": track,
        "pages": str(submission.track.pages_max),
        "due": moment_text(edition, phases.date_of(edition, DateKind.CAMERA_READY), language),
        "link": address_in(language, "conferences:final_paper", submission.pk),
    }


def comments_for_authors(reviews: list[Review], language: str) -> str:
    """Numbered as in the discussion; never by name."""
    word = {"id": "Penelaah", "en": "Reviewer"}[language]
    parts = [f"{word} {number}:\n{review.to_authors}" for number, review in enumerate(reviews, 1) if review.to_authors]
    return "\n\n".join(parts)
