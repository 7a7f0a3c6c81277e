"""Conflicts of interest that our own records show: is an author, same organisation, wrote together lately."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation, Person, Role, User
from accounts.queries import normalised
from conferences.models import (
    CommitteeMember,
    Conflict,
    ConflictKind,
    Edition,
    Reviewer,
    Submission,
    SubmissionAuthor,
)
from conferences.rules.committee import PROGRAMME, R
from publications.models import Contributor
from publications.states import OutputState

YEARS = 3
OWN_KINDS = (ConflictKind.AUTHOR, ConflictKind.SAME_ORGANISATION, ConflictKind.CO_AUTHOR)
Row = tuple[int, int | None, str, str]  # submission, user or None, address without account, kind


@dataclass(slots=True)
class Judge:
    """Somebody who could review or decide, with what tells them apart. `names` and `ids` are their co-authors'."""

    user: int | None
    email: str  # kept where there is no account
    addresses: set[str] = field(default_factory=set)
    orcid: str = ""
    person: int | None = None
    organisations: set[int] = field(default_factory=set)
    co_orcids: set[str] = field(default_factory=set)
    co_people: set[int] = field(default_factory=set)
    co_names: set[str] = field(default_factory=set)
    co_addresses: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))  # → submissions
    co_submission_names: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def wrote_with(self, author: SubmissionAuthor, person: int | None) -> bool:
        """On another thing than this submission."""
        name, address = normalised(author.name), author.email.lower()
        known = (author.orcid and author.orcid in self.co_orcids) or (person and person in self.co_people)
        others = self.co_addresses.get(address, set()) | self.co_submission_names.get(name, set())
        return bool(known or (" " in name and name in self.co_names) or others - {author.submission_id})


class Organisations:
    """Who is part of whom, through what was merged."""

    def __init__(self) -> None:
        rows = list(Organisation.objects.values_list("pk", "merged_into", "parent", "name"))
        self.merged = {pk: into for pk, into, _, _ in rows}
        self.parent = {pk: parent for pk, _, parent, _ in rows}
        self.named = {normalised(name): pk for pk, _, _, name in rows}

    def with_parents(self, pk: int | None) -> set[int]:
        """Itself and what it is part of, each as what it became."""
        found: set[int] = set()
        while pk is not None:
            pk = self._current(pk)
            if pk in found:
                break
            found.add(pk)
            pk = self.parent.get(pk)
        return found

    def _current(self, pk: int) -> int:
        seen = {pk}
        while (into := self.merged.get(pk)) is not None and into not in seen:
            seen.add(pk := into)
        return pk

    def same(self, one: int, other: int) -> bool:
        """One is the other or part of it; two units of one ministry are not the same."""
        return self._current(one) in self.with_parents(other) or self._current(other) in self.with_parents(one)

    def of_author(self, author: SubmissionAuthor) -> int | None:
        return author.affiliation_id or self.named.get(normalised(author.affiliation_name))


def judges_of(edition: Edition) -> list[Judge]:
    """Its reviewers, its chairs, and administrators, who see what chairs see; with whom they wrote."""
    invited = list(Reviewer.objects.filter(edition=edition).values_list("user", "email"))
    known = dict(
        EmailAddress.objects.filter(verified=True, email__in=[email.lower() for _, email in invited]).values_list(
            "email", "user"
        )
    )
    by_user: dict[int, Judge] = {}
    without: list[Judge] = []
    for user, email in invited:
        pk = user or known.get(email.lower())
        if pk is None:
            without.append(Judge(None, email.lower(), {email.lower()}))
        else:
            by_user.setdefault(pk, Judge(pk, "")).addresses.add(email.lower())
    chairs = CommitteeMember.objects.filter(edition=edition, role__in=[*PROGRAMME, R.TRACK_CHAIR], user__isnull=False)
    administrators = User.objects.filter(role=Role.ADMINISTRATOR, is_active=True)
    for pk in {*chairs.values_list("user", flat=True), *administrators.values_list("pk", flat=True)}:
        by_user.setdefault(pk, Judge(pk, ""))
    _describe(by_user)
    return [*by_user.values(), *without]


def _describe(judges: dict[int, Judge]) -> None:
    for pk, email in User.objects.filter(pk__in=judges).values_list("pk", "email"):
        judges[pk].addresses.add(email.lower())
    for pk, email in EmailAddress.objects.filter(user__in=judges, verified=True).values_list("user", "email"):
        judges[pk].addresses.add(email.lower())
    for person in Person.objects.filter(user__in=judges):
        judge = judges[person.user_id]
        judge.person, judge.orcid = person.pk, person.orcid or ""
        if person.affiliation_id:
            judge.organisations.add(person.affiliation_id)
    since = timezone.now() - datetime.timedelta(days=round(365.25 * YEARS))
    _add_co_authors(judges, since)
    _add_co_submitters(judges, since)


def _add_co_authors(judges: dict[int, Judge], since: datetime.datetime) -> None:
    """From the outputs of the last years, by person or ORCID."""
    people = {judge.person: judge for judge in judges.values() if judge.person}
    orcids = {judge.orcid: judge for judge in judges.values() if judge.orcid}
    recent = Contributor.objects.filter(
        version__output__state=OutputState.PUBLISHED, version__output__sort_date__gte=since.date()
    )
    mine: dict[int, list[Judge]] = defaultdict(list)
    for version, person, orcid in recent.filter(Q(person__in=people) | Q(orcid__in=orcids)).values_list(
        "version", "person", "orcid"
    ):
        judge = people.get(person) or orcids.get(orcid)
        if judge is not None:
            mine[version].append(judge)
    for contributor in recent.filter(version__in=mine):
        for judge in mine[contributor.version_id]:
            _note(judge, contributor)


