"""What goes into the volume of an edition, in which order, and what is missing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from conferences.models import (
    Build,
    BuiltPaper,
    Edition,
    FinalPaper,
    ProgrammeItem,
    Schedule,
    Submission,
    SubmissionAuthor,
    Volume,
    VolumePaper,
)
from conferences.states import BuildState, FinalState, SubmissionState, VolumeState
from publications.models import Output, Version


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper of the volume; `row` is None for one that was approved since the order was last written."""

    submission: Submission
    final: FinalPaper
    row: VolumePaper | None = None

    @property
    def authors(self) -> list[SubmissionAuthor]:
        return list(self.submission.authors.all())

    @property
    def names(self) -> str:
        return ", ".join(author.name for author in self.authors)


def volume_of(edition: Edition) -> Volume | None:
    found = Volume.objects.filter(edition=edition).select_related("licence", "output", "edition__series")
    return found.prefetch_related("editors").first()


def lineup(volume: Volume) -> list[Entry]:
    """The rows in their order, then what was approved since, in the order of the programme.

    Of a published volume exactly what was published. A constant number of statements.
    """
    rows = {row.submission_id: row for row in volume.papers.all()}
    ready = _ready(volume, rows)
    known = [Entry(found.submission, found, row) for pk, row in rows.items() if (found := ready.get(pk))]
    if volume.state == VolumeState.PUBLISHED:
        return known
    places = programme_order(volume.edition)
    new = sorted((pk for pk in ready if pk not in rows), key=lambda pk: place_of(ready[pk].submission, places))
    return known + [Entry(ready[pk].submission, ready[pk]) for pk in new]


def _ready(volume: Volume, rows: dict[int, VolumePaper]) -> dict[int, FinalPaper]:
    finals = FinalPaper.objects.filter(submission__edition=volume.edition_id)
    if volume.state == VolumeState.PUBLISHED:
        finals = finals.filter(submission__in=rows)
    else:
        finals = finals.filter(submission__state=SubmissionState.ACCEPTED, state=FinalState.APPROVED)
    authors = Prefetch("submission__authors", SubmissionAuthor.objects.select_related("affiliation"))
    found = finals.select_related("blob", "licence", "submission__track").prefetch_related(authors)
    return {final.submission_id: final for final in found}


def programme_order(edition: Edition) -> dict[int, int]:
    """{submission: its place}: as last published, else as the programme stands now; empty where there is none."""
    data = Schedule.objects.filter(edition=edition).order_by("-number").values_list("data", flat=True).first()
    if data is not None:
        sessions = sorted(data["sessions"], key=lambda session: (session["starts_at"], session["id"]))
        given = [item["submission"] for session in sessions for item in session["items"]]
    else:
        items = ProgrammeItem.objects.filter(session__edition=edition)
        in_order = items.order_by("session__starts_at", "session__room__position", "session", "starts_at", "position")
        given = list(in_order.values_list("submission", flat=True))
    return {pk: place for place, pk in enumerate(dict.fromkeys(pk for pk in given if pk))}


def place_of(submission: Submission, places: dict[int, int]) -> tuple[int, int, int]:
    """What stands in no session comes last, by track and number."""
    place = places.get(submission.pk, len(places))
    return place, submission.track.position, submission.number or 0


def missing(edition: Edition) -> "QuerySet[Submission]":
    """Accepted, but without a final paper that an editor has taken: with `final_paper` where there is one."""
    accepted = Submission.objects.filter(edition=edition, state=SubmissionState.ACCEPTED)
    waiting = accepted.exclude(final_paper__state=FinalState.APPROVED)
    return waiting.select_related("final_paper", "track").order_by("number")


def last_build(volume: Volume) -> Build | None:
    return volume.builds.select_related("blob", "by").order_by("-pk").first()


def finished_build(volume: Volume) -> Build | None:
    """The volume as it can be downloaded."""
    return volume.builds.filter(state=BuildState.DONE).select_related("blob").order_by("-pk").first()


def made_papers(volume: Volume) -> dict[tuple[int, str], BuiltPaper]:
    """By paper and fingerprint, of every build that was finished: what is the same is not made again."""
    found = BuiltPaper.objects.filter(build__volume=volume).select_related("blob").order_by("pk")
    return {(built.paper_id, built.fingerprint): built for built in found}


def papers_of(build: Build) -> "QuerySet[BuiltPaper]":
    return build.papers.select_related("blob", "paper__submission").order_by("first_page")


# --- after publishing


@dataclass(frozen=True, slots=True)
class Published:
    """A paper of a published volume and what has become of its output."""

    row: VolumePaper
    output: Output | None
    version: Version | None

    @property
    def state(self) -> str:
        return self.version.state if self.version else ""


def published_papers(volume: Volume) -> "QuerySet[VolumePaper]":
    """With authors and, once it is handed in, the output (`submission.paper.output`)."""
    rows = volume.papers.select_related("submission__paper__output__current", "submission__track")
    return rows.prefetch_related("submission__authors").order_by("position", "pk")


def newest_versions(outputs: list[int]) -> dict[int, Version]:
    found = Version.objects.filter(output__in=outputs).select_related("output").order_by("output", "number")
    return {version.output_id: version for version in found}


def with_versions(rows: "list[VolumePaper]") -> list[Published]:
    """One statement more than the rows."""
    outputs = [output_of(row) for row in rows]
    versions = newest_versions([output.pk for output in outputs if output])
    return [
        Published(row, output, versions.get(output.pk) if output else None)
        for row, output in zip(rows, outputs, strict=True)
    ]


def output_of(row: VolumePaper) -> Output | None:
    paper: Any = getattr(row.submission, "paper", None)
    return paper.output if paper else None
