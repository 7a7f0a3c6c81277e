"""Which outputs were given at an edition, and who says so."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import LogEntry, Role
from conferences.actions import papers as actions
from conferences.models import CommitteeRole, Edition, Paper
from conferences.states import EditionState
from publications.models import Change, Output
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track
from tests.factories.publications import make_draft, make_output, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def collected(edition: Edition, *outputs: Output) -> list[Paper]:
    by = committee(edition, CommitteeRole.EDITOR)
    return [actions.collect(edition, output, by=by) for output in outputs]


ALLOWED = (CommitteeRole.CHAIR, CommitteeRole.SECRETARY, CommitteeRole.EDITOR)


@pytest.mark.parametrize("role", CommitteeRole.values)
def test_who_of_the_committee_collects_papers(role: str) -> None:
    edition, output = make_edition(EditionState.ARCHIVED), make_output()
    if role in ALLOWED:
        assert actions.collect(edition, output, by=committee(edition, role)).position == 1
    else:
        with pytest.raises(PermissionDenied):
            actions.collect(edition, output, by=committee(edition, role))


def test_who_else_collects_papers() -> None:
    edition, other, output = make_edition(), make_edition(), make_output()
    for user in (make_user("peneliti@contoh.id"), committee(other, CommitteeRole.CHAIR)):
        with pytest.raises(PermissionDenied):
            actions.collect(edition, output, by=user)
    assert actions.collect(edition, output, by=make_user("kurator@contoh.id", role=Role.CURATOR)).output == output


def test_a_paper_stands_once_in_the_order_of_arrival() -> None:
    edition, other, first, second = make_edition(), make_edition(), make_output(), make_output()
    changes = Change.objects.count()
    papers = collected(edition, first, second, first)
    assert [paper.position for paper in papers] == [1, 2, 1]
    assert Change.objects.count() == changes + 2
    assert LogEntry.objects.filter(action="edition.paper_added").count() == 2
    with pytest.raises(actions.AlreadyElsewhere) as raised:
        collected(other, first)
    assert raised.value.edition == edition


def test_only_what_is_public_is_collected() -> None:
    edition, gone = make_edition(), make_output()
    withdraw(gone)
    for output in (gone, make_draft().output):
        with pytest.raises(PermissionDenied):
            collected(edition, output)


def test_a_paper_is_taken_out_once_and_never_one_of_a_submission() -> None:
    edition = make_edition()
    (paper, own) = collected(edition, make_output(), make_output())
    own.submission = make_submission(make_track(edition))
    own.save()
    by = committee(edition, CommitteeRole.EDITOR)
    for _twice in range(2):
        actions.release(paper, by=by)
    assert list(Paper.objects.all()) == [own]
    assert LogEntry.objects.filter(action="edition.paper_taken_out").count() == 1
    with pytest.raises(PermissionDenied):
        actions.release(own, by=by)
    with pytest.raises(PermissionDenied):
        actions.release(own, by=make_user("asing@contoh.id"))
