"""What the factories make obeys the database and the rules."""

from typing import Any

import pytest

from conferences import phases
from conferences.models import CommitteeRole
from conferences.rules import committee as committee_rules
from conferences.states import EditionState, SubmissionState
from tests.factories.conferences import committee, make_edition, make_file, make_submission, make_track

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", SubmissionState)
def test_a_submission_in_every_state(state: str, vocabularies: Any) -> None:
    submission = make_submission(make_track(make_edition(), pmks=["PMKS-08"]), state, pmks=["PMKS-08"])
    assert [author.name for author in submission.authors.all()] == ["Siti Rahmawati", "Sukarno"]
    assert make_file(submission).round == 1


def test_the_call_of_an_edition_is_open_only_once_it_is_public() -> None:
    assert phases.is_call_open(make_edition())
    assert not phases.is_call_open(make_edition(EditionState.DRAFT))


@pytest.mark.parametrize("role", CommitteeRole)
def test_somebody_in_every_role(role: str) -> None:
    edition = make_edition()
    assert committee_rules.roles_in(committee(edition, role), edition) == {role}
