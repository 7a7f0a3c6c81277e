"""Who may open what: each address for each kind of person, reading and writing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from publications.actions import copies, drafts, ownership
from publications.models import Output, Version

from .conftest import address

pytestmark = pytest.mark.django_db

READ = ["edit", "file_step", "topics", "preview", "status", "paste", "discard", "reading"]
WRITE = ["edit", "file_step", "topics", "submit", "status", "paste", "discard", "autosave"]
WRITE_ONLY = ["submit", "autosave"]
EVERYBODY = ["owner", "co_owner", "stranger", "curator", "anonymous"]


@pytest.fixture
def clients(owner: User, colleague: User, stranger: User, curator: User, complete: Version) -> dict[str, Client]:
    ownership.add_co_owner(complete.output, colleague, by=owner)
    people = {"owner": owner, "co_owner": colleague, "stranger": stranger, "curator": curator}
    made = {name: Client() for name in EVERYBODY}
    for name, user in people.items():
        made[name].force_login(user)
    return made


def expected_on_draft(who: str, name: str) -> set[int]:
    if who == "anonymous":
        return {302}
    if who == "stranger":
        return {404}
    if who == "curator" and name not in ("status", "reading"):
        return {302, 403, 409}  # told where it is; nothing is changed
    return {200, 302, 422}


@pytest.mark.parametrize("who", EVERYBODY)
def test_reading_a_draft(who: str, clients: dict[str, Client], complete: Version) -> None:
    for name in READ:
        status = clients[who].get(address(name, complete)).status_code
        assert status in (expected_on_draft(who, name) if who != "owner" else {200}), f"GET {name} as {who}: {status}"


@pytest.mark.parametrize("who", EVERYBODY)
def test_writing_to_a_draft(who: str, clients: dict[str, Client], complete: Version) -> None:
    before = Version.objects.values().get(pk=complete.pk)
    for name in WRITE:
        if name == "submit" and who in ("owner", "co_owner"):
            continue
        status = clients[who].post(address(name, complete), {}).status_code
        assert status in expected_on_draft(who, name), f"POST {name} as {who}: {status}"
    assert Version.objects.values().get(pk=complete.pk) == before


@pytest.mark.parametrize("name", WRITE_ONLY)
def test_addresses_that_only_change_refuse_reading(name: str, clients: dict[str, Client], complete: Version) -> None:
    assert clients["owner"].get(address(name, complete)).status_code == 405


def test_co_owners_submit_too(clients: dict[str, Client], complete: Version) -> None:
    response = clients["co_owner"].post(address("submit", complete))
    assert response.headers["Location"] == address("status", complete)
    complete.refresh_from_db()
    assert complete.state == "submitted"


@pytest.mark.parametrize("who", ["owner", "co_owner"])
def test_nothing_changes_after_sending(who: str, clients: dict[str, Client], complete: Version, owner: User) -> None:
    drafts.submit(complete, by=owner)
    before = Version.objects.values().get(pk=complete.pk)
    for name in WRITE:
        assert clients[who].post(address(name, complete), {}).status_code in (302, 403, 409, 422)
    assert Version.objects.values().get(pk=complete.pk) == before


def test_curators_edit_what_is_with_them(clients: dict[str, Client], complete: Version, owner: User) -> None:
    drafts.submit(complete, by=owner)
    assert clients["curator"].get(address("edit", complete)).status_code == 200
    assert clients["curator"].post(address("submit", complete)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("owner", 200), ("co_owner", 200), ("stranger", 404), ("curator", 404)])
def test_owners_page(who: str, status: int, clients: dict[str, Client], complete: Version, colleague: User) -> None:
    page = reverse("publications:deposit_owners", args=[complete.output_id])
    assert clients[who].get(page).status_code == status
    if who != "owner":
        assert clients[who].post(page, {"share-email": "orang@contoh.id"}).status_code == 404
        transfer = reverse("publications:deposit_transfer", args=[complete.output_id])
        assert clients[who].post(transfer, {"transfer-to": colleague.pk, "transfer-agrees": "on"}).status_code == 404
    assert complete.output.co_owners.count() == 1


@pytest.mark.parametrize("who", EVERYBODY)
def test_new_versions_are_for_owners_and_curators(who: str, clients: dict[str, Client], published: Output) -> None:
    page = reverse("publications:deposit_new_version", args=[published.public_id])
    allowed = who in ("owner", "co_owner", "curator")
    status = clients[who].post(page, {"kind": "new"}).status_code
    assert status == (302 if allowed or who == "anonymous" else 404)
    assert published.versions.count() == (2 if allowed else 1)


@pytest.mark.parametrize("who", EVERYBODY)
def test_copy_requests_are_for_owners(who: str, clients: dict[str, Client], published: Output) -> None:
    asked = copies.request_copy(published, name="Pembaca", email="p@contoh.id", purpose="Riset", language="id")
    page = reverse("publications:copy_request", args=[asked.pk])
    status = clients[who].get(page).status_code
    assert status == {"owner": 200, "co_owner": 200, "stranger": 404, "curator": 404, "anonymous": 302}[who]
    answered = clients[who].post(page, {"answer": "grant"}).status_code
    assert answered == {"owner": 302, "co_owner": 302, "stranger": 404, "curator": 404, "anonymous": 302}[who]
    asked.refresh_from_db()
    assert (asked.state == "granted") == (who in ("owner", "co_owner"))


def test_lists_are_ones_own(clients: dict[str, Client], complete: Version) -> None:
    home = reverse("publications:deposit")
    assert "Perawatan berbasis keluarga" in clients["owner"].get(home).content.decode()
    assert "Perawatan berbasis keluarga" in clients["co_owner"].get(home).content.decode()
    assert "Perawatan berbasis keluarga" not in clients["stranger"].get(home).content.decode()
    assert clients["anonymous"].get(home).status_code == 302


def test_unknown_numbers_are_not_found(as_owner: Client) -> None:
    for name in READ:
        assert as_owner.get(reverse(f"publications:deposit_{name}", args=[999_999])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_my_list_takes_the_same_queries_for_any_length(
    count: int, as_owner: Client, owner: User, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        drafts.start_draft(owner)
    with django_assert_num_queries(7):
        as_owner.get(reverse("publications:deposit"))
