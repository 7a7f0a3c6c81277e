"""Sample questions, all invented, asked and answered through the actions that people use, counted back from today."""

import datetime
import json
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from accounts.models import Role, User
from evidence.actions import questions
from evidence.demo import content
from evidence.demo.accounts import Cast
from evidence.demo.content import Record
from evidence.models import Finding, Question
from publications.demo import accounts
from publications.demo.accounts import Account
from publications.demo.loading import SOURCE
from taxonomy.models import Pmks, Service

FILE = Path(__file__).parent / "questions.json"
DAYS_TO_ANSWER, DAYS_TO_DECISION = 3, 5
# They ask and post; nobody signs in with them.
OFFICIAL = Account(Role.POLICYMAKER, "dinas1@contoh.id", "Pejabat Dinas Contoh", signs_in=False)
SECOND = Account(Role.POLICYMAKER, "dinas2@contoh.id", "Perencana Daerah Contoh", signs_in=False)


@dataclass(frozen=True)
class People:
    by_name: dict[str, User]
    answering: User
    approving: User


def people_of(cast: Cast) -> People:
    """Several, since nobody may ask or post much in a day."""
    administrator = User.objects.get(email=accounts.ADMINISTRATOR.email)
    officials = [accounts.existing(who) or accounts.create(who, administrator) for who in (OFFICIAL, SECOND)]
    by_name = {"policymaker": cast.policymaker, "researcher": cast.researcher}
    by_name |= dict(zip(("official", "second"), officials, strict=True))
    return People(by_name, cast.raters[0], cast.raters[1])


def days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def load_questions(cast: Cast) -> None:
    if Question.objects.exists():
        return
    people, statements = people_of(cast), _statements()
    for record in json.loads(FILE.read_text(encoding="utf-8")):
        _carry(record, _ask(record, people), people, statements)


def _statements() -> dict[str, str]:
    """By the key of the finding, since the database knows no keys."""
    return {one["key"]: one["statement_id"] for evidence in content.evidence().values() for one in evidence.findings}


def _ask(record: Record, people: People) -> Question:
    language = "id" if record.get("text_id") else "en"
    data = {
        "pmks": Pmks.objects.get(code=record["pmks"]),
        "service": Service.objects.get(code=record["service"]) if record["service"] else None,
        "language": language,
        "text": record[f"text_{language}"],
        "background": record.get("background", ""),
        "is_named": record["named"],
    }
    return questions.ask(data, by=people.by_name[record["by"]], at=days_ago(record["days"]))


def _carry(record: Record, question: Question, people: People, statements: dict[str, str]) -> None:
    """As far as its state says; one whose findings are not public waits."""
    state = record.get("state", "published")
    decided_on = timezone.localdate(days_ago(max(record["days"] - DAYS_TO_DECISION, 0)))
    if state == "declined":
        questions.decline(question, record["reason"], by=people.approving, on=decided_on)
        return
    chosen = [
        Finding.objects.public().filter(statement_id=statements[key], output__source=SOURCE).first()
        for key in record.get("findings", [])
    ]
    if state == "asked" or None in chosen:
        return
    reply = {name: record[name] for name in questions.TEXTS} | {"is_gap": record.get("gap", False)}
    questions.write(question, reply, by=people.answering)
    for finding in filter(None, chosen):
        questions.choose(question, finding, by=people.answering)
    question = questions.answer(question, by=people.answering, at=days_ago(max(record["days"] - DAYS_TO_ANSWER, 0)))
    if state == "published":
        questions.approve(question, by=people.approving, seen=question.answered_at, on=decided_on)
