"""Sample reviewers, assignments, reviews and a discussion for the edition in review, through the actions people use."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from accounts.models import Role, User
from conferences import phases
from conferences.actions import assignments, letters, reminders, reviewers, reviews, rubrics
from conferences.demo.accounts import PROGRAMME_CHAIR, REVIEWER, user_of
from conferences.models import Advice, Assignment, DateKind, Edition, Letter, LetterKind, Reviewer
from conferences.states import LetterState, SubmissionState
from publications.demo.accounts import Account
from taxonomy.models import Method, Pmks

OTHERS = [
    Account(Role.RESEARCHER, f"{email}@contoh.id", name, signs_in=False)
    for email, name in (
        ("telaah.nyoman", "I Nyoman Gede Artha"), ("telaah.rosmala", "Rosmala Dewi Siregar"),
        ("telaah.yusuf", "Yusuf Kaltara"), ("telaah.imelda", "Imelda Sroyer"),
        ("telaah.bambang", "Bambang Sutejo"), ("telaah.salmah", "Salmah Banjar"),
    )
]  # fmt: skip
INVITED = {"email": "telaah.diundang@contoh.id", "name": "Fransiska Manek", "language": "id"}
TEXTS = (
    ("Pertanyaan penelitiannya jelas dan penting bagi praktik. Mohon jelaskan cara memilih responden.", 4),
    ("Datanya menarik, tetapi simpulan melampaui hasil. Batasi simpulan pada desa yang diteliti.", 3),
    ("Naskah rapi dan dapat langsung dipakai pemerintah daerah. Tambahkan keterbatasan.", 5),
    ("Metode belum dapat dinilai: instrumen dan waktunya tidak disebut.", 2),
)
DUE_IN = datetime.timedelta(days=6)  # so that a reminder waits in the outbox


def load_reviews(edition: Edition) -> int:
    """Returns how many reviews were handed over."""
    loader = _Loader(edition, user_of(PROGRAMME_CHAIR))
    loader.prepare()
    loader.assign()
    count = loader.review()
    reminders.remind()
    return count


@dataclass
class _Loader:
    edition: Edition
    chair: User

    def prepare(self) -> None:
        tracks = list(self.edition.tracks.all())
        for track in tracks:
            if not track.criteria.exists():
                rubrics.take_usual(track, by=self.chair)
        people = [REVIEWER, *OTHERS]
        rows = [
            {"email": account.email, "name": account.name, "language": "id", "tracks": tracks} for account in people
        ]
        made, _known = reviewers.invite(self.edition, rows, by=self.chair)
        self._send(LetterKind.REVIEWER_INVITATION)
        for place, (reviewer, account) in enumerate(zip(made, people, strict=True)):
            reviewers.accept(reviewer, self._knowledge(place), by=user_of(account))
        reviewers.invite(self.edition, [{**INVITED, "tracks": tracks[:1]}], by=self.chair)

    def _knowledge(self, place: int) -> dict[str, object]:
        """Some of all that submissions are about, each reviewer another part of it."""
        pmks = list(Pmks.objects.filter(submissions__edition=self.edition).distinct().order_by("code"))
        methods = list(Method.objects.filter(submissions__edition=self.edition).distinct().order_by("code"))
        return {"pmks": pmks[place::4], "methods": methods[place::3], "most": 12}

    def assign(self) -> None:
        assignments.propose(self.edition, by=self.chair)
        due = self._due()
        assignments.write_letters(self.edition, due, by=self.chair)
        self._send(LetterKind.ASSIGNMENT)

    def _due(self) -> datetime.datetime:
        planned = phases.date_of(self.edition, DateKind.REVIEWS_DUE)
        day = (timezone.now() + DUE_IN).astimezone(self.edition.tz)
        soon = day.replace(hour=23, minute=59, second=0, microsecond=0)
        return planned if planned is not None and timezone.now() < planned < soon else soon

    def _send(self, kind: str) -> None:
        waiting = Letter.objects.filter(edition=self.edition, kind=kind, state=LetterState.WAITING)
        for letter in waiting.order_by("pk"):
            letters.send(letter, by=self.chair, seen=letter.revision)

    def review(self) -> int:
        """Most are reviewed, some only taken on, one or the other not answered yet."""
        done = 0
        rows = Assignment.objects.filter(submission__edition=self.edition).order_by("pk")
        rows = rows.filter(submission__state=SubmissionState.SUBMITTED)
        sent = timezone.now() - datetime.timedelta(days=12)
        rows.update(sent_at=sent)
        for place, assignment in enumerate(rows.select_related("reviewer__user", "submission__track")):
            by = assignment.reviewer.user
            if by is None or place % 5 == 4:
                continue
            reviews.accept(assignment, by=by)
            if place % 5 != 3:
                self._hand_over(assignment, by, place)
                done += 1
        self._discuss()
        return done

    def _hand_over(self, assignment: Assignment, by: User, place: int) -> None:
        text, points = TEXTS[(assignment.submission_id + place) % len(TEXTS)]
        lines = assignment.submission.track.criteria.all()
        advice = {5: Advice.TALK, 4: Advice.TALK, 3: Advice.REVISE, 2: Advice.REJECT}[points]
        data = {
            "advice": advice,
            "confidence": 3 + place % 3,
            "to_authors": f"{text} (Data contoh.)",
            "to_committee": "",
            "points": {line.pk: max(1, min(5, points + (line.position + place) % 2)) for line in lines},
        }
        reviews.submit(assignment, data, by=by)

    def _discuss(self) -> None:
        first = Reviewer.objects.filter(edition=self.edition, assignments__review__submitted_at__isnull=False)
        reviewer = first.order_by("pk").first()
        assignment = reviewer and reviewer.assignments.filter(review__submitted_at__isnull=False).first()
        if not assignment or reviewer is None or reviewer.user is None:
            return
        question = "Penilaian berbeda jauh. Apakah kelemahan metodenya dapat diperbaiki? (Data contoh.)"
        reviews.remark(assignment.submission, question, by=self.chair)
        answer = "Menurut saya dapat, asalkan instrumennya dilampirkan. (Data contoh.)"
        reviews.remark(assignment.submission, answer, by=reviewer.user)
