"""Questions and opportunities in every state, made by the actions that the site itself uses."""

import datetime
from typing import Any

from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from evidence.actions import cooperation, questions
from evidence.models import Finding, Opportunity, Question
from evidence.states import OpportunityState, QuestionState
from taxonomy.models import Pmks, Province
from tests.factories.accounts import make_user
from tests.factories.evidence import curator, make_finding

TEXT = "Apakah kunjungan rumah membantu lanjut usia yang hidup sendiri?"
REPLY = {
    "text_id": TEXT,
    "text_en": "Do home visits help older people who live alone?",
    "answer_id": "Ya, selama ada kader yang dibayar.",
    "answer_en": "Yes, as long as volunteers are paid.",
}


def official(email: str = "pejabat@contoh.id", **fields: Any) -> User:
    known = User.objects.filter(email=email).first()
    return known or make_user(email, role="policymaker", name=fields.pop("name", "Rina Dewi"), **fields)


def question_data(**changes: Any) -> dict[str, Any]:
    data = {"service": None, "language": "id", "text": TEXT, "background": "", "is_named": False} | changes
    return data | {"pmks": Pmks.objects.get(code=changes.get("pmks", "PMKS-08"))}


def make_question(
    state: str = QuestionState.ASKED, *, by: User | None = None, finding: Finding | None = None, **changes: Any
) -> Question:
    """In this state; answered by `curator(1)`, decided by `curator(2)`. `is_gap` among the changes: without finding."""
    reply = {**REPLY, "is_gap": changes.pop("is_gap", False)}
    question = questions.ask(question_data(**changes), by=by or official())
    if state == QuestionState.ASKED:
        return question
    if state == QuestionState.DECLINED:
        return questions.decline(question, "Bukan soal penelitian.", by=curator(2))
    if "text" in changes:
        reply["text_id"] = changes["text"]
    question = questions.write(question, reply, by=curator(1))
    if not reply["is_gap"]:
        questions.choose(question, finding or make_finding(), by=curator(1))
    question = questions.answer(question, by=curator(1))
    if state in (QuestionState.PUBLISHED, QuestionState.WITHDRAWN):
        question = questions.approve(question, by=curator(2), seen=question.answered_at)
    if state == QuestionState.WITHDRAWN:
        question = questions.withdraw(question, "Jawabannya keliru.", by=curator(2))
    return question


def opportunity_data(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": "data_offered",
        "title_id": "Data kunjungan rumah 2019–2023",
        "title_en": "Data of home visits 2019–2023",
        "text_id": "Kami memiliki data kunjungan rumah.",
        "text_en": "We hold data of home visits.",
        "organisation": None,
        "closes_on": timezone.localdate() + datetime.timedelta(days=30),
        "pmks": ["PMKS-08"],
        "provinces": ["ID-JT"],
    } | changes
    data["pmks"] = [Pmks.objects.get(code=code) for code in data["pmks"]]
    data["provinces"] = [Province.objects.get(code=code) for code in data["provinces"]]
    return data


def make_opportunity(state: str = OpportunityState.OPEN, *, by: User | None = None, **changes: Any) -> Opportunity:
    """In this state; decided by `curator(1)`."""
    owner = by or official("pemilik@contoh.id", name="Made Wirawan")
    opportunity = cooperation.post(opportunity_data(**changes), by=owner)
    if state == OpportunityState.RETURNED:
        return cooperation.return_to_owner(
            opportunity, "Sebutkan provinsinya.", by=curator(1), seen=opportunity.revision
        )
    if state == OpportunityState.POSTED:
        return opportunity
    opportunity = cooperation.let_in(opportunity, by=curator(1), seen=opportunity.revision)
    if state == OpportunityState.CLOSED:
        return cooperation.close(opportunity, "Dua universitas memakai data ini.", by=owner)
    if state == OpportunityState.WITHDRAWN:
        return cooperation.withdraw(opportunity, "Ternyata iklan.", by=curator(1))
    return opportunity


def expired(opportunity: Opportunity) -> Opportunity:
    """Its last day was yesterday."""
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Opportunity.objects.filter(pk=opportunity.pk).update(closes_on=yesterday)
    return Opportunity.objects.get(pk=opportunity.pk)


def send_mails() -> list[Any]:
    """What waits to be mailed by the evidence is sent now."""
    from accounts.mail import deliver
    from evidence.tasks import relay

    before = len(mail.outbox)
    for waiting in DBTaskResult.objects.ready().order_by("enqueued_at"):
        if waiting.task_path == relay.module_path:
            relay.func(*waiting.args_kwargs["args"])
        elif waiting.task_path == deliver.module_path and waiting.args_kwargs["args"][1].startswith("evidence/"):
            deliver.func(*waiting.args_kwargs["args"])
        else:
            continue
        waiting.delete()
    return mail.outbox[before:]
