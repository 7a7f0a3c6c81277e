"""The papers of an edition."""

from django.db.models import Exists, OuterRef, QuerySet

from conferences.models import Edition, Paper
from publications.models import Output


def papers_at_desk(edition: Edition) -> QuerySet[Paper]:
    """Also those whose output has been withdrawn since (`is_shown`), which the site no longer lists."""
    public = Output.objects.public().filter(pk=OuterRef("output"))
    found = edition.papers.select_related("output__current").annotate(is_shown=Exists(public))
    return found.order_by("position", "pk")


def public_papers(edition: Edition) -> QuerySet[Output]:
    return Output.objects.public().filter(conference_paper__edition=edition)


def edition_of(output: Output) -> Edition | None:
    """The edition at which an output was given, if everybody may know of it."""
    paper = Paper.objects.of_public_editions().filter(output=output).select_related("edition").first()
    return paper.edition if paper else None
