"""The life of an output: each change does all of its work or none, and only for whom it may."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult

from accounts.models import LogEntry, Person, User
from publications.actions import drafts, ownership, review
from publications.checks import Incomplete
from publications.models import Change, Comment, Output, TopicListing, Version
from publications.publicid import normalise_public_id
from publications.states import IllegalTransition, OutputState, VersionState
from taxonomy.models import Pmks

pytestmark = pytest.mark.django_db


def actions_logged(output: Output) -> list[str]:
    entries = LogEntry.objects.filter(target=f"publications.output:{output.pk}").order_by("id")
    return list(entries.values_list("action", flat=True))


def mails() -> list[tuple[str, str]]:
    """(address, template) of the mails in the queue."""
    queued = DBTaskResult.objects.filter(task_path__endswith="deliver").order_by("enqueued_at")
    return [(result.args_kwargs["args"][0], result.args_kwargs["args"][1].rpartition("/")[2]) for result in queued]


def test_a_draft_is_nobodys_business(draft: Version, stranger: User) -> None:
    assert not Output.objects.public().exists()
    assert not Output.objects.visible_to(stranger).exists()
    assert list(Output.objects.visible_to(draft.output.owner)) == [draft.output]


def test_saving_logs_only_what_changed(draft: Version, owner: User) -> None:
    drafts.save_draft(draft, {"title_id": "Judul", "abstract_id": ""}, by=owner)
    assert LogEntry.objects.get(action="version.edited").changes == {"title_id": ["", "Judul"]}


def test_saving_nothing_new_keeps_the_revision(complete: Version, owner: User) -> None:
    again = drafts.save_draft(complete, {"title_id": complete.title_id}, by=owner)
    assert again.revision == complete.revision


def test_an_edit_from_an_older_revision_overwrites_nothing(draft: Version, owner: User) -> None:
    drafts.save_draft(draft, {"title_id": "Dari tab satu"}, by=owner, base_revision=0)
    with pytest.raises(drafts.Conflict) as conflict:
        drafts.save_draft(draft, {"title_id": "Dari tab dua"}, by=owner, base_revision=0)
    assert conflict.value.current.title_id == "Dari tab satu"
    draft.refresh_from_db()
    assert draft.title_id == "Dari tab satu"


def test_strangers_neither_save_nor_submit(complete: Version, stranger: User) -> None:
    for act in (
        lambda: drafts.save_draft(complete, {"title_id": "x"}, by=stranger),
        lambda: drafts.submit(complete, by=stranger),
        lambda: drafts.discard(complete, by=stranger),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_incomplete_draft_says_what_is_missing(draft: Version, owner: User) -> None:
    with pytest.raises(Incomplete) as incomplete:
        drafts.submit(draft, by=owner)
    assert {check.code for check in incomplete.value.missing} >= {"file", "title", "contributors", "pmks", "licence"}
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_submitting_tells_curators_and_owner(complete: Version, owner: User, curator: User) -> None:
    drafts.submit(complete, by=owner)
    assert mails() == [(curator.email, "submitted"), (owner.email, "received")]


def test_returning_needs_a_reason(submitted: Version, curator: User) -> None:
    with pytest.raises(review.ReasonMissing):
        review.return_to_author(submitted, "  ", by=curator)
    submitted.refresh_from_db()
    assert submitted.state == VersionState.SUBMITTED


def test_returned_corrected_resubmitted_published(submitted: Version, owner: User, curator: User) -> None:
    returned = review.return_to_author(submitted, "Abstrak terlalu pendek.", by=curator)
    assert Comment.objects.get(version=returned).is_return_reason
    drafts.save_draft(returned, {"abstract_id": "Lebih panjang."}, by=owner)
    output = review.publish(drafts.submit(returned, by=owner), by=curator)
    assert output.state == OutputState.PUBLISHED
    assert actions_logged(output) == [
        "output.started", "version.edited", "version.submitted", "version.returned", "version.edited",
        "version.submitted", "version.published",
    ]  # fmt: skip


def test_publishing_makes_it_public_in_one_go(published: Output) -> None:
    published.refresh_from_db()
    assert published.public_id and normalise_public_id(published.public_id) == published.public_id
    assert (published.year, published.sort_date) == (2024, datetime.date(2024, 5, 1))
    assert list(Output.objects.public()) == [published]
    assert TopicListing.objects.get().pmks.code == "PMKS-08"
    assert Change.objects.filter(output=published).count() == 1
    assert Output.objects.filter(search="lanjut").exists()


def test_publishing_links_people_and_keeps_single_names(published: Output) -> None:
    assert sorted(Person.objects.values_list("given_name", "family_name")) == [("", "Sukarno"), ("Siti", "Rahmawati")]


def test_curators_never_publish_their_own(complete: Version, owner: User) -> None:
    owner.role = "curator"
    owner.save()
    submitted = drafts.submit(complete, by=owner)
    with pytest.raises(PermissionDenied):
        review.publish(submitted, by=owner)


def test_researchers_do_not_curate(submitted: Version, colleague: User) -> None:
    for act in (
        lambda: review.publish(submitted, by=colleague),
        lambda: review.return_to_author(submitted, "x", by=colleague),
        lambda: review.claim(submitted, by=colleague),
        lambda: review.withdraw(submitted.output, "x", by=colleague),
    ):
        with pytest.raises(PermissionDenied):
            act()


ILLEGAL = {
    "publish a draft": lambda v, o, c: review.publish(v, by=c),
    "return a draft": lambda v, o, c: review.return_to_author(v, "x", by=c),
    "claim a draft": lambda v, o, c: review.claim(v, by=c),
    "withdraw what is not public": lambda v, o, c: review.withdraw(v.output, "x", by=c),
    "reinstate what is not withdrawn": lambda v, o, c: review.reinstate(v.output, "x", by=c),
}


@pytest.mark.parametrize("act", ILLEGAL.values(), ids=ILLEGAL.keys())
def test_illegal_orders_raise_and_change_nothing(act: Any, complete: Version, owner: User, curator: User) -> None:
    before = Version.objects.values().get(pk=complete.pk), Output.objects.values().get(pk=complete.output_id)
    with pytest.raises(IllegalTransition):
        act(complete, owner, curator)
    assert (Version.objects.values().get(pk=complete.pk), Output.objects.values().get(pk=complete.output_id)) == before


def test_what_is_published_is_edited_no_more(published: Output, owner: User, curator: User) -> None:
    for user in (owner, curator):
        with pytest.raises(PermissionDenied):
            drafts.save_draft(published.current, {"title_id": "x"}, by=user)
    with pytest.raises(PermissionDenied):
        drafts.submit(published.current, by=owner)


def test_withdrawal_leaves_a_tombstone(published: Output, curator: User, owner: User) -> None:
    withdrawn = review.withdraw(published, "Data keliru.", by=curator)
    assert not Output.objects.public().exists()
    assert list(Output.objects.with_tombstones()) == [withdrawn]
    assert not TopicListing.objects.exists()
    assert Change.objects.filter(output=published).count() == 2
    with pytest.raises(IllegalTransition):
        review.withdraw(published, "Sekali lagi", by=curator)


def test_reinstating_brings_it_back(published: Output, curator: User) -> None:
    review.withdraw(published, "Data keliru.", by=curator)
    review.reinstate(published, "Ternyata benar.", by=curator)
    assert Output.objects.public().get() == published
    assert TopicListing.objects.count() == 1


def test_a_new_version_leaves_the_public_one_until_approved(published: Output, owner: User, curator: User) -> None:
    second = drafts.new_version(published, by=owner)
    assert (second.number, second.title_id, second.contributors.count()) == (2, published.current.title_id, 2)
    drafts.save_draft(second, {"title_id": "Judul baru", "change_note": "Tabel 2 diperbaiki"}, by=owner)
    assert Output.objects.get(pk=published.pk).current.number == 1
    review.publish(drafts.submit(second, by=owner), by=curator)
    fresh = Output.objects.get(pk=published.pk)
    assert (fresh.current.number, fresh.public_id) == (2, published.public_id)


def test_asking_twice_for_a_new_version_gives_the_same(published: Output, owner: User) -> None:
    assert drafts.new_version(published, by=owner) == drafts.new_version(published, by=owner)


def test_a_new_version_must_say_what_changed(published: Output, owner: User) -> None:
    with pytest.raises(Incomplete):
        drafts.submit(drafts.new_version(published, by=owner), by=owner)


def test_correcting_metadata_is_logged_and_seen_by_followers(published: Output, curator: User) -> None:
    review.correct(published.current, {"pmks": [Pmks.objects.get(code="PMKS-24")]}, "PMKS keliru", by=curator)
    assert TopicListing.objects.get().pmks.code == "PMKS-24"
    assert LogEntry.objects.get(action="version.corrected").changes["pmks"] == [["PMKS-08"], ["PMKS-24"]]
    assert Change.objects.count() == 2


def test_a_correction_that_breaks_it_is_refused(published: Output, curator: User) -> None:
    with pytest.raises(Incomplete):
        review.correct(published.current, {"contributors": []}, "salah", by=curator)
    assert published.current.contributors.count() == 2


def test_discarding_leaves_nothing(complete: Version, owner: User) -> None:
    drafts.discard(complete, by=owner)
    assert not Output.objects.exists()


def test_what_was_submitted_once_is_not_discarded(submitted: Version, owner: User, curator: User) -> None:
    returned = review.return_to_author(submitted, "x", by=curator)
    with pytest.raises(PermissionDenied):
        drafts.discard(returned, by=owner)


def test_co_owners_edit_together(draft: Version, owner: User, colleague: User) -> None:
    ownership.add_co_owner(draft.output, colleague, by=owner)
    drafts.save_draft(draft, {"title_id": "Bersama"}, by=colleague)
    with pytest.raises(PermissionDenied):
        ownership.transfer(draft.output, colleague, by=colleague)
    ownership.remove_co_owner(draft.output, colleague, by=colleague)
    with pytest.raises(PermissionDenied):
        drafts.save_draft(draft, {"title_id": "Sendiri"}, by=colleague)


def test_transfer_keeps_the_former_owner_as_co_owner(draft: Version, owner: User, colleague: User) -> None:
    ownership.transfer(draft.output, colleague, by=owner)
    output = Output.objects.get()
    assert output.owner == colleague
    assert list(output.co_owners.all()) == [owner]


def test_a_claimed_paper_names_its_curator(submitted: Version, curator: User) -> None:
    assert review.claim(submitted, by=curator).claimed_by == curator
    assert review.release(submitted, by=curator).claimed_by is None
