"""Curators add, edit, search, merge and separate organisations and people."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import LogEntry, Merge, Organisation, Person, Role
from tests.factories.accounts import make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
ORGANISATION = {
    "name": "Universitas Contoh",
    "name_en": "",
    "acronym": "UC",
    "kind": "perguruan tinggi",
    "ror": "https://ror.org/05DXPS055",
    "parent": "",
    "province_code": "ID-JB",
    "city": "Bandung",
    "period": "",
    "aliases": "UC Bandung\n Univ. Contoh",
}
PERSON = {
    "given_name": "Budi",
    "family_name": "Santosa",
    "degrees_before": "",
    "degrees_after": "",
    "orcid": "",
    "affiliation": "",
}


@pytest.fixture
def curator() -> Client:
    client = Client()
    client.force_login(make_user("kurator@example.org", Role.CURATOR, name="Kurator Satu"))
    return client


@pytest.fixture
def administrator() -> Client:
    client = Client()
    client.force_login(make_user("admin@example.org", Role.ADMINISTRATOR))
    return client


def test_an_organisation_is_added_and_edited(curator: Client) -> None:
    assert curator.post(reverse("organisation_add"), ORGANISATION).status_code == 302
    organisation = Organisation.objects.get()
    assert (organisation.ror, organisation.aliases) == ("05dxps055", ["UC Bandung", "Univ. Contoh"])
    assert not organisation.is_confirmed
    url = reverse("organisation_edit", args=[organisation.pk])
    curator.post(url, {**ORGANISATION, "ror": "", "city": "Cimahi"})
    organisation.refresh_from_db()
    assert (organisation.ror, organisation.city) == (None, "Cimahi")
    page = curator.get(url).content.decode()
    assert "lembaga disunting" in page
    assert "Cimahi" in page
    assert [entry.action for entry in LogEntry.objects.all()] == ["organisation.edited", "organisation.added"]


def test_many_organisations_may_be_without_ror(curator: Client) -> None:
    for name in ("A", "B"):
        assert curator.post(reverse("organisation_add"), {**ORGANISATION, "name": name, "ror": ""}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [("ror", "05dxps056"), ("name", ""), ("parent", "Nowhere University"), ("province_code", "Jawa")],
)
def test_what_is_wrong_is_said_and_the_rest_kept(curator: Client, field: str, value: str) -> None:
    response = curator.post(reverse("organisation_add"), {**ORGANISATION, field: value})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Univ. Contoh" in response.content.decode()
    assert not Organisation.objects.exists()


def test_a_ror_belongs_to_one_organisation(curator: Client) -> None:
    make_organisation("Lain", ror="05dxps055")
    assert curator.post(reverse("organisation_add"), ORGANISATION).status_code == 422


def test_no_circles_of_parents(curator: Client) -> None:
    top = make_organisation("Atas")
    below = make_organisation("Bawah", parent=top)
    url = reverse("organisation_edit", args=[top.pk])
    for parent in (top, below):
        response = curator.post(url, {**ORGANISATION, "name": "Atas", "ror": "", "parent": parent.name})
        assert response.status_code == 422


def test_only_an_administrator_confirms(curator: Client, administrator: Client) -> None:
    organisation = make_organisation()
    url = reverse("organisation_edit", args=[organisation.pk])
    for client, confirmed in ((curator, False), (administrator, True)):
        client.post(url, {**ORGANISATION, "confirm": "1"})
        organisation.refresh_from_db()
        assert organisation.is_confirmed == confirmed


@pytest.mark.parametrize("search", ["contoh", "UC", "05dxps055", "sample", "Lama"])
def test_organisations_are_searched_by_all_their_names(curator: Client, search: str) -> None:
    make_organisation("Universitas Contoh", acronym="UC", ror="05dxps055", name_en="Sample", aliases=["Lama"])
    make_organisation("Yang Lain")
    page = curator.get(reverse("organisations_curate"), {"q": search})
    assert [entry.name for entry in page.context["page"]] == ["Universitas Contoh"]


def test_people_are_searched_by_name_and_orcid(curator: Client) -> None:
    person = make_person("Budi Santoso", orcid="0000-0002-1825-0097")
    make_person("Ani Wijaya")
    for search in ("budi", "santoso budi", "0000-0002-1825-0097"):
        assert list(curator.get(reverse("people_curate"), {"q": search}).context["page"]) == [person]


@pytest.mark.parametrize(
    ("name", "make"), [("organisations_curate", make_organisation), ("people_curate", make_person)]
)
def test_lists_take_the_same_number_of_queries_whatever_their_length(curator: Client, name: str, make: Any) -> None:
    counts = []
    for number in (1, 3):
        for n in range(number):
            extra = {"affiliation": make_organisation(f"L{number}{n}")} if make is make_person else {}
            make(f"Nama {number}{n}", **extra)
        with CaptureQueriesContext(connection) as captured:
            assert curator.get(reverse(name)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


def test_lists_come_in_pages(curator: Client) -> None:
    for n in range(55):
        make_organisation(f"Lembaga {n:02}")
    page = curator.get(reverse("organisations_curate"), {"halaman": 2})
    assert len(page.context["page"]) == 5
    assert curator.get(reverse("organisations_curate"), {"halaman": "x"}).status_code == 200


def test_duplicates_are_shown_merged_and_separated(curator: Client) -> None:
    keep, merge = make_organisation("Universitas Contoh"), make_organisation("UNIVERSITAS CONTOH", city="Bandung")
    page = curator.get(reverse("organisation_duplicates")).content.decode()
    assert page.count("Pertahankan yang ini") == 2
    response = curator.post(reverse("organisation_merge"), {"keep": keep.pk, "merge": merge.pk}, follow=True)
    assert "kini bagian dari" in response.content.decode()
    merge.refresh_from_db()
    assert merge.merged_into == keep
    old = curator.get(reverse("organisation_edit", args=[merge.pk]))
    assert old.headers["Location"] == reverse("organisation_edit", args=[keep.pk])
    response = curator.post(reverse("merge_undo", args=[Merge.objects.get().pk]), follow=True)
    assert "diurungkan" in response.content.decode()
    merge.refresh_from_db()
    assert merge.merged_into is None
    response = curator.post(reverse("merge_undo", args=[Merge.objects.get().pk]), follow=True)
    assert "sudah diurungkan" in response.content.decode()


def test_people_are_merged_too(curator: Client) -> None:
    keep, merge = make_person("Siti Aminah"), make_person("Siti Aminah", orcid="0000-0002-1825-0097")
    assert "0000-0002-1825-0097" in curator.get(reverse("person_duplicates")).content.decode()
    curator.post(reverse("person_merge"), {"keep": keep.pk, "merge": merge.pk})
    keep.refresh_from_db()
    assert keep.orcid == "0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("form", "status"), [({}, 302), ({"keep": "x", "merge": "1"}, 302), ({"keep": 1, "merge": 0}, 404)]
)
def test_a_broken_request_merges_nothing(curator: Client, form: dict[str, Any], status: int) -> None:
    assert curator.post(reverse("person_merge"), form).status_code == status
    assert not Merge.objects.exists()


def test_a_refused_merge_says_why(curator: Client) -> None:
    one = make_person("Siti Aminah", orcid="0000-0002-1825-0097")
    other = make_person("Siti Aminah", orcid="0000-0001-5109-3700")
    response = curator.post(reverse("person_merge"), {"keep": one.pk, "merge": other.pk}, follow=True)
    assert "Keduanya memiliki ORCID" in response.content.decode()


def test_a_person_without_account_is_edited_one_with_account_is_not(curator: Client, administrator: Client) -> None:
    imported, own = make_person("Budi Santoso"), make_user("x@example.org", name="Budi Santoso").person
    for person, client, name in (
        (imported, curator, "Santosa"),
        (own, curator, "Santoso"),
        (own, administrator, "Santosa"),
    ):
        url = reverse("person_edit", args=[person.pk])
        assert client.get(url).status_code == 200
        client.post(url, PERSON)
        assert Person.objects.get(pk=person.pk).family_name == name
