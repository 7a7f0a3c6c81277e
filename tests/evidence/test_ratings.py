"""Ratings: a word, a reason, a name; one a rater and kind; never by those who are concerned."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.models import LogEntry
from evidence import rubrics
from evidence.actions import ratings
from evidence.actions.common import ReasonMissing
from evidence.models import Level, Rating, RatingKind
from evidence.states import RATEABLE, FindingState
from publications.models import Change
from tests.factories.evidence import curator, make_finding, make_ratings
from tests.factories.publications import make_output, some_user, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.mark.parametrize("state", list(FindingState))
def test_in_which_states(state: FindingState) -> None:
    finding = make_finding(state=state)
    if state in RATEABLE:
        assert ratings.rate(finding, "strength", 3, "Sampel acak.", by=curator()).value == Level.MODERATE
    else:
        with pytest.raises(PermissionDenied):
            ratings.rate(finding, "strength", 3, "Sampel acak.", by=curator())


def test_only_curators_and_never_of_their_own_paper() -> None:
    one = curator(1)
    finding = make_finding(make_output(one), FindingState.PROPOSED)
    for user in (one, some_user()):
        with pytest.raises(PermissionDenied):
            ratings.rate(finding, "strength", 3, "Sampel acak.", by=user)


def test_who_rates_again_replaces_the_former_rating_which_stays_in_the_log() -> None:
    finding = make_finding()
    make_ratings(finding, 4)
    ratings.rate(finding, "strength", 2, "Sampel ternyata tidak acak.", by=curator(1))
    rating = Rating.objects.get()
    assert (rating.value, rating.reason, rating.rubric) == (2, "Sampel ternyata tidak acak.", rubrics.CURRENT)
    assert LogEntry.objects.filter(action="finding.rated").first().changes["strength"] == [4, 2]


def test_the_finding_repeats_the_lowest_word() -> None:
    finding = make_finding()
    make_ratings(finding, 4, 2, 3)
    make_ratings(finding, 3, kind="applicability")
    finding.refresh_from_db()
    assert (finding.strength, finding.applicability) == (2, 3)


@pytest.mark.parametrize(("kind", "value"), [("stars", 3), ("strength", 0), ("strength", 5), ("", 1)])
def test_nothing_but_the_rubrics_words(kind: str, value: int) -> None:
    with pytest.raises(ValueError, match="not a valid"):
        ratings.rate(make_finding(), kind, value, "Alasan.", by=curator())


def test_a_reason_is_needed() -> None:
    with pytest.raises(ReasonMissing):
        ratings.rate(make_finding(), "strength", 3, "  ", by=curator())


def test_the_public_notices_only_what_it_sees() -> None:
    waiting, public = make_finding(state=FindingState.PROPOSED), make_finding()
    before = Change.objects.count()
    make_ratings(waiting, 3)
    assert Change.objects.count() == before
    make_ratings(public, 3)
    assert Change.objects.count() == before + 1
    withdraw(public.output)
    before = Change.objects.count()
    make_ratings(public, 2)
    assert Change.objects.count() == before


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("value_known", {"value": 5}),
        ("value_known", {"value": 0}),
        ("has_reason", {"reason_id": "", "reason_en": ""}),
        ("kind", {"kind": "x"}),
    ],
)
def test_the_database_refuses(constraint: str, columns: dict[str, object]) -> None:
    make_ratings(make_finding(), 3)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Rating.objects.update(**columns)


def test_every_rubric_has_criteria_for_every_word() -> None:
    for edition in rubrics.EDITIONS.values():
        assert [rubric.kind for rubric in edition] == list(RatingKind)
        for rubric in edition:
            assert [one.level for one in rubric.levels] == sorted(Level, reverse=True)
            assert all(one.criteria for one in rubric.levels)
