"""A published volume and its papers become research outputs: handed in with all that is known, curated like any other.

Each in a transaction of its own; repeating it goes on where it ended.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from accounts.actions import log
from accounts.mail import send_mail_to
from accounts.models import User
from conferences.actions.common import require
from conferences.models import BuiltPaper, Paper, Volume, VolumePaper
from conferences.proceedings.description import paper_description, paper_name, volume_description, volume_name
from conferences.queries.proceedings import finished_build, newest_versions, output_of, papers_of, published_papers
from conferences.rules.proceedings import may_follow_papers, may_publish_paper
from conferences.states import VolumeState
from publications.actions import drafts, handing_in, notify, reading, review
from publications.checks import Incomplete
from publications.models import Blob, Output, Version
from publications.models.files import ReadingState
from publications.rules import editing
from publications.states import IllegalTransition, VersionState


def ask_again(volume: Volume, *, by: User) -> None:
    """For what could not be handed in: a PMKS was missing, or the worker was stopped."""
    from conferences.proceedings.tasks import hand_in_papers

    require(may_follow_papers(by, volume.edition))
    if volume.state != VolumeState.PUBLISHED:
        raise IllegalTransition(volume, volume.state, volume.state)
    hand_in_papers.enqueue(volume.pk, by.pk)


def hand_in_all(volume: Volume, *, by: User) -> int:
    """For the worker; how many came to the curators or were published."""
    build = finished_build(volume)
    if volume.state != VolumeState.PUBLISHED or build is None or build.blob is None:
        return 0
    built = {one.paper_id: one for one in papers_of(build)}
    output = _volume_output(volume, build.blob, by)
    rows = list(published_papers(volume))
    done = sum(_hand_in(volume, row, built[row.pk], output, by) for row in rows if row.pk in built)
    if done:
        log(by, "volume.handed_in", volume.edition, {"papers": [None, done]})
        _tell_curators(volume, done)
    return done


def _tell_curators(volume: Volume, count: int) -> None:
    """One mail for all of them."""
    for user in notify.curators():
        with override(user.language):
            url = settings.SITE_URL + reverse("conferences:desk_volume_papers", args=[volume.edition.slug])
            title = str(volume.title)
        send_mail_to(user, "conferences/mail/proceedings_queue", {"title": title, "count": count, "url": url})


def _volume_output(volume: Volume, blob: Blob, by: User) -> Output:
    """The volume's own output; its editor owns it."""
    owner = volume.published_by or by
    if volume.output is None:
        _read(blob)
        with transaction.atomic():
            fresh = Volume.objects.select_for_update().get(pk=volume.pk)
            if fresh.output_id is None:
                data, sample = volume_description(volume), volume.edition.is_sample
                version = handing_in.begin(owner, data, blob, volume_name(volume), by=by, is_sample=sample)
                fresh.output = version.output
                fresh.save(update_fields=["output"])
        volume.output = Output.objects.get(proceedings_volume=volume)
    _send(volume.output, volume_description(volume), by)
    return volume.output


def _hand_in(volume: Volume, row: VolumePaper, built: BuiltPaper, whole: Output, by: User) -> bool:
    data = paper_description(volume, row, built, whole)
    output = output_of(row)
    if output is None:
        _read(built.blob)
        output = _paper_output(volume, row, built, data, by)
    return _send(output, data, by)


@transaction.atomic
def _paper_output(volume: Volume, row: VolumePaper, built: BuiltPaper, data: dict[str, Any], by: User) -> Output:
    """Its submitter owns it."""
    Volume.objects.select_for_update().get(pk=volume.pk)
    known = Paper.objects.filter(submission=row.submission_id).select_related("output").first()
    if known is not None:
        return known.output
    submission = row.submission
    sample = submission.is_sample or volume.edition.is_sample
    name = paper_name(volume, built)
    version = handing_in.begin(submission.submitter, data, built.blob, name, by=by, is_sample=sample)
    Paper.objects.create(edition=volume.edition, output=version.output, submission=submission, position=row.position)
    return version.output


def _read(blob: Blob) -> None:
    """Its text, for search and for the checks of the curators."""
    if blob.reading_state == ReadingState.NOT_NEEDED:
        reading.read_blob(blob)


def _send(output: Output, data: dict[str, Any], by: User) -> bool:
    """To the curators, if it is a draft still and nothing is missing; published at once by an editor who is one."""
    version = newest_versions([output.pk])[output.pk]
    if version.state != VersionState.DRAFT:
        return False
    try:
        with transaction.atomic():
            _complete(version, data, by)
            version = handing_in.submit(version, by=by)
    except (Incomplete, IllegalTransition):  # or somebody else has just handed it in
        return False
    if editing.may_curate(by, version):
        review.publish(version, by=by)
    return True


def _complete(version: Version, data: dict[str, Any], by: User) -> None:
    """A draft that its owner has not touched is described anew: a track may have its PMKS by now."""
    if version.revision == 1:
        handing_in.describe(version, data, by=by)


def publish_papers(volume: Volume, chosen: Iterable[tuple[int, int]], *, by: User) -> tuple[int, int]:
    """By a curator: [(version, revision seen)]. How many were published, and how many were passed over because they
    were changed, published or returned meanwhile, are one's own or lack something.
    """
    require(may_follow_papers(by, volume.edition))
    wanted = dict(chosen)
    outputs = [*Paper.objects.filter(submission__volume_paper__volume=volume).values_list("output", flat=True)]
    outputs += [volume.output_id] if volume.output_id else []
    found = [version for version in newest_versions(outputs).values() if version.pk in wanted]
    done = sum(_publish(version, wanted[version.pk], by) for version in found)
    if done:
        log(by, "volume.papers_published", volume.edition, {"papers": [None, done]})
    return done, len(wanted) - done


def _publish(version: Version, revision: int, by: User) -> bool:
    if version.revision != revision or not may_publish_paper(by, version):
        return False
    try:
        review.publish(version, by=by, seen=version.content_mark())
    except (Incomplete, IllegalTransition, drafts.Conflict):
        return False
    return True
