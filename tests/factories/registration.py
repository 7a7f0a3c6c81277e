"""Terms of registration and registrations; rows are written as the actions of the site leave them."""

import itertools
import uuid
from typing import Any

from django.db.models import Max
from django.utils import timezone

from conferences.models import Attendance, Audience, DateKind, Edition, Registration, RegistrationTerms
from conferences.states import RegistrationState
from tests.factories.conferences import committee, make_edition, some_author

_numbers = itertools.count(1)
OPEN = {DateKind.REGISTRATION_OPENS: -5, DateKind.REGISTRATION_CLOSES: 30}
DATA = {
    "category": Audience.LECTURER.value,
    "attendance": Attendance.ON_SITE.value,
    "name": "Dr. Siti Aminah, M.Si.",
    "badge_name": "Siti",
    "institution_name": "Universitas Contoh Jaya",
    "position_title": "Lektor",
    "phone": "+62 21 555",
    "language": "id",
    "need": "",
}


def open_edition(*, quota: int = 100, **fields: Any) -> Edition:
    """Its registration is open; fields of the terms go to `make_terms`, others to the edition."""
    names = {field.name for field in RegistrationTerms._meta.fields}
    terms = {name: fields.pop(name) for name in list(fields) if name in names}
    edition = make_edition(fields.pop("state", "public"), dates={**OPEN, **fields.pop("dates", {})}, **fields)
    make_terms(edition, quota=quota, **terms)
    return edition


def make_terms(edition: Edition, **fields: Any) -> RegistrationTerms:
    return RegistrationTerms.objects.create(edition=edition, **{"is_offered": True, **fields})


def make_registration(edition: Edition, state: str = RegistrationState.CONFIRMED, **fields: Any) -> Registration:
    """Of somebody with an account, unless `user` is None."""
    user = fields.pop("user") if "user" in fields else some_author()
    last = Registration.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    values: dict[str, Any] = {
        "number": last + 1,
        "state": state,
        "user": user,
        "name": f"Peserta {next(_numbers)}",
        "email": user.email if user else "",
        "category": Audience.STUDENT,
        "badge_key": uuid.uuid4(),
    }
    if state == RegistrationState.DECLINED:
        values |= {"reason": "Bukan peserta.", "decided_by": committee(edition, "chair"), "decided_at": timezone.now()}
    return Registration.objects.create(edition=edition, **{**values, **fields})
