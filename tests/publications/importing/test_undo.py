"""Taking a batch back."""

from typing import Any

import pytest

from accounts.models import LogEntry, Person
from publications.actions import importing
from publications.actions.drafts import save_draft, submit
from publications.actions.review import comment
from publications.models import Change, Contributor, CopyRequest, Output, Relation, TopicListing, Version
from publications.states import IllegalTransition

from .test_importing import HEADINGS, ROW, SECOND, one


def reasons(batch: Any) -> set[str]:
    return {obstacle.reason for obstacle in importing.obstacles(batch)}


def test_drafts_are_deleted(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW + SECOND)
    counts = importing.undo_batch(batch, by=curator)
    assert counts == {"deleted": 2, "withdrawn": 0, "restored": 0, "kept": 0}
    assert not Output.objects.exists() and batch.state == "undone"
    assert LogEntry.objects.filter(action="output.import_undone").count() == 2


def test_what_was_public_leaves_a_tombstone(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW, publish=True)
    importing.undo_batch(batch, by=curator)
    output = one()
    assert output.state == "withdrawn" and output.withdrawal_reason and output.public_id
    assert not TopicListing.objects.exists() and Change.objects.count() == 2


def test_importing_again_brings_it_back_under_the_same_identifier(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW, publish=True)
    public_id = one().public_id
    importing.undo_batch(batch, by=curator)
    again = bring_in(HEADINGS + ROW, publish=True)
    output = one()
    assert (output.state, output.public_id, output.withdrawal_reason) == ("published", public_id, "")
    assert again.updated_count == 1 and TopicListing.objects.count() == 1
    importing.undo_batch(again, by=curator)
    assert one().state == "withdrawn"


def test_changed_rows_say_again_what_they_said(bring_in: Any, curator: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    before = _said()
    changed = ROW.replace("di kota", "di desa").replace("Sukarno", "Hatta").replace("PMKS-04", "PMKS-11")
    batch = bring_in(HEADINGS + changed.replace("10.1234/a1", "10.1234/a2"), publish=True)
    assert _said() != before and Person.objects.filter(family_name="Hatta").exists()
    counts = importing.undo_batch(batch, by=curator)
    assert counts["restored"] == 1 and _said() == before
    assert not Person.objects.filter(family_name="Hatta").exists()
    assert TopicListing.objects.get().pmks.code == "PMKS-04"


def _said() -> Any:
    version = Version.objects.get()
    people = list(version.contributors.values_list("position", "given_name", "family_name", "person", "affiliation"))
    scalars = (version.title_id, version.date, version.type_id, version.access, version.licence_id)
    return (
        scalars,
        people,
        list(version.identifiers.values_list("scheme", "value")),
        list(version.pmks.values_list("code")),
    )


def test_after_an_undo_the_changed_file_can_come_again(bring_in: Any, curator: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    changed = HEADINGS + ROW.replace("di kota", "di desa")
    importing.undo_batch(bring_in(changed, publish=True), by=curator)
    batch = bring_in(changed, publish=True)
    assert (batch.updated_count, batch.kept_count) == (1, 0)
    assert one().current.title_id == "Anak jalanan di desa"


def test_the_first_of_two_batches_waits_for_the_second(bring_in: Any, curator: Any) -> None:
    first = bring_in(HEADINGS + ROW, publish=True)
    second = bring_in(HEADINGS + ROW.replace("di kota", "di desa"), publish=True)
    assert "imported" in reasons(first)
    importing.undo_batch(second, by=curator)
    assert reasons(first) == set()
    importing.undo_batch(first, by=curator)
    assert one().state == "withdrawn"


def test_publishing_earlier_drafts_is_taken_back_too(bring_in: Any, curator: Any) -> None:
    bring_in(HEADINGS + ROW)
    batch = bring_in(HEADINGS + ROW, publish=True)
    importing.undo_batch(batch, by=curator)
    assert one().state == "withdrawn"


def edit(output: Output, curator: Any) -> None:
    save_draft(output.versions.get(), {"title_id": "Diperbaiki"}, by=curator)


def talk(output: Output, curator: Any) -> None:
    comment(output.versions.get(), "Periksa judulnya", by=curator)


def request_copy(output: Output, curator: Any) -> None:
    CopyRequest.objects.create(output=output, name="A", email="a@example.org", purpose="studi")


def cite(output: Output, curator: Any) -> None:
    other = Output.objects.create(owner=curator)
    Relation.objects.create(version=Version.objects.create(output=other), kind="Cites", target=output)


@pytest.mark.parametrize(
    ("use", "reason"), [(edit, "edited"), (talk, "commented"), (request_copy, "requested"), (cite, "cited")]
)
def test_what_was_used_since_stands_in_the_way(bring_in: Any, curator: Any, use: Any, reason: str) -> None:
    batch = bring_in(HEADINGS + ROW + SECOND)
    use(Output.objects.get(source_id="a1"), curator)
    with pytest.raises(importing.CannotUndo) as refusal:
        importing.undo_batch(batch, by=curator)
    assert [(o.reason, o.title) for o in refusal.value.obstacles] == [
        (reason, Version.objects.get(output__source_id="a1").title_id)
    ]
    assert Output.objects.filter(source="uji").count() == 2
    batch.refresh_from_db()
    assert batch.state == "done"
    counts = importing.undo_batch(batch, by=curator, keep_used=True)
    assert (counts["deleted"], counts["kept"]) == (1, 1)
    assert list(Output.objects.filter(source="uji").values_list("source_id", flat=True)) == ["a1"]


def test_a_draft_that_was_submitted_stands_in_the_way(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW)
    version = Version.objects.get()
    save_draft(version, {"abstract_id": "Ringkasan."}, by=curator)
    submit(version, by=curator)
    assert {"edited", "submitted"} <= reasons(batch)


def test_an_undo_cannot_be_undone_or_repeated(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW)
    importing.undo_batch(batch, by=curator)
    with pytest.raises(IllegalTransition):
        importing.undo_batch(batch, by=curator)


def test_nothing_is_half_undone(bring_in: Any, curator: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from publications.actions.importing import undoing

    batch = bring_in(HEADINGS + ROW + SECOND.replace("2021", ""), publish=True)

    def fail(*_args: Any) -> int:
        raise RuntimeError

    monkeypatch.setattr(undoing, "_delete", fail)
    with pytest.raises(RuntimeError):
        importing.undo_batch(batch, by=curator)
    assert Output.objects.get(source_id="a1").state == "published"
    assert Contributor.objects.count() == 3
