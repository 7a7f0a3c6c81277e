"""Merging duplicates: everything that named one names the other, in every app, and back again."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.actions import CannotMerge, merge_organisations, merge_people, undo_merge
from accounts.actions.merging import _relations
from accounts.models import LogEntry, Merge, Organisation, Person, Role, User
from tests.factories.accounts import make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def curator() -> User:
    return make_user("kurator@example.org", Role.CURATOR)


@pytest.fixture
def universities() -> tuple[Organisation, Organisation]:
    target = make_organisation("Universitas Indonesia", acronym="UI")
    source = make_organisation("Univ. Indonesia", ror="05dxps055", city="Depok", aliases=["Univ Indonesia"])
    return source, target


def test_what_named_the_source_names_the_target(curator: User, universities: Any) -> None:
    source, target = universities
    staff, faculty = make_person(affiliation=source), make_organisation("FISIP", parent=source)
    earlier = make_organisation("UI Depok", merged_into=source)
    merge_organisations(curator, source, target)
    for thing in (staff, faculty, earlier, source, target):
        thing.refresh_from_db()
    assert staff.affiliation == faculty.parent == earlier.merged_into == source.merged_into == target
    assert (target.ror, target.city, target.acronym) == ("05dxps055", "Depok", "UI")
    assert target.aliases == ["Univ. Indonesia", "Univ Indonesia"]
    assert source not in Organisation.objects.current()


def test_both_entries_say_so_in_the_log(curator: User, universities: Any) -> None:
    source, target = universities
    merge_organisations(curator, source, target)
    entries = LogEntry.objects.filter(action="organisation.merged", actor=curator)
    assert {entry.target for entry in entries} == {
        f"accounts.organisation:{source.pk}",
        f"accounts.organisation:{target.pk}",
    }
    assert all(entry.changes == {"merged": ["Univ. Indonesia", "Universitas Indonesia"]} for entry in entries)


def test_undoing_gives_everything_back(curator: User, universities: Any) -> None:
    source, target = universities
    staff, own = make_person(affiliation=source), make_person("Rina", affiliation=target)
    before = [list(model.objects.order_by("pk").values()) for model in (Organisation, Person)]
    merge = merge_organisations(curator, source, target)
    undo_merge(curator, merge)
    assert [list(model.objects.order_by("pk").values()) for model in (Organisation, Person)] == before
    own.refresh_from_db()
    staff.refresh_from_db()
    assert (staff.affiliation, own.affiliation) == (source, target)
    assert LogEntry.objects.filter(action="organisation.unmerged").count() == 1
    with pytest.raises(CannotMerge):
        undo_merge(curator, merge)


def test_undoing_leaves_what_was_edited_since(curator: User, universities: Any) -> None:
    source, target = universities
    staff = make_person(affiliation=source)
    merge = merge_organisations(curator, source, target)
    Organisation.objects.filter(pk=target.pk).update(city="Jakarta")
    Person.objects.filter(pk=staff.pk).update(affiliation=None)
    undo_merge(curator, merge)
    staff.refresh_from_db()
    target.refresh_from_db()
    assert staff.affiliation is None
    assert target.city == "Jakarta"


def test_a_chain_is_undone_from_its_end(curator: User, universities: Any) -> None:
    source, middle = universities
    end = make_organisation("Universitas Indonesia (UI)")
    first, second = merge_organisations(curator, source, middle), merge_organisations(curator, middle, end)
    source.refresh_from_db()
    assert source.merged_into == end
    with pytest.raises(CannotMerge):
        undo_merge(curator, first)
    undo_merge(curator, second)
    undo_merge(curator, first)
    source.refresh_from_db()
    assert source.merged_into is None


def test_a_child_that_absorbs_its_parent_is_not_its_own_parent(curator: User) -> None:
    parent = make_organisation("Induk")
    child = make_organisation("Anak", parent=parent)
    merge_organisations(curator, parent, child)
    child.refresh_from_db()
    assert child.parent is None
    other = make_organisation("Cabang", parent=child)
    merge_organisations(curator, other, child)
    child.refresh_from_db()
    assert child.parent is None


def test_people_take_over_orcid_account_and_organisation(curator: User) -> None:
    user = make_user()
    user.person.delete()
    source = make_person("S. Aminah", user=user, orcid=ORCID, orcid_authenticated=True, affiliation=make_organisation())
    target = make_person("Siti Aminah", degrees_after="M.Si.")
    merge_people(curator, source, target)
    source.refresh_from_db()
    target.refresh_from_db()
    assert (target.user, target.orcid, target.orcid_authenticated) == (user, ORCID, True)
    assert (source.user, source.orcid, source.orcid_authenticated) == (None, None, False)
    assert target.affiliation == source.affiliation
    undo_merge(curator, Merge.objects.get())
    source.refresh_from_db()
    target.refresh_from_db()
    assert (source.user, source.orcid, source.orcid_authenticated) == (user, ORCID, True)
    assert (target.user, target.orcid, target.aliases) == (None, None, [])


def test_whatever_app_refers_to_people_is_found_without_naming_it() -> None:
    """Nobody has to remember this list: it is asked of the models."""
    labels = {f"{relation.related_model._meta.label}.{relation.field.name}" for relation in _relations(Person)}
    assert {"accounts.Person.merged_into", "publications.Contributor.person"} <= labels


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ({"orcid": ORCID}, {"orcid": "0000-0001-5109-3700"}),
        ({"user": "a@example.org"}, {"user": "b@example.org"}),
    ],
)
def test_two_different_people_are_not_merged(curator: User, source: dict[str, Any], target: dict[str, Any]) -> None:
    def person(values: dict[str, Any]) -> Person:
        if "user" in values:
            return make_user(values["user"]).person  # type: ignore[no-any-return]
        return make_person(**values)

    with pytest.raises(CannotMerge):
        merge_people(curator, person(source), person(target))
    assert not Merge.objects.exists()


def test_nonsense_is_refused(curator: User, universities: Any) -> None:
    source, target = universities
    with pytest.raises(CannotMerge):
        merge_organisations(curator, target, target)
    target.ror = "00f54p054"
    target.save()
    with pytest.raises(CannotMerge):
        merge_organisations(curator, source, target)
    merge_organisations(curator, make_organisation("Lain"), target)
    with pytest.raises(CannotMerge):
        merge_organisations(curator, Organisation.objects.get(name="Lain"), source)


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.POLICYMAKER])
def test_only_curators_merge_and_undo(curator: User, universities: Any, role: Role) -> None:
    by, (source, target) = make_user("x@example.org", role), universities
    with pytest.raises(PermissionDenied):
        merge_organisations(by, source, target)
    with pytest.raises(PermissionDenied):
        merge_people(by, make_person(), make_person())
    merge = merge_organisations(curator, source, target)
    with pytest.raises(PermissionDenied):
        undo_merge(by, merge)


@pytest.mark.parametrize("make", [make_organisation, make_person])
def test_the_database_refuses_an_entry_merged_into_itself(make: Any) -> None:
    entry = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        type(entry).objects.filter(pk=entry.pk).update(merged_into=entry)
