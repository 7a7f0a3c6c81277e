"""The copy of somebody's data holds what they entered, rated and answered, and nothing of others."""

import pytest

from accounts.personal_data import personal_data
from evidence.actions import recommendations
from tests.factories.evidence import curator, make_finding, make_ratings, make_recommendation, make_summary
from tests.factories.publications import some_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def test_what_somebody_did() -> None:
    finding = make_finding()
    make_ratings(finding, 3, 2)
    recommendations.answer(make_recommendation(finding), "noted", "Diterima.", by=curator(1))
    make_summary(finding.output)
    owner, rater = (personal_data(user)["evidence"] for user in (finding.output.owner, curator(2)))
    assert [row["id"] for row in owner["findings"]] == [finding.pk]
    assert owner["ratings"] == []
    assert len(owner["recommendations"]) == len(owner["summaries"]) == 1
    assert [row["reason_id"] for row in rater["ratings"]] == ["Alasan penilai 2."]
    assert rater["findings"] == rater["answers"] == []
    assert [row["note_id"] for row in personal_data(curator(1))["evidence"]["answers"]] == ["Diterima."]
    assert not any(personal_data(some_user())["evidence"].values())
