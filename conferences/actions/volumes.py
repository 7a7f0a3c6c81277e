"""The volume of an edition: its facts, the order of its papers, its publication."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.actions import changes_between, log
from accounts.models import User
from conferences.actions.common import ChangedMeanwhile, require
from conferences.actions.editions_common import all_values, check_base, locked
from conferences.models import Build, Edition, Host, Volume, VolumeEditor, VolumePaper
from conferences.proceedings.facts import VolumeFacts, facts_of
from conferences.proceedings.front import fingerprint_of
from conferences.queries.proceedings import Entry, lineup, place_of, programme_order, volume_of
from conferences.rules.proceedings import may_change_volume, may_edit_proceedings
from conferences.states import VOLUME_TRANSITIONS, BuildState, VolumeState
from evidence.actions.common import without_words
from evidence.checks import Incomplete
from publications.states import IllegalTransition, check_transition
from taxonomy.models import Licence

FACTS = (
    "title_id", "title_en", "number", "publisher", "place", "year", "isbn", "issn", "doi", "licence",
    "foreword_id", "foreword_en", "foreword_by",
)  # fmt: skip
LONG = ("foreword_id", "foreword_en")
USUAL_LICENCE = "CC-BY-4.0"


@transaction.atomic
def begin(edition: Edition, *, by: User) -> Volume:
    """The volume with what the edition already says; the one that is there, if there is one."""
    require(may_edit_proceedings(by, edition))
    fresh = locked(edition)
    if known := volume_of(fresh):
        return known
    volume = Volume.objects.create(edition=fresh, **_first_facts(fresh))
    log(by, "volume.begun", fresh)
    _write_order(volume, lineup(volume))
    return volume


def _first_facts(edition: Edition) -> dict[str, Any]:
    host = Host.objects.filter(edition=edition).select_related("organisation").first()
    titles = {}
    for language in ("id", "en"):
        with override(language):
            name = getattr(edition, f"title_{language}")
            titles[f"title_{language}"] = _("Proceedings of %(edition)s") % {"edition": name} if name else ""
    return {
        **{name: str(title)[:300] for name, title in titles.items()},
        "publisher": host.organisation.name[:200] if host else "",
        "place": edition.city,
        "year": edition.starts_on.year,
        "issn": edition.series.issn,
        "licence": Licence.objects.filter(code=USUAL_LICENCE).first(),
    }


def locked_volume(volume: Volume, by: User) -> Volume:
    """The volume as it is now, held until the transaction ends, if this user may change it."""
    fresh = Volume.objects.select_for_update(of=("self",)).select_related("edition__series").get(pk=volume.pk)
    require(may_edit_proceedings(by, fresh.edition))
    if not may_change_volume(by, fresh):
        raise IllegalTransition(fresh, fresh.state, fresh.state)
    return fresh


@transaction.atomic
def save_facts(volume: Volume, data: dict[str, Any], *, by: User, base: str | None = None) -> Volume:
    """`data`: FACTS, and `editors` as [(given, family)]. Raises `Conflict` if saved elsewhere since `base`."""
    fresh = locked_volume(volume, by)
    check_base(fresh, base, FACTS, ["editors"])
    before = all_values(fresh, FACTS) | {"editors": [str(editor) for editor in fresh.editors.all()]}
    for name in FACTS:
        setattr(fresh, name, data.get(name, getattr(fresh, name)))
    if "editors" in data:
        _write_editors(fresh, data["editors"])
    after = all_values(fresh, FACTS) | {"editors": [str(editor) for editor in fresh.editors.all()]}
    if changes := changes_between(before, after):
        fresh.revision += 1
        fresh.save(update_fields=[*FACTS, "revision"])
        log(by, "volume.edited", fresh.edition, without_words(changes, LONG))
    return fresh


def _write_editors(volume: Volume, editors: list[tuple[str, str]]) -> None:
    if editors == list(volume.editors.values_list("given_name", "family_name")):
        return
    volume.editors.all().delete()
    VolumeEditor.objects.bulk_create(
        VolumeEditor(volume=volume, given_name=given, family_name=family, position=place)
        for place, (given, family) in enumerate(editors)
    )


def _write_order(volume: Volume, entries: list[Entry]) -> None:
    """Rows for these, in this order; rows of papers that are no longer ready go."""
    wanted = {entry.submission.pk: place for place, entry in enumerate(entries, 1)}
    volume.papers.exclude(submission__in=wanted).delete()
    rows = {row.submission_id: row for row in volume.papers.all()}
    for pk, place in wanted.items():
        if pk not in rows:
            rows[pk] = VolumePaper.objects.create(volume=volume, submission_id=pk, position=place)
        rows[pk].position = place
    VolumePaper.objects.bulk_update(rows.values(), ["position"])


def take_in(volume: Volume) -> list[Entry]:
    """What is ready now has its rows, with DOIs where the volume has one; in the caller's transaction."""
    _write_order(volume, lineup(volume))
    entries = lineup(volume)
    rows = [entry.row for entry in entries if entry.row]
    for entry in entries:
        if entry.row:
            entry.row.doi = f"{volume.doi}.{entry.submission.number}" if volume.doi else ""
    VolumePaper.objects.bulk_update(rows, ["doi"])
    return entries


