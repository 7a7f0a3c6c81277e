"""The making of a volume: asked for at the desk, done by the worker, which may be cut off and begin again."""

import datetime
import hashlib
import tempfile
from pathlib import Path

from django.core.files import File
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actions import log
from accounts.models import User
from conferences.actions.volumes import locked_volume, take_in
from conferences.models import Build, BuiltPaper, Volume, VolumePaper
from conferences.proceedings import making
from conferences.proceedings.facts import VolumeFacts, facts_of, title_of
from conferences.proceedings.front import fingerprint_of
from conferences.proceedings.limits import MOST_PAPERS
from conferences.proceedings.messages import reason_of
from conferences.queries.proceedings import made_papers
from conferences.states import BUILD_TRANSITIONS, BuildState
from publications.models import Blob
from publications.states import check_transition
from publications.typesetting import NotTypeset

GIVEN_UP = datetime.timedelta(minutes=30)
OPEN = (BuildState.WAITING, BuildState.RUNNING)


class Busy(Exception):
    """The volume is being made already."""


class NothingToBuild(Exception):
    """No paper is ready, or more than a volume holds."""


class PapersChanged(Exception):
    """The papers of the volume are others than those that were made."""


@transaction.atomic
def start(volume: Volume, *, by: User) -> Build:
    """Ask the worker for the volume as it stands now."""
    from conferences.proceedings.tasks import build_volume

    fresh = locked_volume(volume, by)
    _end_given_up(fresh)
    if fresh.builds.filter(state__in=OPEN).exists():
        raise Busy
    entries = take_in(fresh)
    if not 0 < len(entries) <= MOST_PAPERS:
        raise NothingToBuild
    build = Build.objects.create(volume=fresh, by=by, total=len(entries) + 1)
    log(by, "volume.build_started", fresh.edition, {"papers": [None, len(entries)]})
    build_volume.enqueue(build.pk)
    return build


def _end_given_up(volume: Volume) -> None:
    """Its worker was cut off so often that nobody takes it up again."""
    limit = timezone.now() - GIVEN_UP
    for build in volume.builds.select_for_update().filter(state__in=OPEN, started_at__lt=limit):
        _enter(build, BuildState.FAILED, reason=_("It was broken off."), finished_at=timezone.now())


def _enter(build: Build, state: str, **fields: object) -> None:
    check_transition(build, build.state, state, BUILD_TRANSITIONS)
    build.state = state
    for name, value in fields.items():
        setattr(build, name, value)
    build.save(update_fields=["state", *fields])


def run(build: Build) -> None:
    """For the worker. What nobody foresaw is kept for the page and raised for the log of errors."""
    fresh = _begin(build)
    if fresh is None:
        return
    with override(fresh.by.language):
        try:
            _make(fresh)
        except making.PaperFailed as failed:
            entry = failed.paper.entry
            told = {"number": entry.submission.number, "title": title_of(entry)[:200], "why": reason_of(failed.why)}
            _fail(fresh, _("Paper %(number)s, “%(title)s”: %(why)s.") % told)
        except (making.VolumeFailed, NotTypeset):
            _fail(fresh, _("The volume could not be put together. Try again, or leave out the paper that came last."))
        except PapersChanged:
            _fail(fresh, _("The papers have changed meanwhile. Make the volume again."))
        except (OperationalError, InterfaceError):
            raise  # the task is tried again
        except Exception:
            _fail(fresh, _("Something went wrong that was not foreseen. The administrators can read it in the log."))
            raise


@transaction.atomic
def _begin(build: Build) -> Build | None:
    """One that was cut off while it ran begins again; one that has ended stays as it is."""
    fresh = Build.objects.select_for_update(of=("self",)).select_related("by", "volume").get(pk=build.pk)
    if fresh.state not in OPEN:
        return None
    if fresh.state == BuildState.WAITING:
        _enter(fresh, BuildState.RUNNING)
    return fresh


@transaction.atomic
def _fail(build: Build, reason: str) -> None:
    fresh = Build.objects.select_for_update(of=("self",)).get(pk=build.pk)
    _enter(fresh, BuildState.FAILED, reason=reason[:500], finished_at=timezone.now())


