"""Loads what the sample outputs found, what follows from it and what became of that."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from evidence import rules
from evidence.actions import recommendations, summaries
from evidence.demo.accounts import Cast, cast
from evidence.demo.briefs import load_briefs
from evidence.demo.bulk import Writer
from evidence.demo.content import Record
from evidence.demo.cooperation import load_opportunities
from evidence.demo.messages import load_messages
from evidence.demo.places import ENTERED, FOLLOWED_UP, Place, untouched_places
from evidence.demo.questions import load_questions
from evidence.demo.uses import load_uses
from evidence.models import Finding, PlainSummary, Recommendation
from publications.demo.loading import SOURCE, count_rows, past, without_tasks
from publications.models import Output

COPIED = ("text_id", "text_en", "addressee_kind", "addressee_name")
ANSWERED_AT = datetime.time(10, 15)


def wanted() -> bool:
    """There are sample outputs, and none of them has a finding."""
    samples = Output.objects.filter(source=SOURCE)
    return samples.exists() and not Finding.objects.filter(output__in=samples).exists()


@transaction.atomic
def load(say: Callable[[str], None]) -> int:
    """Load what belongs to sample outputs that have nothing of it, all or nothing; returns how many findings.

    Recommendations and summaries go through the actions that people use, findings through `Writer`.
    """
    places = untouched_places()
    if not places:
        return 0
    say("Entering the sample findings …")
    with without_tasks():
        people = cast()
        count = Writer(people).write(places)
        follower = Follower(people)
        for place in places:
            if place.output.is_public:
                follower.follow(place)
        count_rows("evidence")
        load_messages(people.raters)
        load_briefs(people)
        load_uses(people)
        load_questions(people)
        load_opportunities(people)
    count_rows("publications", "evidence")
    return count


class Follower:
    """Enters summaries and recommendations, and the answers of their addressees."""

    def __init__(self, people: Cast) -> None:
        self.people = people
        self.units = {unit.code: unit for unit in Organisation.objects.filter(code__isnull=False)}

    def follow(self, place: Place) -> None:
        if place.evidence.summary:
            self._summarise(place, place.evidence.summary)
        for record in place.evidence.recommendations:
            recommendation = self._recommend(place, record)
            for step in record["steps"]:
                self._answer(recommendation, step)

    def _summarise(self, place: Place, record: Record) -> None:
        by = self.people.enterer_of(place.output)
        summary = summaries.write(place.output, record["text_id"], record["text_en"], by=by)
        checker = self.people.checker_of(place.output)
        summaries.check(summary, by=checker, seen=summary.edited_at, on=place.on(FOLLOWED_UP))
        PlainSummary.objects.filter(pk=summary.pk).update(edited_at=place.at(ENTERED))

    def _recommend(self, place: Place, record: Record) -> Recommendation:
        data: dict[str, Any] = {name: record[name] for name in COPIED}
        data["addressee"] = self.units[code] if (code := record["addressee_code"]) else None
        data["findings"] = [place.findings[key] for key in record["findings"]]
        entered = recommendations.enter(place.output, data, by=self.people.enterer_of(place.output))
        Recommendation.objects.filter(pk=entered.pk).update(created_at=place.at(ENTERED))
        return recommendations.check(entered, by=self.people.checker_of(place.output), on=place.on(FOLLOWED_UP))

    def _answer(self, recommendation: Recommendation, step: Record) -> None:
        day = datetime.date.fromisoformat(step["on"])
        at = past(timezone.make_aware(datetime.datetime.combine(day, ANSWERED_AT)))
        by = self._answerer(recommendation)
        recommendations.answer(recommendation, step["state"], step["note_id"], step["note_en"], by=by, at=at)

    def _answerer(self, recommendation: Recommendation) -> User:
        """The addressee where it has an account, else a curator in its name."""
        policymaker = self.people.policymaker
        return policymaker if rules.is_addressee(policymaker, recommendation) else self.people.raters[0]
