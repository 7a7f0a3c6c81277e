"""The published volume as everybody sees it: what is public of it, through the one definition of public."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from stdnum import isbn

from conferences.models import Edition, SubmissionAuthor, Volume, VolumePaper
from conferences.proceedings.facts import address_of, volume_citation
from conferences.queries.proceedings import output_of
from conferences.states import VolumeState
from publications.models import File, FileKind, Output


@dataclass(frozen=True, slots=True)
class PaperRow:
    row: VolumePaper
    output: Output | None  # only if it is public
    file: File | None

    @property
    def names(self) -> str:
        return ", ".join(author.name for author in self.row.submission.authors.all())


@dataclass(frozen=True, slots=True)
class VolumePage:
    volume: Volume
    output: Output | None
    file: File | None
    papers: list[PaperRow]
    citation: str

    @property
    def isbn(self) -> str:
        """With hyphens, as it is printed."""
        return str(isbn.format(self.volume.isbn)) if self.volume.isbn else ""


def volume_page(edition: Edition) -> VolumePage | None:
    """In a constant number of statements."""
    found = Volume.objects.filter(edition=edition, state=VolumeState.PUBLISHED).select_related("licence")
    volume = found.prefetch_related("editors").first()
    if volume is None:
        return None
    volume.edition = edition
    rows = _rows(volume)
    outputs = {output.pk: output for output in _public([volume.output_id, *(_output_id(row) for row in rows)])}
    files = _files(outputs.values())
    papers = [_paper(row, outputs, files) for row in rows]
    whole = outputs.get(volume.output_id or 0)
    cited = volume_citation(volume, address_of(volume))
    return VolumePage(volume, whole, files.get(whole.pk) if whole else None, papers, cited)


def _rows(volume: Volume) -> list[VolumePaper]:
    authors = Prefetch("submission__authors", SubmissionAuthor.objects.order_by("position"))
    rows = volume.papers.select_related("submission__paper__output").prefetch_related(authors)
    return list(rows.order_by("position", "pk"))


def _output_id(row: VolumePaper) -> int | None:
    output = output_of(row)
    return output.pk if output else None


def _public(ids: list[int | None]) -> list[Output]:
    wanted = [pk for pk in ids if pk]
    return list(Output.objects.public().filter(pk__in=wanted).select_related("current"))


def _files(outputs: Iterable[Output]) -> dict[int, File]:
    """The main documents that everybody may read now, by output."""
    open_ones = {output.current_id: output.pk for output in outputs if output.current and output.current.files_are_open}
    found = File.objects.filter(version__in=open_ones, kind=FileKind.MAIN).select_related("blob")
    return {open_ones[file.version_id]: file for file in found}


def _paper(row: VolumePaper, outputs: dict[int, Output], files: dict[int, File]) -> PaperRow:
    output = outputs.get(_output_id(row) or 0)
    return PaperRow(row, output, files.get(output.pk) if output else None)
