"""Every way out of a file, for every state of an output and every reader."""

import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from publications.actions.copies import answer_request, request_copy
from publications.copy_links import make_token
from publications.models import CopyRequest, Output
from tests.factories.publications import (
    make_draft,
    make_output,
    make_submitted,
    make_version,
    some_curator,
    some_user,
    withdraw,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]

JAKARTA = ZoneInfo("Asia/Jakarta")
OPENS = datetime.date(2031, 3, 1)
READERS = ("anonymous", "stranger", "owner", "co-owner", "curator")
TAILS = ("makalah.pdf", "sampul.webp", "v1/makalah.pdf", "v1/sampul.webp")
WORKING = {"owner", "co-owner", "curator"}


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def at(monkeypatch: pytest.MonkeyPatch, *moment: int) -> None:
    """Set the clock, in Jakarta's time."""
    frozen = datetime.datetime(*moment, tzinfo=JAKARTA)  # type: ignore[misc, arg-type]
    monkeypatch.setattr(timezone, "now", lambda: frozen)


def published(state: str, owner: User) -> Output:
    if state == "embargoed":
        return make_output(owner, access="embargoed", embargo_until=OPENS)
    if state == "withdrawn":
        output = make_output(owner)
        withdraw(output)
        return output
    return make_output(owner, access=state)


def expected_status(state: str, reader: str) -> int:
    if state == "withdrawn":
        return 410
    return 200 if state == "open" or reader in WORKING else 403


def sign_in(client: Client, reader: str, output: Output) -> None:
    if reader == "co-owner":
        colleague = some_user()
        output.co_owners.add(colleague)
        client.force_login(colleague)
    elif reader != "anonymous":
        people = {"owner": output.owner, "curator": some_curator()}
        client.force_login(people.get(reader) or some_user())


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("state", ["open", "embargoed", "restricted", "metadata_only", "withdrawn"])
def test_published_files(client: Client, state: str, reader: str) -> None:
    output = published(state, some_user())
    sign_in(client, reader, output)
    for prefix in ("", "/en"):
        for tail in TAILS:
            for method in (client.get, client.head):
                response = method(f"{prefix}/publikasi/{output.public_id}/{tail}")
                assert response.status_code == expected_status(state, reader), (prefix, tail)
                if response.status_code != 200:
                    assert b"%PDF" not in response.content and b"WEBP" not in response.content
                elif state != "open":
                    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("make", [make_draft, make_submitted])
def test_unpublished_files_are_not_here_even_for_their_owners(client: Client, make: Any, reader: str) -> None:
    output = make_output()
    version = make(title_id="Rahasia")
    sign_in(client, reader, version.output)
    for address in ("/publikasi/None/makalah.pdf", "/publikasi/None/v1/makalah.pdf"):
        assert client.get(address).status_code == 404
    assert client.get(f"/publikasi/{output.public_id}/v{version.pk + 1}/makalah.pdf").status_code == 404


@pytest.mark.parametrize("reader", READERS)
def test_files_of_a_new_version_that_is_not_published_yet(client: Client, reader: str) -> None:
    from publications.actions import drafts

    output = make_output()
    drafts.new_version(output, by=output.owner)
    sign_in(client, reader, output)
    assert client.get(f"/publikasi/{output.public_id}/v2/makalah.pdf").status_code == 404
    assert client.get(f"/publikasi/{output.public_id}/v2/sampul.webp").status_code == 404


@pytest.mark.parametrize(
    ("moment", "status"),
    [((2031, 2, 28, 23, 59, 59), 403), ((2031, 3, 1, 0, 0, 0), 200), ((2031, 3, 1, 6, 59), 200), ((2040, 1, 1), 200)],
)
def test_embargo_ends_at_midnight_in_jakarta(
    client: Client, monkeypatch: pytest.MonkeyPatch, moment: tuple[int, ...], status: int
) -> None:
    output = published("embargoed", some_user())
    at(monkeypatch, *moment)
    for tail in TAILS:
        assert client.get(f"/publikasi/{output.public_id}/{tail}").status_code == status
    page = client.get(f"/publikasi/{output.public_id}/").content.decode()
    assert ("citation_pdf_url" in page) is (status == 200)
    assert ("data-reader" in page) is (status == 200)
    in_list = client.get("/publikasi/?akses=open").content.decode()
    assert (str(output.public_id) in in_list) is (status == 200)


