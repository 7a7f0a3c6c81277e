"""A full conference in the prepared corpus, always the same; and every page that its organisers work with."""

import datetime
import random
import uuid
from collections.abc import Iterator
from typing import Any

from bench import corpus

SLUG = "bench"
CHAIR = "ketua@bench.invalid"
SUBMISSIONS, REVIEWS, REGISTRATIONS, REVIEWERS, TRACKS = 300, 3, 1000, 90, 5
NOW = datetime.datetime(2027, 6, 1, 2, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def prepare() -> None:
    """Adds it to the database that `corpus.prepare` has prepared last, unless it is there."""
    from django.db import transaction

    from conferences.models import Edition, Registration

    if Registration.objects.filter(edition__slug=SLUG).count() != REGISTRATIONS:
        with transaction.atomic():
            if Edition.objects.filter(slug=SLUG).exists():
                raise RuntimeError("the conference of the bench is incomplete; drop its database")
            _Maker().make()
        corpus._analyse()


def pages() -> dict[str, str]:
    """Every part of the desk, and one submission of its review; the reader is the conference's chair."""
    from django.urls import reverse
    from django.utils.translation import override

    from conferences.desk_sections import SECTIONS

    with override("id"):
        desk = {f"organisers: {section.label}": reverse(section.url_name, args=[SLUG]) for section in SECTIONS}
        desk["organisers: one submission"] = reverse("conferences:desk_submission", args=[SLUG, _first().pk])
        desk["organisers: its review"] = reverse("conferences:desk_review", args=[SLUG, 1])
    return desk


def cookie() -> str:
    """Of the chair, signed in."""
    from django.db import connection
    from django.test import Client

    from accounts.models import User

    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email=CHAIR))
    connection.close()
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _first() -> Any:
    from conferences.models import Submission

    return Submission.objects.get(edition__slug=SLUG, number=1)


