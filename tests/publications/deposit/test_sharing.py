"""Co-owners, handing over, and requests for copies."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import User
from publications.actions import copies, ownership
from publications.copy_links import granted_request
from publications.models import Output, Version

pytestmark = pytest.mark.django_db


def owners_page(output: Output) -> str:
    return reverse("publications:deposit_owners", args=[output.pk])


def told(client: Client, output: Output, email: str) -> list[str]:
    response = client.post(owners_page(output), {"share-email": email}, follow=True)
    return [str(message).replace(email, "X") for message in response.context["messages"]]


def test_nobody_learns_who_is_registered(as_owner: Client, complete: Version, colleague: User) -> None:
    output = complete.output
    assert told(as_owner, output, "SUKARNO@contoh.id") == told(as_owner, output, "tidak-ada@contoh.id")
    assert list(output.co_owners.all()) == [colleague]


def test_an_address_that_is_none_is_told(as_owner: Client, complete: Version) -> None:
    response = as_owner.post(owners_page(complete.output), {"share-email": "bukan surel"})
    assert response.status_code == 422
    assert "bukan surel" in response.content.decode()


def test_a_co_owner_leaves(client: Client, complete: Version, owner: User, colleague: User) -> None:
    ownership.add_co_owner(complete.output, colleague, by=owner)
    client.force_login(colleague)
    address = reverse("publications:deposit_remove_owner", args=[complete.output_id, colleague.pk])
    assert client.post(address).headers["Location"] == "/unggah/"
    assert not complete.output.co_owners.exists()


def test_the_owner_removes_a_co_owner_but_not_strangers(
    as_owner: Client, complete: Version, owner: User, colleague: User, stranger: User
) -> None:
    ownership.add_co_owner(complete.output, colleague, by=owner)
    for user, status in ((stranger, 404), (owner, 404), (colleague, 302)):
        address = reverse("publications:deposit_remove_owner", args=[complete.output_id, user.pk])
        assert as_owner.post(address).status_code == status
    assert not complete.output.co_owners.exists()


def test_one_co_owner_cannot_remove_another(
    client: Client, complete: Version, owner: User, colleague: User, stranger: User
) -> None:
    for user in (colleague, stranger):
        ownership.add_co_owner(complete.output, user, by=owner)
    client.force_login(colleague)
    address = reverse("publications:deposit_remove_owner", args=[complete.output_id, stranger.pk])
    assert client.post(address).status_code == 404
    assert complete.output.co_owners.count() == 2


def test_handing_over_to_a_co_owner(as_owner: Client, complete: Version, owner: User, colleague: User) -> None:
    output = complete.output
    address = reverse("publications:deposit_transfer", args=[output.pk])
    typed = {"transfer-to": colleague.pk, "transfer-agrees": "on"}
    assert as_owner.post(address, typed).status_code == 422, "not yet a co-owner"
    ownership.add_co_owner(output, colleague, by=owner)
    assert as_owner.post(address, {"transfer-to": colleague.pk}).status_code == 422, "not agreed"
    assert as_owner.post(address, typed).status_code == 302
    output.refresh_from_db()
    assert output.owner == colleague
    assert list(output.co_owners.all()) == [owner]


@pytest.fixture
def restricted(published: Output) -> Output:
    version = published.current
    assert version is not None
    Version.objects.filter(pk=version.pk).update(access="restricted")
    return published


def asked(output: Output) -> Any:
    return copies.request_copy(
        output, name="Ani <b>", email="ani@contoh.id", purpose="Untuk skripsi & data", language="en"
    )


@pytest.mark.parametrize(("answer", "state"), [("grant", "granted"), ("decline", "declined")])
def test_a_request_is_answered_once(as_owner: Client, restricted: Output, answer: str, state: str) -> None:
    request = asked(restricted)
    address = reverse("publications:copy_request", args=[request.pk])
    assert "Ani &lt;b&gt;" in as_owner.get(address).content.decode()
    assert as_owner.post(address, {"answer": answer, "message": "Silakan"}).status_code == 302
    assert as_owner.post(address, {"answer": "decline" if answer == "grant" else "grant"}).status_code == 302
    request.refresh_from_db()
    assert request.state == state
    assert as_owner.get(address).status_code == 200


def test_a_nonsense_answer_changes_nothing(as_owner: Client, restricted: Output) -> None:
    request = asked(restricted)
    address = reverse("publications:copy_request", args=[request.pk])
    assert as_owner.post(address, {"answer": "maybe"}).status_code == 422
    request.refresh_from_db()
    assert request.state == "open"


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_requests_takes_the_same_queries_for_any_length(
    count: int, as_owner: Client, restricted: Output, django_assert_num_queries: Any
) -> None:
    for _number in range(count):
        asked(restricted)
    with django_assert_num_queries(5):
        page = as_owner.get(reverse("publications:copy_requests")).content.decode()
    assert page.count("Ani &lt;b&gt;") == count


@pytest.mark.django_db(transaction=True)
def test_mails_of_a_copy(as_owner: Client, restricted: Output, work: Callable[[], None]) -> None:
    request = asked(restricted)
    answer = {"answer": "grant", "message": "Silakan & baca"}
    as_owner.post(reverse("publications:copy_request", args=[request.pk]), answer)
    mail.outbox.clear()
    work()
    to_author = next(sent for sent in mail.outbox if "salinan" in sent.subject)
    to_reader = next(sent for sent in mail.outbox if sent.to == ["ani@contoh.id"])
    assert to_author.to == ["siti@contoh.id"]
    assert to_author.subject.startswith("Permintaan salinan: ")
    assert "Untuk skripsi & data" in to_author.body
    assert to_reader.subject.startswith("Your copy: Family-based care")
    assert "Silakan & baca" in to_reader.body
    assert "/en/publikasi/" in to_reader.body
    token = to_reader.body.split("?akses=")[1].split()[0]
    assert granted_request(token) == request
