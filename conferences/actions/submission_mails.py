"""Mails about submissions, in each recipient's language, leaving after commit."""

from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from accounts.mail import send_mail_to
from accounts.models import User
from conferences.models import CommitteeMember, Submission
from conferences.rules.committee import ORGANISERS


def submitted(submission: Submission) -> None:
    """To who sent it, and to the authors whose address is known."""
    template = "revision_submitted" if submission.round > 1 else "submitted"
    _send(submission.submitter, submission.submitter.language, template, submission)
    for address, language in _co_authors(submission):
        _send(address, language, "submitted_co_author", submission)


def _co_authors(submission: Submission) -> Iterator[tuple[str | User, str]]:
    """Everybody once, in the language of their account, else of the paper."""
    written = {author.email.casefold(): author.email for author in submission.authors.all() if author.email}
    written.pop(submission.submitter.email.casefold(), None)
    accounts = {user.email.casefold(): user for user in _users(written)}
    for key, address in written.items():
        known = accounts.get(key)
        yield (known, known.language) if known else (address, submission.language)


def _users(addresses: Iterable[str]) -> Iterable[User]:
    wanted = list(addresses)
    return [user for user in User.objects.filter(email__in=wanted, is_active=True) if user.email] if wanted else []


def withdrawn(submission: Submission) -> None:
    """To its submitter as a receipt, and to those who organise."""
    _send(submission.submitter, submission.submitter.language, "withdrawn", submission)
    rows = CommitteeMember.objects.filter(edition=submission.edition, role__in=ORGANISERS, user__isnull=False)
    organisers = {row.user for row in rows.select_related("user") if row.user is not None}
    for user in sorted(organisers - {submission.submitter}, key=lambda person: person.pk):
        _send(user, user.language, "withdrawn_committee", submission, "conferences:desk_submission")


def _send(
    recipient: User | str, language: str, template: str, submission: Submission, view: str = "conferences:submission"
) -> None:
    keys = [submission.edition.slug, submission.pk]
    send_about(submission, recipient, language, template, lambda: reverse(view, args=keys))


def send_about(
    submission: Submission,
    recipient: User | str,
    language: str,
    template: str,
    address: Callable[[], str],
    **more: str,
) -> None:
    """`template` below templates/conferences/submissions/mail/; `address` is called in the recipient's language."""
    with override(language):
        edition = submission.edition
        context = {
            **more,
            "title": str(submission.title),
            "number": submission.number,
            "edition": str(edition.title),
            "track": str(submission.track.name),
            "url": f"{settings.SITE_URL}{address()}",
            "submitter": submission.submitter.name,
            "contact": edition.contact_email,
            "reason": submission.withdrawal_reason,
            "authors": "; ".join(author.name for author in submission.authors.all()),
        }
    send_mail_to(recipient, f"conferences/submissions/mail/{template}", context, language)