class _Maker:
    def __init__(self) -> None:
        from accounts.models import User

        self.dice = random.Random(SUBMISSIONS)
        self.chair = User.objects.create_user(CHAIR, name="Ketua Bench")
        self.author = User.objects.create_user("penulis@bench.invalid", name="Penulis Bench")

    def make(self) -> None:
        self.edition = self._edition()
        self.tracks = self._tracks()
        self.submissions = self._submissions()
        self._reviews(self._reviewers())
        self._programme()
        self._registrations()

    def _edition(self) -> Any:
        from conferences.models import CommitteeMember, Edition, ImportantDate, Series

        series = Series.objects.create(slug=SLUG, name_id="Konferensi Bench")
        edition = Edition.objects.create(
            series=series, number=1, slug=SLUG, title_id="Konferensi Bench", state="public",
            starts_on=NOW.date() + 30 * DAY, ends_on=NOW.date() + 31 * DAY,
        )  # fmt: skip
        CommitteeMember.objects.create(edition=edition, role="chair", user=self.chair, name=self.chair.name)
        for place, kind in enumerate(("call_opens", "submissions_close", "reviews_due", "decisions")):
            ImportantDate.objects.create(edition=edition, kind=kind, at=NOW + (place - 5) * 30 * DAY)
        return edition

    def _tracks(self) -> list[Any]:
        from conferences.models import Criterion, Track

        made = [
            Track.objects.create(edition=self.edition, code=f"bidang-{n}", name_id=f"Bidang {n}", position=n)
            for n in range(TRACKS)
        ]
        anchors = ["1", "2", "3", "4", "5"]
        Criterion.objects.bulk_create(
            Criterion(track=track, label_id=f"Ukuran {n}", anchors_id=anchors, position=n)
            for track in made
            for n in range(4)
        )
        return made

    def _submissions(self) -> list[Any]:
        from conferences.models import Submission, SubmissionAuthor

        made = Submission.objects.bulk_create(
            Submission(
                edition=self.edition, track=self.tracks[n % TRACKS], number=n + 1, submitter=self.author,
                state="accepted", accepted_as="talk", submitted_at=NOW - 60 * DAY, decided_at=NOW - 20 * DAY,
                title_id=corpus._text(self.dice, 9).capitalize(), abstract_id=corpus._text(self.dice, 200),
            )
            for n in range(SUBMISSIONS)
        )  # fmt: skip
        SubmissionAuthor.objects.bulk_create(
            SubmissionAuthor(
                submission=submission, position=place, family_name=f"Penulis{submission.number}x{place}",
                email=f"penulis{submission.number}x{place}@bench.invalid", is_presenter=place == 1,
            )
            for submission in made
            for place in (1, 2)
        )  # fmt: skip
        return made

    def _reviewers(self) -> list[Any]:
        from accounts.models import User
        from conferences.models import Reviewer

        users = User.objects.bulk_create(
            User(email=f"penelaah{n}@bench.invalid", name=f"Penelaah {n}") for n in range(REVIEWERS)
        )
        made = Reviewer.objects.bulk_create(
            Reviewer(
                edition=self.edition, email=user.email, name=user.name, user=user, state="accepted", most=15,
                invited_by=self.chair, answered_at=NOW - 70 * DAY,
            )
            for user in users
        )  # fmt: skip
        for reviewer in made:
            reviewer.tracks.set(self.tracks)
        return made

    def _reviews(self, reviewers: list[Any]) -> None:
        from conferences.models import Assignment, Criterion, Decision, Review, Score

        assigned = Assignment.objects.bulk_create(
            Assignment(
                submission=submission, reviewer=reviewers[(3 * n + k) % REVIEWERS], round=1, state="reviewed",
                sent_at=NOW - 50 * DAY, due_at=NOW - 30 * DAY, answered_at=NOW - 49 * DAY,
            )
            for n, submission in enumerate(self.submissions)
            for k in range(REVIEWS)
        )  # fmt: skip
        reviews = Review.objects.bulk_create(
            Review(
                assignment=assignment, advice="talk", confidence=4, submitted_at=NOW - 31 * DAY,
                to_authors=corpus._text(self.dice, 80),
            )
            for assignment in assigned
        )  # fmt: skip
        lines = {track.pk: list(Criterion.objects.filter(track=track)) for track in self.tracks}
        Score.objects.bulk_create(
            Score(review=review, criterion=line, points=self.dice.randint(2, 5))
            for review in reviews
            for line in lines[review.assignment.submission.track_id]
        )
        Decision.objects.bulk_create(
            Decision(submission=submission, round=1, outcome="talk", by=self.chair, released_at=NOW - 20 * DAY)
            for submission in self.submissions
        )

    def _programme(self) -> None:
        """Thirty sessions of ten talks: five rooms, two days, three times a day."""
        from conferences.models import ProgrammeItem, ProgrammeSession, Room

        rooms = [Room.objects.create(edition=self.edition, name_id=f"Ruang {n}", capacity=80) for n in range(5)]
        sessions = ProgrammeSession.objects.bulk_create(
            ProgrammeSession(
                edition=self.edition, title_id=f"Sesi {n + 1}", room=rooms[n % 5], track=self.tracks[n % TRACKS],
                starts_at=start, ends_at=start + datetime.timedelta(minutes=150),
            )
            for n, start in enumerate(self._starts())
        )  # fmt: skip
        ProgrammeItem.objects.bulk_create(
            ProgrammeItem(
                session=sessions[n // 10], submission=submission, key=uuid.UUID(int=n + 1), minutes=15,
                starts_at=sessions[n // 10].starts_at + datetime.timedelta(minutes=15 * (n % 10)), position=n % 10,
            )
            for n, submission in enumerate(self.submissions)
        )  # fmt: skip

    def _starts(self) -> Iterator[datetime.datetime]:
        for n in range(SUBMISSIONS // 10):
            yield NOW + 30 * DAY + (n // 15) * DAY + datetime.timedelta(hours=3 * (n // 5 % 3))

    def _registrations(self) -> None:
        from conferences.models import Audience, CheckIn, Registration

        made = Registration.objects.bulk_create(
            Registration(
                edition=self.edition, number=n + 1, state="confirmed", category=self.dice.choice(Audience.values),
                name=f"Peserta {n + 1}", email=f"peserta{n + 1}@bench.invalid", institution_name="Dinas Sosial",
                badge_key=uuid.UUID(int=n + 1), decided_by=self.chair, decided_at=NOW,
            )
            for n in range(REGISTRATIONS)
        )  # fmt: skip
        CheckIn.objects.bulk_create(
            CheckIn(registration=one, at=NOW + 30 * DAY, client_key=uuid.uuid4(), by=self.chair) for one in made[:900]
        )