@transaction.atomic
def arrange(volume: Volume, *, by: User, seen: int | None = None) -> Volume:
    """All papers in the order of the programme."""
    fresh = _seen(locked_volume(volume, by), seen)
    places = programme_order(fresh.edition)
    entries = sorted(lineup(fresh), key=lambda entry: place_of(entry.submission, places))
    _write_order(fresh, entries)
    return _reordered(fresh, by, {"order": [None, "programme"]})


@transaction.atomic
def move(volume: Volume, submission: int, place: int, *, by: User, seen: int | None = None) -> Volume:
    """To the place counted from 1; beyond the ends it stays at the end."""
    fresh = _seen(locked_volume(volume, by), seen)
    entries = lineup(fresh)
    before = next((at for at, entry in enumerate(entries) if entry.submission.pk == submission), None)
    if before is None:
        raise ChangedMeanwhile
    after = min(max(place, 1), len(entries)) - 1
    entries.insert(after, entries.pop(before))
    _write_order(fresh, entries)
    number = entries[after].submission.number
    return _reordered(fresh, by, {"paper": [f"{number}: {before + 1}", f"{number}: {after + 1}"]})


def _seen(volume: Volume, revision: int | None) -> Volume:
    if revision is not None and revision != volume.revision:
        raise ChangedMeanwhile
    return volume


def _reordered(volume: Volume, by: User, changes: dict[str, Any]) -> Volume:
    volume.revision += 1
    volume.save(update_fields=["revision"])
    log(by, "volume.reordered", volume.edition, changes)
    return volume


def unmet(volume: Volume, facts: VolumeFacts, build: Build | None) -> "list[str | Promise]":
    """What is missing before the volume can be published."""
    is_current = build is not None and build.fingerprint == fingerprint_of(facts)
    subjects = [paper for paper in facts.papers if not paper.entry.submission.abstract]
    needs = (
        (bool(volume.title_id), _("Title in Indonesian")),
        (bool(volume.publisher), _("Publisher")),
        (volume.licence_id is not None, _("Licence")),
        (bool(facts.papers), _("At least one paper")),
        (is_current, _("A volume made of what stands here now")),
        (not subjects, _("An abstract of every paper")),
    )
    return [label for is_met, label in needs if not is_met]


@transaction.atomic
def publish(volume: Volume, *, by: User, seen: int) -> Volume:
    """`seen`: the build that was looked at. The worker then hands the papers in, for the curators to publish."""
    from conferences.proceedings.tasks import hand_in_papers

    fresh = Volume.objects.select_for_update(of=("self",)).select_related("edition__series").get(pk=volume.pk)
    require(may_edit_proceedings(by, fresh.edition))
    check_transition(fresh, fresh.state, VolumeState.PUBLISHED, VOLUME_TRANSITIONS)
    builds = list(fresh.builds.all()[:1])
    if not builds or builds[0].pk != seen or builds[0].state != BuildState.DONE:
        raise ChangedMeanwhile
    if missing := unmet(fresh, facts_of(fresh), builds[0]):
        raise Incomplete(missing)
    fresh.state, fresh.published_at, fresh.published_by = VolumeState.PUBLISHED, timezone.now(), by
    fresh.revision += 1
    fresh.save(update_fields=["state", "published_at", "published_by", "revision"])
    log(by, "volume.published", fresh.edition, {"papers": [None, fresh.papers.count()]})
    hand_in_papers.enqueue(fresh.pk, by.pk)
    return fresh
