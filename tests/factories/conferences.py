"""Editions with dates, committee, tracks and submissions. Rows are written as the actions of the site leave them."""

import datetime
import itertools
from collections.abc import Iterable
from typing import Any

from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from conferences.models import (
    CommitteeMember,
    CommitteeRole,
    DateKind,
    Edition,
    ImportantDate,
    Series,
    Slot,
    Submission,
    SubmissionAuthor,
    SubmissionFile,
    Track,
)
from conferences.states import EditionState, SubmissionState
from taxonomy.models import Method, Pmks, Province
from tests.factories.accounts import make_user
from tests.factories.publications import make_blob

_numbers = itertools.count(1)
_editions = itertools.cycle(range(1, 998, 2))  # forms take numbers to 999; a clone has the next one
DAY = datetime.timedelta(days=1)
ABSTRACT = " ".join(["Penelitian ini menilai perawatan berbasis keluarga di enam desa."] * 20)  # 180 words
AUTHORS = ({"given_name": "Siti", "family_name": "Rahmawati", "is_presenter": True}, {"family_name": "Sukarno"})
# In days from now; a kind left out has no date.
DATES = {
    DateKind.CALL_OPENS: -30,
    DateKind.SUBMISSIONS_CLOSE: 30,
    DateKind.REVIEWS_DUE: 60,
    DateKind.DECISIONS: 75,
    DateKind.REVISIONS_CLOSE: 90,
    DateKind.CAMERA_READY: 110,
    DateKind.REGISTRATION_OPENS: 70,
    DateKind.REGISTRATION_CLOSES: 115,
}


def make_series(slug: str = "knpks", **fields: Any) -> Series:
    names = {"name_id": "Konferensi Nasional Contoh", "name_en": "Sample National Conference"}
    return Series.objects.get_or_create(slug=slug, defaults={**names, **fields})[0]


def make_edition(state: str = EditionState.PUBLIC, *, dates: dict[str, Any] | None = None, **fields: Any) -> Edition:
    """Its call is open. `dates`: kind → days from now, a moment, or None for no such date."""
    number = fields.setdefault("number", next(_editions))
    today = timezone.localdate()
    edition = Edition.objects.create(
        **{
            "series": fields.pop("series", None) or make_series(),
            "slug": f"edisi-{number}",
            "title_id": f"Konferensi Contoh {number}",
            "title_en": f"Sample Conference {number}",
            "theme_id": "Keluarga dan perlindungan sosial",
            "theme_en": "Families and social protection",
            "starts_on": today + 120 * DAY,
            "ends_on": today + 121 * DAY,
            "venue": "Gedung Contoh",
            "city": "Jakarta",
            "contact_email": "panitia@contoh.id",
            "state": state,
            **fields,
        }
    )
    for kind, when in {**DATES, **(dates or {})}.items():
        set_date(edition, kind, when)
    return edition


def set_date(edition: Edition, kind: str, when: datetime.datetime | float | None) -> None:
    """A moment, or so many days from now; None takes the date away."""
    ImportantDate.objects.filter(edition=edition, kind=kind).delete()
    if when is not None:
        at = when if isinstance(when, datetime.datetime) else timezone.now() + when * DAY
        ImportantDate.objects.create(edition=edition, kind=kind, at=at)
    getattr(edition, "_prefetched_objects_cache", {}).pop("dates", None)


def make_track(edition: Edition, code: str = "", **fields: Any) -> Track:
    """`pmks`: codes, for instance ["PMKS-08"]."""
    pmks = [Pmks.objects.get(code=code) for code in fields.pop("pmks", [])]
    position = edition.tracks.count()
    names = {"name_id": f"Bidang {position + 1}", "name_en": f"Track {position + 1}", "position": position}
    track = Track.objects.create(edition=edition, code=code or f"bidang-{position + 1}", **{**names, **fields})
    track.pmks.set(pmks)
    return track


def committee(edition: Edition, role: str, *, user: User | None = None, tracks: Iterable[Track] = ()) -> User:
    """Somebody with an account who has this role, made once for each edition and role unless `user` is given."""
    email = f"{role}-{edition.pk}@contoh.id".replace("_", "-")
    name = f"Panitia {CommitteeRole(role).value.replace('_', ' ').title()}"
    found = user or User.objects.filter(email=email).first() or make_user(email, name=name)
    member, _made = CommitteeMember.objects.get_or_create(
        edition=edition, role=role, user=found, defaults={"name": found.name}
    )
    member.tracks.add(*tracks)
    found.__dict__.pop("conference_roles", None)  # what the rules keep of somebody
    return found


def some_author(email: str = "", **fields: Any) -> User:
    number = next(_numbers)
    name = fields.pop("name", f"Siti Penulis{number}")
    return make_user(email or f"penulis{number}@contoh.id", name=name, **fields)


def make_submission(
    track: Track,
    state: str = SubmissionState.SUBMITTED,
    *,
    by: User | None = None,
    authors: Iterable[dict[str, Any]] = AUTHORS,
    **fields: Any,
) -> Submission:
    """`pmks`, `methods`, `provinces` by code. Accepted as a talk unless `accepted_as` says otherwise."""
    now = timezone.now()
    many = {
        name: [model.objects.get(code=code) for code in fields.pop(name, [])]
        for name, model in (("pmks", Pmks), ("methods", Method), ("provinces", Province))
    }
    submission = Submission.objects.create(
        **{
            "track": track,
            "edition": track.edition,
            "submitter": by or some_author(),
            "state": state,
            "title_id": f"Perawatan berbasis keluarga {next(_numbers)}",
            "abstract_id": ABSTRACT,
            "keywords": ["lanjut usia", "perawatan", "keluarga"],
            **_of_state(track.edition, state, now),
            **fields,
        }
    )
    for name, terms in many.items():
        getattr(submission, name).set(terms)
    SubmissionAuthor.objects.bulk_create(
        SubmissionAuthor(submission=submission, position=place, **author) for place, author in enumerate(authors, 1)
    )
    return submission


def _of_state(edition: Edition, state: str, now: datetime.datetime) -> dict[str, Any]:
    if state == SubmissionState.DRAFT:
        return {}
    last = Submission.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    values: dict[str, Any] = {"number": last + 1, "submitted_at": now - DAY}
    if state == SubmissionState.WITHDRAWN:
        values |= {"withdrawn_at": now, "withdrawal_reason": "Data belum lengkap."}
    elif state != SubmissionState.SUBMITTED:
        values["decided_at"] = now
    if state == SubmissionState.ACCEPTED:
        values["accepted_as"] = "talk"
    return values


def make_file(submission: Submission, slot: str = Slot.ANONYMOUS, **fields: Any) -> SubmissionFile:
    """Stored as it is, without the checker; `content` are its bytes."""
    content = {"content": fields.pop("content")} if "content" in fields else {}
    values = {"round": submission.round, "original_name": "naskah.pdf", "extension": ".pdf", **fields}
    return SubmissionFile.objects.create(submission=submission, slot=slot, blob=make_blob(**content), **values)
