"""Two people do the same at the same moment: the second one waits for the first, and then sees what the first did."""

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from evidence.actions import briefs, cooperation, questions
from evidence.models import Brief, Opportunity, Question
from evidence.states import OpportunityState
from publications.models import Output
from publications.states import IllegalTransition
from tests.factories.asking import make_opportunity, make_question
from tests.factories.briefs import make_brief
from tests.factories.evidence import curator

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"


def run_meanwhile(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """What `second` gave or raised, begun while the transaction of `first` was still open."""
    outcome: list[Any] = []

    def work() -> None:
        try:
            outcome.append(second())
        except Exception as error:  # noqa: BLE001 - handed to the test, whatever it is
            outcome.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    with transaction.atomic():
        first()
        thread.start()
        _wait_until_blocked(thread)
    thread.join(timeout=30)
    return outcome[0]


def _wait_until_blocked(thread: threading.Thread) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and thread.is_alive():
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    pytest.fail("The second one did not wait for the first")


def test_a_brief_becomes_one_publication() -> None:
    brief = make_brief()
    before = Output.objects.count()
    same = Brief.objects.get(pk=brief.pk)
    version = run_meanwhile(
        lambda: briefs.make_output(brief, by=brief.owner), lambda: briefs.make_output(same, by=same.owner)
    )
    assert Output.objects.count() == before + 1
    assert Brief.objects.get(pk=brief.pk).output == version.output


def test_a_question_goes_into_one_hand() -> None:
    question, one, two = make_question(), curator(1), curator(2)
    outcome = run_meanwhile(lambda: questions.take(question, by=one), lambda: questions.take(question, by=two))
    assert isinstance(outcome, IllegalTransition)
    assert Question.objects.get(pk=question.pk).taken_by == one


def test_what_was_edited_meanwhile_is_not_let_in() -> None:
    seen = make_opportunity(OpportunityState.POSTED)
    one = curator(1)
    outcome = run_meanwhile(
        lambda: cooperation.edit(seen, {"title_id": "Lain"}, by=seen.owner),
        lambda: cooperation.let_in(seen, by=one, seen=0),
    )
    assert isinstance(outcome, IllegalTransition)
    assert Opportunity.objects.get(pk=seen.pk).state == OpportunityState.POSTED
