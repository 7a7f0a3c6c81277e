"""How the reviewing of an edition goes, as whoever leads it sees it: all of it in numbers, a page of it in rows.

What the reader is in conflict with stands in the list without anything of its review, and is in no number.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import User
from conferences.models import Assignment, Decision, Edition, Score, Submission
from conferences.queries.reviewing import COUNTED, OPEN, SubmissionRow, rows_of
from conferences.rules.committee import conflicted, tracks_led
from conferences.states import AssignmentState, SubmissionState

RUNNING = F("submission__round")


@dataclass(frozen=True, slots=True)
class Counts:
    submissions: int
    whole: int
    missing: int
    late: int
    decided: int


class Progress:
    """Everything handed in, of the tracks that somebody leads. `order`: the submissions' ids as the list has them."""

    def __init__(self, edition: Edition, user: User, *, by_score: bool = False) -> None:
        self.edition, self.user = edition, user
        rows = Submission.objects.filter(edition=edition).handed_in().exclude(state=SubmissionState.WITHDRAWN)
        tracks = tracks_led(user, edition)
        self.submissions = rows if tracks is None else rows.filter(track__in=tracks)
        found = list(self.submissions.order_by("number").only("pk"))
        self.hidden = conflicted(user, found)
        ids = [submission.pk for submission in found]
        self.order = self._by_score(ids) if by_score else ids

    def rows(self, ids: Sequence[int]) -> list[SubmissionRow]:
        """In the order of `ids`."""
        found = Submission.objects.select_related("track", "edition", "submitter").in_bulk(ids)
        return rows_of([found[pk] for pk in ids], self.user)

    def _running(self, model: "type[Assignment] | type[Decision]") -> "QuerySet[Any]":
        """Of the running round, without what is hidden."""
        rows = model.objects.filter(submission__in=self.submissions, round=RUNNING)
        return rows.exclude(submission__in=self.hidden)

    def counts(self) -> Counts:
        late = Q(state__in=OPEN, due_at__lte=timezone.now())
        each = self.edition.reviews_each
        made = (
            self._running(Assignment)
            .values("submission")
            .annotate(
                done=Count("pk", filter=Q(state=AssignmentState.REVIEWED)),
                counted=Count("pk", filter=Q(state__in=COUNTED)),
                late=Count("pk", filter=late),
            )
        )
        rows = list(made.values_list("done", "counted", "late").order_by())
        seen = sum(pk not in self.hidden for pk in self.order)
        return Counts(
            submissions=seen,
            whole=sum(done >= each for done, _counted, _late in rows),
            missing=sum(max(each - counted, 0) for _done, counted, _late in rows) + (seen - len(rows)) * each,
            late=sum(late for _done, _counted, late in rows),
            decided=self._running(Decision).count(),
        )

    def _by_score(self, ids: list[int]) -> list[int]:
        """The highest median first; what has none, or is hidden, at the end by number."""
        medians = self._medians()
        place = {pk: n for n, pk in enumerate(ids)}
        return sorted(ids, key=lambda pk: (pk not in medians, -medians.get(pk, 0), place[pk]))

    def _medians(self) -> dict[int, float]:
        reviewed = self._running(Assignment).filter(state=AssignmentState.REVIEWED)
        rows = Score.objects.filter(review__assignment__in=reviewed).values("review")
        weight = F("criterion__weight")
        rows = rows.annotate(points=Sum(F("points") * weight), weights=Sum(weight)).order_by()
        scores: dict[int, list[float]] = defaultdict(list)
        for submission, points, weights in rows.values_list("review__assignment__submission", "points", "weights"):
            scores[submission].append(points / weights)
        return {submission: median(several) for submission, several in scores.items()}
