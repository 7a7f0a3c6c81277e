"""How reviewing goes: the numbers over all pages, the order by score, what is hidden."""

import pytest
from django.test import Client
from django.urls import reverse

from conferences.models import Conflict, ConflictKind
from conferences.queries.progress import Progress
from conferences.states import AssignmentState
from conferences.views.reviewing import desk_reviews
from tests.factories.reviewing import chair, give_review, make_assignment, make_review_round

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def test_numbers_and_order_leave_out_what_the_reader_is_in_conflict_with() -> None:
    edition, _track, (low, high, own, bare) = make_review_round(4)
    for submission, points in ((low, (2, 2)), (high, (5, 4)), (own, (5, 5))):
        for one in points:
            give_review(make_assignment(submission, AssignmentState.ACCEPTED), one)
    make_assignment(bare, due=-1)
    me = chair(edition)
    Conflict.objects.create(submission=own, user=me, kind=ConflictKind.FOUND, made_by=me)
    seen = Progress(edition, me, by_score=True)
    assert seen.order == [high.pk, low.pk, own.pk, bare.pk]
    counts = seen.counts()
    assert (counts.submissions, counts.whole, counts.missing, counts.late, counts.decided) == (3, 2, 1, 1, 0)
    rows = seen.rows(seen.order)
    assert [row.summary.median for row in rows] == [4.5, 2, None, None]
    assert [row.is_hidden for row in rows] == [False, False, True, False]


def test_an_earlier_round_does_not_count() -> None:
    edition, _track, (submission,) = make_review_round(1)
    give_review(make_assignment(submission, AssignmentState.ACCEPTED), 5)
    make_assignment(submission, AssignmentState.DECLINED)
    submission.round = 2
    submission.save(update_fields=["round"])
    seen = Progress(edition, chair(edition))
    assert (seen.counts().whole, seen.counts().missing) == (0, 2)


def test_a_long_list_comes_in_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk_reviews, "PAGE_SIZE", 2)
    edition, _track, submissions = make_review_round(3)
    client.force_login(chair(edition))
    path = reverse("conferences:desk_progress", args=[edition.slug])
    first, second = client.get(path), client.get(path, {"halaman": 2})
    assert [row.submission for row in first.context["rows"]] == submissions[:2]
    assert [row.submission for row in second.context["rows"]] == submissions[2:]
    assert first.context["counts"] == second.context["counts"]
