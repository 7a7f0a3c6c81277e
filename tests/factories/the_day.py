"""Participants, the programme as published, check-ins: rows as the actions of the site leave them."""

import datetime
import itertools
import uuid
from typing import Any

from django.db.models import Max
from django.utils import timezone

from conferences.actions import check_ins
from conferences.actions.check_ins import Outcome, Told
from conferences.models import (
    CheckIn,
    CommitteeRole,
    Edition,
    ProgrammeItem,
    ProgrammeSession,
    Registration,
    Schedule,
    SessionChair,
    Submission,
)
from conferences.queries.snapshot import snapshot
from conferences.states import RegistrationState
from tests.factories.conferences import committee, make_edition

_numbers = itertools.count(1)
HOUR = datetime.timedelta(hours=1)


def edition_today(**fields: Any) -> Edition:
    today = timezone.localdate()
    return make_edition(**{"starts_on": today, "ends_on": today, **fields})


def registrar(edition: Edition) -> Any:
    return committee(edition, CommitteeRole.REGISTRATION)


def make_participant(edition: Edition, state: str = RegistrationState.CONFIRMED, **fields: Any) -> Registration:
    last = Registration.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    return Registration.objects.create(**{**_values(edition, last + 1, state), **fields})


def make_participants(edition: Edition, count: int) -> list[Registration]:
    rows = [Registration(**_values(edition, number, RegistrationState.CONFIRMED)) for number in range(1, count + 1)]
    return Registration.objects.bulk_create(rows)


def _values(edition: Edition, number: int, state: str) -> dict[str, Any]:
    declined = {"reason": "Penuh.", "decided_by": registrar(edition)} if state == RegistrationState.DECLINED else {}
    return {
        "edition": edition, "number": number, "state": state, "category": "lecturer", "badge_key": uuid.uuid4(),
        "name": f"Dr. Peserta Contoh {number}, M.Si.", "institution_name": "Universitas Contoh",
        "email": f"peserta{next(_numbers)}@contoh.id", **declined,
    }  # fmt: skip


def make_session(edition: Edition, *, hours_ago: float = 3, **fields: Any) -> ProgrammeSession:
    """Over two hours after it began."""
    starts = timezone.now() - hours_ago * HOUR
    values = {"title_id": f"Sesi {next(_numbers)}", "title_en": "", "starts_at": starts, "ends_at": starts + 2 * HOUR}
    return ProgrammeSession.objects.create(**{"edition": edition, **values, **fields})


def place(session: ProgrammeSession, submission: Submission) -> ProgrammeItem:
    return ProgrammeItem.objects.create(
        session=session, submission=submission, starts_at=session.starts_at, key=uuid.uuid4()
    )


def chaired_by(session: ProgrammeSession, name: str, **fields: Any) -> SessionChair:
    return SessionChair.objects.create(session=session, name=name, **fields)


def publish(edition: Edition) -> Schedule:
    number = edition.schedules.count() + 1
    return Schedule.objects.create(edition=edition, number=number, data=snapshot(edition))


def tell(edition: Edition, *registrations: Registration, by: Any = None, **fields: Any) -> list[Outcome]:
    told = [Told(uuid.uuid4(), row.number, **fields) for row in registrations]
    return check_ins.record(edition, told, by=by or registrar(edition))


def check_in(registration: Registration, session: ProgrammeSession | None = None) -> CheckIn:
    (outcome,) = tell(registration.edition, registration, session=session.pk if session else None)
    assert outcome.row is not None
    return outcome.row
