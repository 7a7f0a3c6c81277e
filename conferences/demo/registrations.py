"""Sample participants: the 150 of the third conference, and guests of the coming one whom the committee entered.

That there were 150, and of which seven audiences, is a fact; who they were and how many of each is invented.
"""

import datetime
import itertools
import uuid
import zoneinfo
from collections.abc import Iterator
from typing import Any

from accounts.models import Organisation, User
from conferences.actions import registrations as actions
from conferences.demo.accounts import SECRETARY, user_of
from conferences.models import Attendance, Audience, Edition, Registration, RegistrationTerms
from conferences.states import RegistrationState

GIVEN = (
    "Agus", "Ayu", "Bambang", "Citra", "Dedi", "Endang", "Fitri", "Gunawan", "Hartini", "Irfan", "Joko", "Kartika",
    "Lukman", "Maya", "Nurhayati",
)  # fmt: skip
FAMILY = (
    "Anggraeni", "Batubara", "Cahyono", "Djamaluddin", "Effendi", "Ginting", "Handoko", "Kusumawati", "Lubis",
    "Manurung",
)  # fmt: skip
OF_EACH: dict[Audience, tuple[int, str, str]] = {  # how many, their position, their degree
    Audience.MINISTRY_RESEARCHER: (34, "Peneliti Madya", "M.Si."),
    Audience.RESEARCH_FORUM: (22, "Peneliti Muda", "M.Kesos."),
    Audience.LECTURER: (31, "Lektor", "M.A."),
    Audience.STUDENT: (24, "Mahasiswa", ""),
    Audience.PRACTITIONER: (21, "Pekerja sosial", "S.Sos."),
    Audience.POLICYMAKER: (12, "Kepala Bidang", "M.P.S.Sp."),
    Audience.PRESS: (6, "Wartawan", ""),
}
HELD = datetime.datetime(2014, 10, 1, 8, tzinfo=zoneinfo.ZoneInfo("Asia/Jakarta"))
STEP = datetime.timedelta(hours=6)
GUESTS: tuple[dict[str, Any], ...] = (
    {"name": "Prof. Wayan Sudarsana, Ph.D.", "category": Audience.LECTURER, "institution_name": "Universitas Udayana"},
    {"name": "Theresia Mambrasar", "category": Audience.PRACTITIONER, "institution_name": "Dinas Sosial Papua",
     "need": "Data contoh: kursi di dekat pintu, karena memakai kursi roda."},
    {"name": "Zainal Abidin Daulay, S.Sos.", "category": Audience.POLICYMAKER, "attendance": Attendance.ONLINE},
    {"name": "Rosalina Tumbelaka", "category": Audience.PRESS},
)  # fmt: skip


def load_registrations(archive: Edition, current: Edition) -> int:
    """Returns how many people."""
    RegistrationTerms.objects.create(edition=archive, quota=150)
    RegistrationTerms.objects.create(
        edition=current, is_offered=True, quota=200, asks_letter=True,
        note_id="Tidak dipungut biaya. Biaya perjalanan ditanggung peserta atau instansi yang mengutus. (Data contoh.)",
        note_en="There is no fee. Participants or the institutions that send them pay for travel. (Sample data.)",
    )  # fmt: skip
    by = user_of(SECRETARY)
    made = Registration.objects.bulk_create(_of_2014(archive, by))
    for guest in GUESTS:
        _enter(current, guest, by)
    return len(made) + len(GUESTS)


def _of_2014(edition: Edition, by: User) -> Iterator[Registration]:
    places = list(Organisation.objects.current().filter(is_confirmed=True).order_by("pk")[:20])
    names = itertools.product(FAMILY, GIVEN)
    kinds = [kind for kind, (number, _position, _degree) in OF_EACH.items() for _ in range(number)]
    for number, (kind, (family, given)) in enumerate(zip(kinds, names, strict=True), 1):
        _number, position, degree = OF_EACH[kind]
        at = HELD + number * STEP
        yield Registration(
            edition=edition, number=number, state=RegistrationState.CONFIRMED, category=kind,
            name=f"{given} {family}" + (f", {degree}" if degree else ""), badge_name=f"{given} {family}",
            institution=places[number % len(places)] if places else None, position_title=position, registered_at=at,
            queued_at=at, decided_by=by, decided_at=at, badge_key=uuid.uuid4(), is_sample=True,
        )  # fmt: skip


def _enter(edition: Edition, guest: dict[str, Any], by: User) -> None:
    registration = actions.enter(edition, {"attendance": Attendance.ON_SITE, **guest}, by=by)
    registration.is_sample = True
    registration.save(update_fields=["is_sample"])
