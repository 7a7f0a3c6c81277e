"""Which published outputs were given at an edition."""

from collections.abc import Iterable

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from conferences.actions.common import require
from conferences.models import Edition, Paper
from conferences.rules.papers import may_collect_papers
from publications.models import Change, Output
from publications.states import OutputState


class AlreadyElsewhere(ValueError):
    """An output is given once: at another edition it stands already."""

    def __init__(self, output: Output, edition: Edition) -> None:
        super().__init__(f"{output} is a paper of {edition}")
        self.output, self.edition = output, edition


@transaction.atomic
def collect_all(edition: Edition, outputs: Iterable[Output], *, by: User) -> list[Paper]:
    """All, in this order, or none."""
    return [collect(edition, output, by=by) for output in outputs]


@transaction.atomic
def collect(edition: Edition, output: Output, *, by: User) -> Paper:
    """Take over a public output as the last paper of the edition; one that it has already stays where it is."""
    require(may_collect_papers(by, edition))
    Edition.objects.select_for_update().get(pk=edition.pk)
    require(Output.objects.public().filter(pk=output.pk).exists())
    if standing := Paper.objects.filter(output=output).select_related("edition").first():
        if standing.edition_id != edition.pk:
            raise AlreadyElsewhere(output, standing.edition)
        return standing
    last = edition.papers.order_by("-position").values_list("position", flat=True).first()
    paper = Paper.objects.create(edition=edition, output=output, position=(last or 0) + 1)
    log(by, "edition.paper_added", edition, {"paper": [None, output.public_id]})
    note_changes([output])
    return paper


@transaction.atomic
def release(paper: Paper, *, by: User) -> None:
    """The output stays as it is; one that was made of a submission belongs to its edition for good."""
    require(may_collect_papers(by, paper.edition) and paper.submission_id is None)
    Edition.objects.select_for_update().get(pk=paper.edition_id)
    if Paper.objects.filter(pk=paper.pk).delete()[0]:
        log(by, "edition.paper_taken_out", paper.edition, {"paper": [paper.output.public_id, None]})
        note_changes([paper.output])


def note_changes(outputs: Iterable[Output]) -> None:
    """So that search and other followers read these anew; call it too when an edition becomes public or no more is."""
    Change.objects.bulk_create(Change(output=output) for output in outputs if output.state == OutputState.PUBLISHED)
