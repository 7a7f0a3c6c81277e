"""Sample submissions to the edition in review: started, written, given files and handed in as authors do it."""

import datetime
import json
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Role, User
from accounts.names import parse_name
from conferences.actions import submission_files
from conferences.actions import submissions as actions
from conferences.demo.accounts import user_of
from conferences.models import CallQuestion, DateKind, Edition, ImportantDate, Slot, Submission, Track
from conferences.submission_checks import questions_of
from publications.demo.accounts import RESEARCHER, Account
from publications.typesetting import typeset
from taxonomy.models import Method, Pmks, Province

FOLDER = Path(__file__).parent
FILE, TEMPLATE = FOLDER / "submissions.json", FOLDER / "submission.typ"
Record = dict[str, Any]
# Hand in for themselves and their co-authors; besides the demo's researcher nobody signs in as one of them.
AUTHORS = [
    RESEARCHER,
    *(
        Account(Role.RESEARCHER, f"{email}@contoh.id", name, signs_in=False)
        for email, name in (
            ("yohanes.wenda", "Yohanes Wenda"), ("dewi.lestari", "Dewi Lestari Ningrum"), ("suparman", "Suparman"),
            ("cut.meutia", "Cut Meutia Rahmi"), ("ketut.ariani", "Ni Ketut Ariani"), ("asep.hidayat", "Asep Hidayat"),
            ("maria.lelang", "Maria Goreti Lelang"),
        )
    ),
]  # fmt: skip
BEFORE = datetime.timedelta(days=1)


def load_submissions(edition: Edition) -> int:
    """All of the file, in its order; returns how many."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    users = [user_of(account) for account in AUTHORS]
    closes = ImportantDate.objects.get(edition=edition, kind=DateKind.SUBMISSIONS_CLOSE).at
    loader = _Loader(edition, content, closes - BEFORE)
    for place, record in enumerate(content["submissions"]):
        loader.load(record, users[place % len(users)], place)
    return len(content["submissions"])


class _Loader:
    def __init__(self, edition: Edition, content: Record, at: datetime.datetime) -> None:
        self.content, self.at = content, at
        self.tracks = {track.code: track for track in edition.tracks.all()}
        self.themes = list(edition.themes.all())
        for track in self.tracks.values():
            track.edition = edition

    def load(self, record: Record, by: User, place: int) -> Submission:
        """Every second takes two days less before the deadline, so that they do not all come at once."""
        at = self.at - datetime.timedelta(hours=9 * (len(self.content["submissions"]) - place))
        track = self.tracks[record["track"]]
        submission = actions.start(track, by=by, at=at)
        submission = actions.save(submission, self._data(record, track, by), by=by, at=at)
        submission.edition = track.edition
        if track.wants_paper:
            self._add_files(submission, record, by, at)
        if record.get("state") != "draft":
            submission = actions.submit(submission, by=by, at=at)
        Submission.objects.filter(pk=submission.pk).update(is_sample=True, created_at=at, saved_at=at)
        submission.files.update(uploaded_at=at)
        if record.get("state") == "withdrawn":
            actions.withdraw(submission, "Data contoh: tim akan memperbaiki data lebih dahulu.", by=by)
        return submission

    def _data(self, record: Record, track: Track, by: User) -> Record:
        name = parse_name(by.name)
        first = {"given_name": name.given, "family_name": name.family}
        authors = [{**first, "email": by.email, "is_presenter": True, "affiliation_name": record["affiliation"]}]
        authors += [{"affiliation_name": record["affiliation"], **author} for author in record.get("authors", [])]
        theme = next((theme for theme in self.themes if theme.pmks and theme.pmks.code in record["pmks"]), None)
        return {
            "title_id": record["title_id"],
            "title_en": record["title_en"],
            "abstract_id": self._abstract(record),
            "keywords": record["keywords"],
            "language": "id",
            "wishes": record.get("wishes", ""),
            "theme": theme,
            "authors": authors,
            "pmks": list(Pmks.objects.filter(code__in=record["pmks"])),
            "methods": list(Method.objects.filter(code__in=record["methods"])),
            "provinces": list(Province.objects.filter(code__in=record["provinces"])),
            "answers": {question: _answer(question) for question in questions_of(track)},
            "named": record.get("named", []),
        }

    def _abstract(self, record: Record) -> str:
        common = [text.format(**record) for text in self.content["common"]]
        return " ".join([record["aim"], common[0], record["finding"], *common[1:], record["use"], "(Data contoh.)"])

    def _add_files(self, submission: Submission, record: Record, by: User, at: datetime.datetime) -> None:
        for slot, with_names in ((Slot.ANONYMOUS, False), (Slot.FULL, True)):
            paper = self._typeset(submission, record, at, with_names=with_names)
            upload = SimpleUploadedFile(f"makalah-{by.name.split()[0].lower()}.pdf", paper, "application/pdf")
            file = submission_files.add_file(submission, slot, upload, by=by, at=at)
            if file.findings.get("warnings"):
                submission_files.look_at_warnings(file, by=by, seen=file.blob.sha256, at=at)

    def _typeset(self, submission: Submission, record: Record, at: datetime.datetime, *, with_names: bool) -> bytes:
        sections = [(heading, [text.format(**record) for text in texts]) for heading, texts in self.content["sections"]]
        sections.insert(1, ("Hasil utama", [record["finding"], record["use"]]))
        data = {
            "title": submission.title_id, "language": "id", "with_names": with_names, "timestamp": int(at.timestamp()),
            "authors": [author.name for author in submission.authors.all()], "sections": sections,
        }  # fmt: skip
        return typeset(TEMPLATE, data)


def _answer(question: CallQuestion) -> Any:
    return {"yes_no": True, "number": 1, "one": 0, "some": [0]}.get(question.kind, "Data contoh: dapat diminta.")
