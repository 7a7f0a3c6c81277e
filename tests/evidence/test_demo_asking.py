"""The sample questions and opportunities: in every state, with answers that rest on what findings say."""

from collections import Counter

import pytest
from django.core import mail

from evidence.models import Interest, Opportunity, Question
from evidence.queries.questions import findings_behind
from evidence.states import OpportunityState, QuestionState
from tests.evidence.test_demo import load, make_samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


def test_questions_and_opportunities() -> None:
    make_samples()
    load()
    states = Counter(Question.objects.values_list("state", flat=True))
    assert states == {
        QuestionState.PUBLISHED: 11,
        QuestionState.ANSWERED: 1,
        QuestionState.ASKED: 2,
        QuestionState.DECLINED: 1,
    }
    assert Question.objects.filter(is_gap=True).count() == 1
    for question in Question.objects.filter(state=QuestionState.PUBLISHED, is_gap=False):
        behind = findings_behind(question)
        assert behind.findings and not behind.vanished
        assert all(question.pmks in finding.pmks.all() for finding in behind.findings)
        assert question.decided_on is not None
        assert question.asked_at.date() < question.decided_on
    assert Opportunity.objects.filter(state=OpportunityState.POSTED).count() == 2
    closed = Opportunity.objects.filter(state=OpportunityState.CLOSED)
    assert len(closed) == 3
    assert all(one.result_id and one.result_en for one in closed)
    assert Opportunity.objects.open().count() == 7
    assert {one.kind for one in Opportunity.objects.open()} == {
        "research_wanted",
        "data_offered",
        "evaluation_partner",
    }
    assert Interest.objects.count() == 3
    assert not mail.outbox
