"""What organisers keep at their desk, made by the actions of the site."""

import datetime
from io import BytesIO
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image

from accounts.mail import deliver
from conferences import parts
from conferences.actions import parts as actions
from conferences.actions import photos
from conferences.models import CommitteeRole, Edition, Photo
from conferences.parts import Part
from tests.factories.accounts import make_organisation
from tests.factories.conferences import committee, make_edition, make_track
from tests.factories.publications import make_blob

MARK = "Nikon-Rahasia-6,2S"  # in the EXIF of what is uploaded
DATA: dict[str, dict[str, Any]] = {
    "other_dates": {"label_id": "Gladi bersih", "label_en": "Rehearsal"},
    "committee": {"role": "member", "name": "Dr. Made Anggota", "affiliation": "", "is_listed": True, "tracks": []},
    "tracks": {"code": "lansia", "name_id": "Lanjut usia", "name_en": "Older people", "pmks": [], "pillars": []},
    "pages": {"title_id": "Tempat", "title_en": "Venue", "body_id": "Naik **bus**.", "body_en": "", "in_menu": True},
    "news": {"kind": "news", "title_id": "Panggilan dibuka", "body_id": "Isi.", "related": [], "published_at": None},
    "speakers": {"name": "Prof. Nyoman", "affiliation": "UI", "is_keynote": False, "photo": None},
    "sponsors": {"name": "Bank Contoh", "url": "https://contoh.id", "logo": None},
    "photos": {"alt_id": "Peserta di ruang sidang", "credit": "Humas", "in_gallery": True},
}


def picture(form: str = "JPEG", size: tuple[int, int] = (640, 480), name: str = "foto.jpg") -> SimpleUploadedFile:
    """With a place and a camera in its EXIF, lying on its side."""
    image, exif = Image.new("RGB", size, "teal"), Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x8825] = MARK, 6, {2: (6.0, 10.0, 0.0)}
    buffer = BytesIO()
    image.save(buffer, form, exif=exif)
    return SimpleUploadedFile(name, buffer.getvalue())


def chair_of(edition: Edition) -> Any:
    return committee(edition, CommitteeRole.CHAIR)


def make_row(part: Part, edition: Edition, **changes: Any) -> Any:
    data = DATA.get(part.name, {}) | changes
    if part is parts.HOSTS:
        data = {"organisation": changes.get("organisation") or make_organisation(), "is_co_host": False} | changes
    if part is parts.OTHER_DATES:
        data = {"at": timezone.now() + datetime.timedelta(days=9)} | data
    if part is parts.PHOTOS:  # `make_photo` draws one, which takes a while
        blob = make_blob(content=b"RIFF", mime="image/webp")
        return actions.add(part, edition, data, by=chair_of(edition), blob=blob, width=4, height=3)
    return actions.add(part, edition, data, by=chair_of(edition))


def make_photo(edition: Edition, **changes: Any) -> Photo:
    """Through the confined child, as an upload goes."""
    data = {"picture": picture()} | DATA["photos"] | changes
    return photos.add(edition, data, by=chair_of(edition))


def ready_edition(**fields: Any) -> Edition:
    """In preparation, with everything that readers need."""
    edition = make_edition("draft", summary_id="Tentang keluarga.", **fields)
    chair_of(edition)
    make_track(edition)
    make_row(parts.HOSTS, edition, organisation=make_organisation("Badan Contoh"))
    return edition


def sent_mails() -> list[Any]:
    """What waits to be mailed by conferences is sent now."""
    before = len(mail.outbox)
    for waiting in DBTaskResult.objects.ready().filter(task_path=deliver.module_path).order_by("enqueued_at"):
        if waiting.args_kwargs["args"][1].startswith("conferences/"):
            deliver.func(*waiting.args_kwargs["args"])
            waiting.delete()
    return mail.outbox[before:]
