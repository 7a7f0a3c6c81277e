"""What everybody reads of the programme: the schedule in force, with what has come to its papers since."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import User
from conferences.models import Agenda, Edition, Material, Paper, Schedule, Submission
from conferences.schedules.reading import Programme
from conferences.states import SubmissionState
from publications.models import Output


def schedule_of(edition: Edition) -> Schedule | None:
    """The one in force."""
    return Schedule.objects.filter(edition=edition).order_by("-number").first()


def has_schedule(edition: Edition) -> bool:
    return Schedule.objects.filter(edition=edition).exists()


def programme_of(edition: Edition) -> Programme | None:
    """In two statements."""
    schedule = schedule_of(edition)
    if schedule is None:
        return None
    gone = Submission.objects.filter(edition=edition, state=SubmissionState.WITHDRAWN)
    return Programme(schedule, edition, set(gone.values_list("pk", flat=True)))


def public_materials() -> QuerySet[Material]:
    """What everybody may read: let go by its presenter, of a paper that is still accepted, at a public edition."""
    states = Edition.objects.public().values("pk")
    return Material.objects.filter(
        is_public=True, submission__state=SubmissionState.ACCEPTED, submission__edition__in=states
    ).select_related("blob")


@dataclass
class Beside:
    """What stands beside items, by submission: public slides and posters, the published paper."""

    materials: dict[int, list[Material]] = field(default_factory=dict)
    papers: dict[int, Output] = field(default_factory=dict)


def beside(edition: Edition) -> Beside:
    """Of the whole edition, in two statements."""
    materials: dict[int, list[Material]] = defaultdict(list)
    for material in public_materials().filter(submission__edition=edition).order_by("kind"):
        materials[material.submission_id].append(material)
    papers = Paper.objects.filter(edition=edition, submission__isnull=False, output__in=Output.objects.public())
    found = {paper.submission_id: paper.output for paper in papers.select_related("output")}
    return Beside(dict(materials), {pk: output for pk, output in found.items() if pk is not None})


def materials_of_output(output: Output) -> list[Material]:
    """Slides and posters of the submission that an output was made of."""
    found = public_materials().filter(submission__paper__output=output)
    return list(found.select_related("submission__edition").order_by("kind"))


def marks_of(user: User, edition: Edition) -> set[str]:
    """What somebody has marked on the programme."""
    return set(Agenda.objects.filter(user=user, edition=edition).values_list("keys", flat=True).first() or [])