def _note(judge: Judge, contributor: Contributor) -> None:
    if contributor.person_id == judge.person and judge.person or contributor.orcid == judge.orcid != "":
        return
    judge.co_orcids.add(contributor.orcid) if contributor.orcid else None
    judge.co_people.add(contributor.person_id) if contributor.person_id else None
    judge.co_names.add(normalised(f"{contributor.given_name} {contributor.family_name}"))


def _add_co_submitters(judges: dict[int, Judge], since: datetime.datetime) -> None:
    """From what was handed in to any conference in the last years."""
    recent = SubmissionAuthor.objects.filter(submission__submitted_at__gte=since)
    by_submission: dict[int, list[SubmissionAuthor]] = defaultdict(list)
    for author in recent:
        by_submission[author.submission_id].append(author)
    for judge in judges.values():
        for pk, authors in by_submission.items():
            own = [author for author in authors if _is_author(judge, author)]
            for author in authors if own else ():
                if author not in own:
                    _note_submitter(judge, author, pk)


def _note_submitter(judge: Judge, author: SubmissionAuthor, submission: int) -> None:
    if author.email:
        judge.co_addresses[author.email.lower()].add(submission)
    if " " in (name := normalised(author.name)):
        judge.co_submission_names[name].add(submission)


def _is_author(judge: Judge, author: SubmissionAuthor) -> bool:
    return author.email.lower() in judge.addresses or bool(author.orcid and author.orcid == judge.orcid)


def people_of_authors(authors: Iterable[SubmissionAuthor]) -> dict[int, int]:
    """{author: person}, by ORCID or a confirmed address."""
    authors = list(authors)
    by_orcid = dict(
        Person.objects.filter(orcid__in={author.orcid for author in authors if author.orcid}).values_list("orcid", "pk")
    )
    addresses = {author.email.lower() for author in authors if author.email}
    by_address = dict(
        EmailAddress.objects.filter(verified=True, email__in=addresses).values_list("email", "user__person")
    )
    found = {author.pk: by_orcid.get(author.orcid) or by_address.get(author.email.lower()) for author in authors}
    return {author: person for author, person in found.items() if person}


def found_in_records(edition: Edition, submissions: Iterable[Submission]) -> set[Row]:
    """What our records show, in a fixed number of statements."""
    submissions = list(submissions)
    authors: dict[int, list[SubmissionAuthor]] = defaultdict(list)
    for author in SubmissionAuthor.objects.filter(submission__in=submissions):
        authors[author.submission_id].append(author)
    people = people_of_authors(author for group in authors.values() for author in group)
    organisations, judges = Organisations(), judges_of(edition)
    return {
        (submission.pk, judge.user, judge.email, kind)
        for submission in submissions
        for judge in judges
        for kind in _kinds(submission, authors[submission.pk], judge, people, organisations)
    }


def _kinds(
    submission: Submission,
    authors: list[SubmissionAuthor],
    judge: Judge,
    people: dict[int, int],
    organisations: Organisations,
) -> Iterable[str]:
    if (judge.user and judge.user == submission.submitter_id) or any(_is_author(judge, author) for author in authors):
        yield ConflictKind.AUTHOR
        return
    theirs = {pk for author in authors if (pk := organisations.of_author(author))}
    if any(organisations.same(one, other) for one in judge.organisations for other in theirs):
        yield ConflictKind.SAME_ORGANISATION
    if any(judge.wrote_with(author, people.get(author.pk)) for author in authors):
        yield ConflictKind.CO_AUTHOR


def forbidden_pairs(submissions: Iterable[Submission], reviewers: Iterable[Reviewer]) -> dict[tuple[int, int], str]:
    """{(submission, reviewer): kind} of every conflict on record; an author always, whatever the record says."""
    submissions, reviewers = list(submissions), list(reviewers)
    rows: list[Any] = list(
        Conflict.objects.filter(submission__in=submissions).values_list("submission", "user", "email", "kind")
    )
    authors = SubmissionAuthor.objects.filter(submission__in=submissions).exclude(email="")
    rows += [(pk, None, email, ConflictKind.AUTHOR) for pk, email in authors.values_list("submission", "email")]
    rows += [(submission.pk, submission.submitter_id, "", ConflictKind.AUTHOR) for submission in submissions]
    addresses = _addresses(reviewers)
    found: dict[tuple[int, int], str] = {}
    by_user, by_address = defaultdict(list), defaultdict(list)
    for reviewer in reviewers:
        if reviewer.user_id:
            by_user[reviewer.user_id].append(reviewer.pk)
        for address in addresses[reviewer.pk]:
            by_address[address].append(reviewer.pk)
    for submission, user, email, kind in rows:
        for pk in by_user[user] if user else by_address[email.lower()]:
            found.setdefault((submission, pk), kind)
    return found


def _addresses(reviewers: list[Reviewer]) -> dict[int, set[str]]:
    confirmed: dict[int, set[str]] = defaultdict(set)
    users = [reviewer.user_id for reviewer in reviewers if reviewer.user_id]
    for user, email in EmailAddress.objects.filter(user__in=users, verified=True).values_list("user", "email"):
        confirmed[user].add(email.lower())
    return {reviewer.pk: {reviewer.email.lower(), *confirmed[reviewer.user_id or 0]} for reviewer in reviewers}
