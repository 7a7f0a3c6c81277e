"""To whom the committee can write one letter: groups, who is in them now, and what the {fields} hold for each."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conferences.letters.wording import EVERYWHERE
from conferences.models import CommitteeMember, Edition, Presentation, Reviewer, Submission
from conferences.queries.values import address_in, everywhere, title_in
from conferences.states import ReviewerState, SubmissionState

OF_SUBMISSION = ("number", "title", "track")
MOST = 2000


@dataclass(frozen=True, slots=True)
class Recipient:
    """`values` is asked for the language that the letter is written in."""

    email: str
    name: str
    language: str
    values: Callable[[str], dict[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    label: "str | Promise"
    fields: tuple[str, ...]
    members: Callable[[Edition, Collection[str]], list[Recipient]]


def _authors(chosen: Q) -> Callable[[Edition, Collection[str]], list[Recipient]]:
    """One letter for each submission if it names something of it, else one for each person."""

    def members(edition: Edition, used: Collection[str]) -> list[Recipient]:
        rows = Submission.objects.filter(chosen, edition=edition, submitter__is_active=True)
        rows = rows.exclude(submitter__email="").select_related("submitter", "track").order_by("number", "pk")
        if any(name in used for name in OF_SUBMISSION):
            return [_of_submission(edition, row) for row in rows]
        people = {row.submitter_id: row.submitter for row in rows}
        return [_of_user(edition, user, user.name, "conferences:my_submissions") for user in people.values()]

    return members


def _of_submission(edition: Edition, submission: Submission) -> Recipient:
    author = submission.submitter

    def values(language: str) -> dict[str, str]:
        with override(language):
            track = str(submission.track.name)
        return everywhere(edition, author.name or author.email, language) | {
            "number": str(submission.number or "–"),
            "title": title_in(submission, language) or "–",
            "track": track,
            "link": address_in(language, "conferences:submission", edition.slug, submission.pk),
        }

    return Recipient(author.email, author.name, author.language, values)


def _of_user(edition: Edition, user: Any, name: str, view: str, *args: object) -> Recipient:
    def values(language: str) -> dict[str, str]:
        link = {"link": address_in(language, view, *args)}
        return everywhere(edition, name or user.email, language) | link

    return Recipient(user.email, name, user.language, values)


def _reviewers(state: str) -> Callable[[Edition, Collection[str]], list[Recipient]]:
    def members(edition: Edition, used: Collection[str]) -> list[Recipient]:
        rows = Reviewer.objects.filter(edition=edition, state=state).select_related("user").order_by("name", "pk")
        return [_of_reviewer(edition, row) for row in rows if row.user is None or row.user.is_active]

    return members


def _of_reviewer(edition: Edition, reviewer: Reviewer) -> Recipient:
    def values(language: str) -> dict[str, str]:
        link = {"link": address_in(language, "conferences:reviews")}
        return everywhere(edition, reviewer.name, language) | link

    email = reviewer.user.email if reviewer.user else reviewer.email
    return Recipient(email, reviewer.name, reviewer.language, values)


def _committee(edition: Edition, used: Collection[str]) -> list[Recipient]:
    rows = CommitteeMember.objects.filter(edition=edition, user__is_active=True).select_related("user")
    people = {row.user: row.name for row in rows if row.user is not None and row.user.email}
    return [_of_user(edition, user, name, "conferences:desk", edition.slug) for user, name in people.items()]


_S, _R = SubmissionState, ReviewerState
_OF_AUTHORS = (*EVERYWHERE, *OF_SUBMISSION)
_AUTHORS: list[tuple[str, "str | Promise", Q]] = [
    *((f"penulis-{state.value}", state.label, Q(state=state)) for state in _S),
    ("penulis-lisan", _("accepted as a talk"), Q(state=_S.ACCEPTED, accepted_as=Presentation.TALK)),
    ("penulis-poster", _("accepted as a poster"), Q(state=_S.ACCEPTED, accepted_as=Presentation.POSTER)),
]
GROUPS: dict[str, Group] = {
    **{
        name: Group(format_lazy(_("authors: {state}"), state=label), _OF_AUTHORS, _authors(chosen))
        for name, label, chosen in _AUTHORS
    },
    **{
        f"penelaah-{state.value}": Group(
            format_lazy(_("reviewers: {state}"), state=state.label), EVERYWHERE, _reviewers(state)
        )
        for state in (_R.INVITED, _R.ACCEPTED, _R.DECLINED)
    },
    "panitia": Group(_("the committee"), EVERYWHERE, _committee),
}
