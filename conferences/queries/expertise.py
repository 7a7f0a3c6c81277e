"""The assignment's problem as numbers and words: what papers are about, what reviewers know."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from conferences.assigning import Expert, Paper
from conferences.models import Assignment, Decision, Edition, Reviewer, Submission
from conferences.queries.conflicts import forbidden_pairs
from conferences.states import OPEN_ASSIGNMENTS, AssignmentState, ReviewerState, SubmissionState
from publications.models import Contributor
from publications.states import OutputState

MOST_OUTPUTS = 40
HOLDING = OPEN_ASSIGNMENTS | {AssignmentState.PROPOSED}


@dataclass(frozen=True, slots=True)
class Problem:
    papers: list[Paper]
    experts: list[Expert]
    conflicts: set[tuple[int, int]]
    rounds: dict[int, int]
    submissions: dict[int, Submission]


def problem_of(edition: Edition) -> Problem:
    """All that is handed in and not decided; in a fixed number of statements."""
    rows = Submission.objects.filter(edition=edition, state=SubmissionState.SUBMITTED).prefetch_related(
        "pmks", "methods"
    )
    decided = set(
        Decision.objects.filter(submission__edition=edition, released_at=None).values_list("submission", flat=True)
    )
    submissions = {row.pk: row for row in rows if row.pk not in decided}
    reviewers = list(
        Reviewer.objects.filter(edition=edition, state=ReviewerState.ACCEPTED).prefetch_related(
            "tracks", "pmks", "methods"
        )
    )
    assignments = list(Assignment.objects.filter(submission__edition=edition))
    return Problem(
        papers=[_paper(row, edition.reviews_each, assignments) for row in submissions.values()],
        experts=_experts(reviewers, assignments),
        conflicts=set(forbidden_pairs(submissions.values(), reviewers)),
        rounds={row.pk: row.round for row in submissions.values()},
        submissions=submissions,
    )


def _paper(submission: Submission, each: int, assignments: Iterable[Assignment]) -> Paper:
    mine = [row for row in assignments if row.submission_id == submission.pk and row.round == submission.round]
    holding = sum(row.state in HOLDING for row in mine)
    words = (submission.title_id, submission.title_en, submission.abstract_id, submission.abstract_en)
    return Paper(
        key=submission.pk,
        text=" ".join([*words, *submission.keywords]),
        track=submission.track_id,
        pmks=frozenset(term.code for term in submission.pmks.all()),
        methods=frozenset(term.code for term in submission.methods.all()),
        wanted=max(each - holding, 0),
        had=frozenset(row.reviewer_id for row in mine),
    )


def _experts(reviewers: list[Reviewer], assignments: list[Assignment]) -> list[Expert]:
    load = Counter(row.reviewer_id for row in assignments if row.state in HOLDING)
    texts = texts_of(reviewers)
    return [
        Expert(
            key=reviewer.pk,
            text=" ".join([texts[reviewer.pk], *(str(term) for term in reviewer.pmks.all())]),
            tracks=frozenset(track.pk for track in reviewer.tracks.all()),
            pmks=frozenset(term.code for term in reviewer.pmks.all()),
            methods=frozenset(term.code for term in reviewer.methods.all()),
            room=reviewer.most - load[reviewer.pk],
            load=load[reviewer.pk],
        )
        for reviewer in reviewers
    ]


def texts_of(reviewers: Iterable[Reviewer]) -> dict[int, str]:
    """Titles, abstracts and keywords of what each has published here, newest first."""
    by_user = {reviewer.user_id: reviewer.pk for reviewer in reviewers if reviewer.user_id}
    rows = Contributor.objects.filter(person__user__in=by_user, version__output__state=OutputState.PUBLISHED)
    rows = rows.filter(version=F("version__output__current"))
    names = ("title_id", "title_en", "abstract_id", "abstract_en", "keywords_id", "keywords_en")
    found: dict[int, list[str]] = defaultdict(list)
    values = rows.order_by("-version__output__sort_date", "-version__pk").values_list(
        "person__user", *(f"version__{name}" for name in names)
    )
    for user, *texts in values:
        own = found[by_user[user]]
        if len(own) < MOST_OUTPUTS:
            own.append(" ".join(" ".join(text) if isinstance(text, list) else text for text in texts))
    return {reviewer.pk: " ".join(found[reviewer.pk]) for reviewer in reviewers}
