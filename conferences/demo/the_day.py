"""Who of the sample participants of 2014 was at the door, and their certificates; invented like the participants."""

import datetime
import uuid

from accounts.models import User
from conferences.actions import certificates
from conferences.models import Certificate, CertificateKind, CheckIn, Edition, Registration
from publications.demo.accounts import ADMINISTRATOR

OPENED = datetime.time(7, 30)
EVERY = datetime.timedelta(seconds=11)
ABSENT = 12  # every twelfth did not come
MISTAKEN = 7


def load_day(archive: Edition) -> int:
    """Returns how many certificates; none where there are no participants. Their PDFs are made when one asks."""
    by = User.objects.get(email=ADMINISTRATOR.email)
    CheckIn.objects.bulk_create(_seen(archive, by))
    made = certificates.issue(archive, {CertificateKind.PARTICIPANT}, [], by=by)
    archive.certificate_runs.all().delete()  # the demo begins without work in the background
    Certificate.objects.filter(edition=archive).update(issued_at=_moment(archive, datetime.time(16)))
    if len(made) > MISTAKEN:
        certificates.revoke(made[MISTAKEN], "Data contoh: nama tertukar dengan peserta lain.", by=by)
    return len(made)


def _seen(edition: Edition, by: User) -> list[CheckIn]:
    people = Registration.objects.filter(edition=edition, is_sample=True, state="confirmed").order_by("number")
    came = [person for person in people if person.number % ABSENT]
    opened = _moment(edition, OPENED)
    moments = [opened + place * EVERY for place in range(len(came))]
    return [
        CheckIn(registration=person, at=at, received_at=at, client_key=uuid.uuid4(), by=by)
        for person, at in zip(came, moments, strict=True)
    ]


def _moment(edition: Edition, at: datetime.time) -> datetime.datetime:
    return datetime.datetime.combine(edition.ends_on, at, edition.tz)
