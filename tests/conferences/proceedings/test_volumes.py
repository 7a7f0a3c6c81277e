"""The volume's facts, the order of its papers and its publication: who may, what is legal, what is refused."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import LogEntry
from conferences.actions import volumes
from conferences.actions.common import ChangedMeanwhile
from conferences.actions.editions_common import Conflict, stamp
from conferences.forms.proceedings import VolumeForm
from conferences.models import CommitteeRole, Schedule, Volume
from conferences.queries.proceedings import lineup, missing
from conferences.states import BuildState, EditionState, FinalState, SubmissionState, VolumeState
from evidence.checks import Incomplete
from publications.states import IllegalTransition
from tests.factories.conferences import committee, make_edition, make_submission, make_track, some_author
from tests.factories.proceedings import build, editor_of, make_final, make_paper, make_volume

pytestmark = pytest.mark.django_db
R = CommitteeRole
CUT = "Cut Nyak Dhien"  # a single name of several words


def numbers(volume: Volume) -> list[int | None]:
    return [entry.submission.number for entry in lineup(volume)]


def built(volume: Volume) -> int:
    """As if made of what stands here now."""
    from conferences.proceedings.facts import facts_of
    from conferences.proceedings.front import fingerprint_of
    from tests.factories.proceedings import paper_pdf, stored

    made = volume.builds.create(state=BuildState.WAITING, by=editor_of(volume.edition))
    mark = fingerprint_of(facts_of(volume))
    blob = stored(paper_pdf(1))
    volume.builds.filter(pk=made.pk).update(
        state=BuildState.DONE, blob=blob, pages=1, finished_at=made.started_at, fingerprint=mark
    )
    return made.pk


def test_it_begins_with_what_the_conference_says_and_only_once() -> None:
    edition = make_edition()
    edition.series.issn = "2085-9112"
    edition.series.save()
    by = editor_of(edition)
    volume = volumes.begin(edition, by=by)
    assert (volume.title_id, volume.title_en) == (f"Prosiding {edition.title_id}", f"Proceedings of {edition.title_en}")
    assert (volume.year, volume.place, volume.issn) == (edition.starts_on.year, "Jakarta", "2085-9112")
    assert volumes.begin(edition, by=by) == volume


@pytest.mark.parametrize("role", [R.CHAIR, R.SECRETARY, R.EDITOR])
def test_organisers_and_editors_may(role: str) -> None:
    edition = make_edition(EditionState.ARCHIVED)  # proceedings often come later
    assert volumes.begin(edition, by=committee(edition, role))


@pytest.mark.parametrize("role", [R.PROGRAMME_CHAIR, R.TRACK_CHAIR, R.REGISTRATION, R.STEERING, R.MEMBER, None])
def test_others_may_not(role: str | None) -> None:
    volume = make_volume(1)
    user = committee(volume.edition, role) if role else some_author()
    acts: list[Any] = [
        lambda: volumes.begin(volume.edition, by=user),
        lambda: volumes.save_facts(volume, {}, by=user),
        lambda: volumes.arrange(volume, by=user),
        lambda: volumes.move(volume, 1, 1, by=user),
        lambda: volumes.publish(volume, by=user, seen=1),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_editors_keep_their_order_and_a_second_window_is_seen() -> None:
    volume = make_volume(0)
    by = editor_of(volume.edition)
    base = stamp(Volume.objects.get(pk=volume.pk), volumes.FACTS, ["editors"])
    saved = volumes.save_facts(volume, {"editors": [("", "Sukarno"), ("Dewi", "Siregar")]}, by=by, base=base)
    assert [str(editor) for editor in saved.editors.all()] == ["Sukarno", "Dewi Siregar"]
    with pytest.raises(Conflict):
        volumes.save_facts(volume, {"publisher": "Lain"}, by=by, base=base)


def test_the_log_keeps_no_foreword() -> None:
    volume = make_volume(0)
    volumes.save_facts(volume, {"foreword_id": "Rahasia sambutan"}, by=editor_of(volume.edition))
    entry = LogEntry.objects.filter(action="volume.edited").latest("pk")
    assert "foreword_id" in entry.changes and "Rahasia" not in str(entry.changes)


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("isbn", "978-602-00-0000-8", "9786020000008"),
        ("issn", "20859112", "2085-9112"),
        ("doi", "https://doi.org/10.1234/ABC", "10.1234/abc"),
        ("editors", "Siregar, Dewi\n\nSukarno\nCut Nyak Dhien,", [("Dewi", "Siregar"), ("", "Sukarno"), ("", CUT)]),
    ],
)  # fmt: skip
def test_what_is_typed_is_taken_in_its_form(field: str, typed: str, stored: Any) -> None:
    form = VolumeForm({"title_id": "P", "publisher": "K", "year": "2027", field: typed}, instance=make_volume(0))
    assert form.is_valid(), form.errors
    assert form.cleaned_data[field] == stored


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("isbn", "978-602-00-0000-9"), ("isbn", "1234"), ("issn", "2085-9111"), ("doi", "sepuluh"), ("year", "1800"),
        ("editors", "Dewi Siregar"), ("editors", ", Dewi"), ("editors", "\n".join("A, B" for _ in range(31))),
        ("title_id", ""), ("publisher", "x" * 201),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(field: str, typed: str) -> None:
    form = VolumeForm({"title_id": "P", "publisher": "K", "year": "2027", field: typed}, instance=make_volume(0))
    assert field in form.errors


def test_papers_stand_as_in_the_newest_schedule_then_by_track_and_number() -> None:
    edition = make_edition()
    first, second = make_track(edition, pmks=["PMKS-08"]), make_track(edition, pmks=["PMKS-08"])
    papers = [make_paper(second), make_paper(first), make_paper(first), make_paper(second)]
    item = [{"submission": papers[3].pk}, {"submission": None}, {"submission": papers[2].pk}]
    for number, items in ((1, []), (2, item)):
        sessions = [{"id": 1, "starts_at": "2027-09-15T02:00:00+00:00", "items": items}]
        Schedule.objects.create(edition=edition, number=number, data={"sessions": sessions})
    volume = volumes.begin(edition, by=editor_of(edition))
    assert numbers(volume) == [4, 3, 2, 1]


def test_a_paper_is_moved_to_a_place_and_back_into_the_programmes_order() -> None:
    volume = make_volume(3)
    by = editor_of(volume.edition)
    last = lineup(volume)[2].submission.pk
    moved = volumes.move(volume, last, 1, by=by, seen=volume.revision)
    assert numbers(volume) == [3, 1, 2]
    with pytest.raises(ChangedMeanwhile):
        volumes.move(volume, last, 2, by=by, seen=volume.revision)
    volumes.move(volume, last, 99, by=by)
    assert numbers(volume) == [1, 2, 3]
    volumes.move(volume, last, 1, by=by)
    volumes.arrange(moved, by=by)
    assert numbers(volume) == [1, 2, 3]
    with pytest.raises(ChangedMeanwhile):
        volumes.move(volume, 10**9, 1, by=by)


def test_what_is_missing_is_told_with_why() -> None:
    volume = make_volume(1)
    track = volume.edition.tracks.get()
    make_submission(track, SubmissionState.ACCEPTED)
    for state in (FinalState.WAITING, FinalState.RETURNED):
        make_final(make_submission(track, SubmissionState.ACCEPTED), state=state)
    make_submission(track, SubmissionState.WITHDRAWN)
    make_submission(track)
    told = [getattr(getattr(one, "final_paper", None), "state", "") for one in missing(volume.edition)]
    assert told == ["", "waiting", "returned"]
    assert numbers(volume) == [1]


def test_it_is_published_once_as_it_was_looked_at() -> None:
    volume = make_volume(1)
    by = editor_of(volume.edition)
    seen = built(volume)
    with pytest.raises(ChangedMeanwhile):
        volumes.publish(volume, by=by, seen=seen - 1)
    published = volumes.publish(volume, by=by, seen=seen)
    assert published.state == VolumeState.PUBLISHED and published.published_by == by
    for act in (
        lambda: volumes.publish(volume, by=by, seen=seen),
        lambda: volumes.save_facts(volume, {"publisher": "Lain"}, by=by),
        lambda: volumes.arrange(volume, by=by),
        lambda: volumes.move(volume, 1, 1, by=by),
    ):
        with pytest.raises(IllegalTransition):
            act()


def test_it_is_not_published_when_something_has_changed_since_or_lacks() -> None:
    volume = make_volume(1)
    by = editor_of(volume.edition)
    seen = built(volume)
    volume = volumes.save_facts(volume, {"publisher": "Kementerian yang lain"}, by=by)
    with pytest.raises(Incomplete):
        volumes.publish(volume, by=by, seen=seen)
    volume = volumes.save_facts(volume, {"licence": None}, by=by)
    with pytest.raises(Incomplete):
        volumes.publish(volume, by=by, seen=built(volume))
    assert Volume.objects.get().state == VolumeState.PREPARING


def test_a_failed_build_is_not_published() -> None:
    volume = make_volume(1)
    make_paper(volume.edition.tracks.get(), content=b"%PDF-1.7 rusak")
    failed = build(volume)
    assert failed.state == BuildState.FAILED
    with pytest.raises(ChangedMeanwhile):
        volumes.publish(volume, by=editor_of(volume.edition), seen=failed.pk)


def test_papers_get_their_dois_from_the_volumes() -> None:
    volume = make_volume(2, doi="10.1234/knpks.4")
    with_dois = [entry.row.doi for entry in volumes.take_in(volume) if entry.row]
    assert with_dois == ["10.1234/knpks.4.1", "10.1234/knpks.4.2"]
