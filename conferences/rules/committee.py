"""What the committee of an edition may do: by role, and never about what one is in conflict with."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from allauth.account.models import EmailAddress
from django.db.models import Q

from accounts.models import User
from conferences.models import CommitteeMember, CommitteeRole, Conflict, Edition, Submission, SubmissionAuthor
from conferences.states import EditionState

R = CommitteeRole
ORGANISERS = frozenset({R.CHAIR, R.SECRETARY})
PROGRAMME = frozenset({R.CHAIR, R.PROGRAMME_CHAIR})
DESK = ORGANISERS | PROGRAMME | {R.TRACK_CHAIR, R.REGISTRATION, R.EDITOR}


def is_active(user: User) -> bool:
    return user.is_authenticated and user.is_active


def roles_in(user: User, edition: Edition) -> frozenset[str]:
    """What somebody is in this edition's committee, asked once for each user and edition."""
    if not is_active(user):
        return frozenset()
    kept: dict[int, frozenset[str]] = user.__dict__.setdefault("conference_roles", {})
    if edition.pk not in kept:
        rows = CommitteeMember.objects.filter(user=user, edition=edition)
        kept[edition.pk] = frozenset(rows.values_list("role", flat=True))
    return kept[edition.pk]


def has_role(user: User, edition: Edition, roles: Iterable[str]) -> bool:
    return is_active(user) and (user.is_administrator or bool(roles_in(user, edition).intersection(roles)))


def may_make_editions(user: User) -> bool:
    """Series and editions begin with an administrator, who names the chair."""
    return is_active(user) and user.is_administrator


def may_clone(user: User, edition: Edition) -> bool:
    """Begin the next edition from this one: its chairs, who are chairs of the next, too."""
    return has_role(user, edition, {R.CHAIR})


def may_open_desk(user: User, edition: Edition) -> bool:
    return has_role(user, edition, DESK)


def may_organise(user: User, edition: Edition) -> bool:
    """Facts, site, dates, committee, call: as long as the edition is not archived."""
    return edition.state != EditionState.ARCHIVED and has_role(user, edition, ORGANISERS)


def may_change_state(user: User, edition: Edition) -> bool:
    """Publish, archive, take out of the archive."""
    return has_role(user, edition, {R.CHAIR})


def may_lead_programme(user: User, edition: Edition) -> bool:
    """Reviewers, assignment, decisions, programme: as long as the edition is not archived."""
    return edition.state != EditionState.ARCHIVED and has_role(user, edition, PROGRAMME)


def may_list_submissions(user: User, edition: Edition) -> bool:
    """Titles, authors and states. What reviewers say is `may_see_reviews`."""
    return has_role(user, edition, ORGANISERS | PROGRAMME | {R.TRACK_CHAIR, R.EDITOR})


def tracks_led(user: User, edition: Edition) -> set[int] | None:
    """The tracks whose reviews somebody leads; None: all of them."""
    if has_role(user, edition, PROGRAMME):
        return None
    mine = CommitteeMember.objects.filter(user=user, edition=edition, role=R.TRACK_CHAIR)
    return set(mine.values_list("tracks", flat=True)) - {None}


def addresses_of(user: User) -> frozenset[str]:
    """The one they sign in with and the others that they confirmed; asked once for each user."""
    kept: frozenset[str] | None = user.__dict__.get("conference_addresses")
    if kept is None:
        confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
        kept = user.__dict__["conference_addresses"] = frozenset({user.email, *confirmed})
    return kept


def orcid_of(user: User) -> str:
    person = getattr(user, "person", None)
    return (person.orcid or "") if person else ""


def conflicted(user: User, submissions: Iterable[Submission]) -> set[int]:
    """Those that somebody must not judge, nor see judged: their own, and where a conflict of interest is on record."""
    ids = [submission.pk for submission in submissions]
    address = reduce(or_, (Q(email__iexact=email) for email in addresses_of(user)))
    own = Submission.objects.filter(pk__in=ids, submitter=user).values_list("pk", flat=True)
    author = address | Q(orcid=orcid) if (orcid := orcid_of(user)) else address
    written = SubmissionAuthor.objects.filter(author, submission__in=ids).values_list("submission", flat=True)
    recorded = Conflict.objects.filter(Q(user=user) | address, submission__in=ids).values_list("submission", flat=True)
    return {*own, *written, *recorded}


def may_see_reviews(user: User, submission: Submission) -> bool:
    """Chairs of the programme, and of its track, unless they are in conflict; administrators no more than they."""
    edition = submission.edition
    if not has_role(user, edition, PROGRAMME | {R.TRACK_CHAIR}):
        return False
    tracks = tracks_led(user, edition)
    leads = tracks is None or submission.track_id in tracks
    return leads and not conflicted(user, [submission])


def may_lead_review(user: User, submission: Submission) -> bool:
    """Assign, remind, discuss, propose."""
    return submission.edition.state != EditionState.ARCHIVED and may_see_reviews(user, submission)


def may_decide(user: User, submission: Submission) -> bool:
    return may_lead_programme(user, submission.edition) and not conflicted(user, [submission])


def may_send_letters(user: User, edition: Edition) -> bool:
    return edition.state != EditionState.ARCHIVED and has_role(user, edition, ORGANISERS | PROGRAMME)