def _make(build: Build) -> None:
    volume = Volume.objects.select_related("edition__series", "licence").get(pk=build.volume_id)
    facts = facts_of(volume)
    if any(paper.entry.row is None for paper in facts.papers) or not facts.papers:
        raise PapersChanged
    mark = fingerprint_of(facts)
    Build.objects.filter(pk=build.pk).update(total=len(facts.papers) + 1, done=0)
    if same := volume.builds.filter(state=BuildState.DONE, fingerprint=mark).select_related("blob").first():
        _take_over(build, same)
        return
    with tempfile.TemporaryDirectory() as folder:
        _make_anew(build, facts, mark, Path(folder))


def _make_anew(build: Build, facts: VolumeFacts, mark: str, folder: Path) -> None:
    def progress(done: int) -> None:
        Build.objects.filter(pk=build.pk).update(done=done)

    known = made_papers(facts.volume)
    path, pages, papers = making.make(facts, known, folder, progress)
    blobs = [
        made.known.blob if made.known else _stored(made.path, made.facts.entry.final.pages, build) for made in papers
    ]
    _finish(build, facts, mark, _stored(path, pages, build), pages, blobs)


def _stored(path: Path, pages: int, build: Build) -> Blob:
    """The content in the storage, its row not yet written; the one of an earlier build, where it is the same."""
    digest = hashlib.sha256()
    with path.open("rb") as content:
        while piece := content.read(1 << 20):
            digest.update(piece)
        same = Blob.objects.filter(sha256=digest.hexdigest(), volume_builds__volume=build.volume_id).first()
        if same is not None:
            return same
        blob = Blob(size=path.stat().st_size, sha256=digest.hexdigest(), mime="application/pdf", uploaded_by=build.by)
        blob.page_count = pages
        content.seek(0)
        blob.content.save("volume.pdf", File(content), save=False)
    return blob


@transaction.atomic
def _finish(build: Build, facts: VolumeFacts, mark: str, blob: Blob, pages: int, blobs: list[Blob]) -> None:
    Volume.objects.select_for_update().get(pk=build.volume_id)
    rows = {row.pk: row for row in VolumePaper.objects.select_for_update().filter(volume=build.volume_id)}
    if set(rows) != {paper.entry.row.pk for paper in facts.papers if paper.entry.row}:
        raise PapersChanged
    for one in (blob, *blobs):
        if one.pk is None:
            one.save()
    built = []
    for paper, content in zip(facts.papers, blobs, strict=True):
        row = rows[paper.entry.row.pk]  # type: ignore[union-attr]  # looked at above
        row.first_page, row.last_page = paper.first, paper.last
        built.append(_built(build, row, paper.fingerprint, content))
    BuiltPaper.objects.bulk_create(built)
    VolumePaper.objects.bulk_update(rows.values(), ["first_page", "last_page"])
    _end(build, mark, blob, pages)


def _built(build: Build, row: VolumePaper, mark: str, blob: Blob) -> BuiltPaper:
    first, last = row.first_page or 0, row.last_page or 0
    return BuiltPaper(build=build, paper=row, blob=blob, fingerprint=mark, first_page=first, last_page=last)


def _end(build: Build, mark: str, blob: Blob | None, pages: int | None) -> None:
    fresh = Build.objects.select_for_update(of=("self",)).select_related("volume__edition", "by").get(pk=build.pk)
    fresh.done = fresh.total
    done = {"fingerprint": mark, "blob": blob, "pages": pages, "finished_at": timezone.now(), "done": fresh.total}
    _enter(fresh, BuildState.DONE, **done)
    log(fresh.by, "volume.built", fresh.volume.edition, {"pages": [None, pages]})


@transaction.atomic
def _take_over(build: Build, same: Build) -> None:
    """Nothing has changed: the same files."""
    rows = {row.pk: row for row in VolumePaper.objects.select_for_update().filter(volume=build.volume_id)}
    copies = []
    for old in same.papers.all():
        row = rows.get(old.paper_id)
        if row is None:
            raise PapersChanged
        row.first_page, row.last_page = old.first_page, old.last_page
        copies.append(_built(build, row, old.fingerprint, old.blob))
    BuiltPaper.objects.bulk_create(copies)
    VolumePaper.objects.bulk_update(rows.values(), ["first_page", "last_page"])
    _end(build, same.fingerprint, same.blob, same.pages)