class TestKeys:
    """The signed link that an author sends to who asked for a copy."""

    @pytest.fixture
    def output(self) -> Output:
        return make_output(access="restricted")

    @pytest.fixture
    def request_(self, output: Output) -> CopyRequest:
        asked = request_copy(output, name="Ani", email="ani@contoh.id", purpose="Kajian", language="id")
        return answer_request(asked, grant=True, by=output.owner)

    def status(self, client: Client, output: Output, token: str, tail: str = "makalah.pdf") -> int:
        return client.get(f"/publikasi/{output.public_id}/{tail}", {"akses": token}).status_code

    def test_opens_the_files(self, client: Client, output: Output, request_: CopyRequest) -> None:
        for tail in TAILS:
            assert self.status(client, output, make_token(request_), tail) == 200

    @pytest.mark.parametrize("token", ["", "1", "1:abc", "x" * 5000, "\x00", "1:2:3"])
    def test_forged(self, client: Client, output: Output, request_: CopyRequest, token: str) -> None:
        assert self.status(client, output, token) == 403

    def test_expires(
        self, client: Client, output: Output, request_: CopyRequest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        token, ends = make_token(request_), request_.expires_at
        assert ends is not None
        monkeypatch.setattr(timezone, "now", lambda: ends - datetime.timedelta(seconds=1))
        assert self.status(client, output, token) == 200
        monkeypatch.setattr(timezone, "now", lambda: ends)
        assert self.status(client, output, token) == 403

    def test_opens_no_other_output(self, client: Client, request_: CopyRequest) -> None:
        assert self.status(client, make_output(access="restricted"), make_token(request_)) == 403

    @pytest.mark.parametrize("access", ["metadata_only", "embargoed"])
    def test_opens_no_other_access(self, client: Client, output: Output, request_: CopyRequest, access: str) -> None:
        make_version(output, access=access, embargo_until=OPENS if access == "embargoed" else None)
        assert self.status(client, output, make_token(request_)) == 403
        assert self.status(client, output, make_token(request_), "v1/makalah.pdf") == 200

    def test_not_before_an_answer_nor_after_a_refusal(self, client: Client, output: Output) -> None:
        asked = request_copy(output, name="Budi", email="budi@contoh.id", purpose="Kajian", language="id")
        assert self.status(client, output, make_token(asked)) == 403
        answer_request(asked, grant=False, by=output.owner)
        assert self.status(client, output, make_token(asked)) == 403

    def test_is_gone_with_the_output(self, client: Client, output: Output, request_: CopyRequest) -> None:
        withdraw(output)
        assert self.status(client, output, make_token(request_)) == 410


def test_files_follow_the_access_of_their_version(client: Client) -> None:
    output = make_output(access="restricted")
    make_version(output, access="open")
    assert client.get(f"/publikasi/{output.public_id}/v1/makalah.pdf").status_code == 403
    assert client.get(f"/publikasi/{output.public_id}/v2/makalah.pdf").status_code == 200
    assert client.get(f"/publikasi/{output.public_id}/makalah.pdf").status_code == 200


def test_name_that_only_an_earlier_version_has_leads_there(client: Client) -> None:
    output = make_output()
    make_version(output, file_name="makalah-revisi.pdf")
    response = client.get(f"/en/publikasi/{output.public_id}/makalah.pdf")
    assert response.status_code == 302
    assert response["Location"] == f"/en/publikasi/{output.public_id}/v1/makalah.pdf"
    assert client.get(f"/publikasi/{output.public_id}/v1/makalah-revisi.pdf").status_code == 404


@pytest.mark.parametrize("name", ["lain.pdf", "..%2f..%2fetc%2fpasswd", "%00.pdf", "a" * 500, "makalah.PDF"])
def test_names_that_are_not_there(client: Client, name: str) -> None:
    assert client.get(f"/publikasi/{make_output().public_id}/{name}").status_code == 404


def test_refusal_says_how_to_get_a_copy(client: Client) -> None:
    output = make_output(access="restricted")
    html = client.get(f"/publikasi/{output.public_id}/makalah.pdf").content.decode()
    assert f"/publikasi/{output.public_id}/minta-salinan/" in html and "/akun/masuk/" in html or "login" in html
