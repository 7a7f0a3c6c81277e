"""How a stored file travels: ranges, conditions, and headers that keep it harmless."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.http import http_date

from publications.models import File, Output
from tests.factories.publications import PDF, attach, make_draft, make_output, some_curator, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def output() -> Output:
    return make_output()


@pytest.fixture
def address(output: Output) -> str:
    return f"/publikasi/{output.public_id}/makalah.pdf"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def publish_with(name: str, mime: str, content: bytes, kind: str = "dataset", original: str = "") -> str:
    from publications.actions import drafts, review

    version = make_draft()
    file = attach(version, name, kind, content=content, mime=mime)
    if original:
        File.objects.filter(pk=file.pk).update(original_name=original)
    output = review.publish(drafts.submit(version, by=version.output.owner), by=some_curator())
    return f"/publikasi/{output.public_id}/{name}"


def test_whole_file(client: Client, output: Output, address: str) -> None:
    response = client.get(address)
    blob = File.objects.get().blob
    assert body(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))
    assert response["Accept-Ranges"] == "bytes"
    assert response["ETag"] == f'"{blob.sha256}"'
    assert response["Last-Modified"] == http_date(blob.created_at.timestamp())
    assert response["Content-Disposition"] == 'inline; filename="makalah.pdf"'
    assert response["Link"] == f'<http://testserver/publikasi/{output.public_id}/makalah.pdf>; rel="canonical"'


def test_english_address_names_the_same_canonical(client: Client, output: Output, address: str) -> None:
    assert client.get(f"/en{address}")["Link"] == client.get(address)["Link"]


def test_head_is_get_without_body(client: Client, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert head.content == b"" and head.status_code == 200
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified", "Content-Disposition", "Accept-Ranges"):
        assert head[name] == get[name]


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [("bytes=0-3", 0, 3), ("bytes=4-", 4, len(PDF) - 1), ("bytes=-5", len(PDF) - 5, len(PDF) - 1),
     ("bytes=0-99999", 0, len(PDF) - 1), ("bytes=-99999", 0, len(PDF) - 1), ("bytes=3-3", 3, 3)],
)  # fmt: skip
def test_one_range(client: Client, address: str, wanted: str, first: int, last: int) -> None:
    response = client.get(address, headers={"Range": wanted})
    assert response.status_code == 206
    assert body(response) == PDF[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/{len(PDF)}"
    assert response["Content-Length"] == str(last - first + 1)
    head = client.head(address, headers={"Range": wanted})
    assert (head.status_code, head["Content-Range"], body(head)) == (206, response["Content-Range"], b"")


@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,4-5", "bytes=5-3", "bytes=-", "bytes=a-b", "items=0-3", "0-3", "bytes=1-2-3", "bytes=" + "9" * 30],
)
def test_several_ranges_or_nonsense_give_the_whole(client: Client, address: str, wanted: str) -> None:
    response = client.get(address, headers={"Range": wanted})
    assert response.status_code == 200 and body(response) == PDF


@pytest.mark.parametrize("wanted", [f"bytes={len(PDF)}-", "bytes=999999-", "bytes=-0"])
def test_range_behind_the_end(client: Client, address: str, wanted: str) -> None:
    response = client.get(address, headers={"Range": wanted})
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(PDF)}"
    assert body(response) == b""


def test_range_only_if_unchanged(client: Client, address: str) -> None:
    etag, modified = client.head(address)["ETag"], client.head(address)["Last-Modified"]
    for condition, status in (
        (etag, 206),
        (modified, 206),
        ('"lain"', 200),
        (f"W/{etag}", 200),
        (http_date(0), 200),
        ("entah", 200),
    ):
        assert client.get(address, headers={"Range": "bytes=0-3", "If-Range": condition}).status_code == status


def test_conditional_requests(client: Client, address: str) -> None:
    etag, modified = client.head(address)["ETag"], client.head(address)["Last-Modified"]
    for headers, status in (
        ({"If-None-Match": etag}, 304),
        ({"If-None-Match": f'"lain", {etag}'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"lain"'}, 200),
        ({"If-Modified-Since": modified}, 304),
        ({"If-Modified-Since": http_date(0)}, 200),
        ({"If-None-Match": '"lain"', "If-Modified-Since": modified}, 200),
        ({"If-Match": '"lain"'}, 412),
        ({"If-Match": etag}, 200),
        ({"If-Unmodified-Since": http_date(86400)}, 412),
        ({"If-None-Match": etag, "Range": "bytes=0-3"}, 304),
    ):
        response = client.get(address, headers=headers)
        assert response.status_code == status, headers
    assert client.get(address, headers={"If-None-Match": etag})["ETag"] == etag


def test_not_modified_never_answers_who_may_not_read(client: Client, output: Output, address: str) -> None:
    etag = client.head(address)["ETag"]
    output.current.access = "restricted"
    output.current.save()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_only_reading(client: Client, address: str, method: str) -> None:
    assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize(
    ("name", "mime", "disposition"),
    [
        ("data.html", "text/html", "attachment"),
        ("gambar.svg", "image/svg+xml", "attachment"),
        ("data.csv", "text/csv", "attachment"),
        ("data.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
        ("halaman.xhtml", "application/xhtml+xml", "attachment"),
        ("lampiran.pdf", "application/pdf", "inline"),
    ],
)
def test_uploads_can_do_no_harm(client: Client, name: str, mime: str, disposition: str) -> None:
    response = client.get(publish_with(name, mime, b"<script>alert(1)</script>"))
    assert response["Content-Disposition"].startswith(disposition)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "script-src" not in policy
    assert "sandbox" in policy and "allow-" not in policy


def test_downloads_carry_the_depositors_name(client: Client) -> None:
    address = publish_with("data.csv", "text/csv", b"a,b\n", original='Survei "Aceh" – désa\u202e.csv')
    disposition = client.get(address)["Content-Disposition"]
    assert disposition == "attachment; filename*=utf-8''Survei%20%22Aceh%22%20%E2%80%93%20d%C3%A9sa.csv"


def test_missing_content_is_404_and_logged(client: Client, address: str, caplog: Any) -> None:
    blob = File.objects.get().blob
    blob.content.storage.delete(blob.content.name)
    assert client.get(address).status_code == 404
    assert "missing in the storage" in caplog.text


def test_picture(client: Client, output: Output) -> None:
    response = client.get(f"/publikasi/{output.public_id}/sampul.webp")
    assert response["Content-Type"] == "image/webp" and body(response)[8:12] == b"WEBP"
    assert response["ETag"] != client.head(f"/publikasi/{output.public_id}/makalah.pdf")["ETag"]
    assert (
        client.get(
            f"/publikasi/{output.public_id}/sampul.webp", headers={"If-None-Match": response["ETag"]}
        ).status_code
        == 304
    )


def test_no_picture(client: Client) -> None:
    output = make_output(files=False, access="metadata_only")
    client.force_login(output.owner)
    assert client.get(f"/publikasi/{output.public_id}/sampul.webp").status_code == 404


def test_few_queries(client: Client, address: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(3):  # generation of the page cache, version, file
        client.get(address)


def test_reads_only_the_part_that_is_asked_for(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from publications import downloads

    monkeypatch.setattr(downloads, "CHUNK", 10)
    response = client.get(
        publish_with("data.csv", "text/csv", bytes(range(256)) * 4), headers={"Range": "bytes=300-324"}
    )
    chunks = list(response.streaming_content)
    assert [len(chunk) for chunk in chunks] == [10, 10, 5]
    assert b"".join(chunks) == (bytes(range(256)) * 4)[300:325]


def test_last_modified_is_when_the_content_was_stored(client: Client, output: Output, address: str) -> None:
    stored = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    blob = File.objects.get().blob
    blob.created_at = stored
    blob.save()
    assert client.get(address)["Last-Modified"] == "Wed, 01 Jan 2020 00:00:00 GMT"


@pytest.mark.django_db(transaction=True)
def test_a_server_that_only_hears_whether_it_changed_learns_it_too(
    client: Client, address: str, django_assert_num_queries: Any
) -> None:
    etag = Client().get(address)["ETag"]
    for number in (3, 1):  # at first the version and the file, then the generation of the page cache alone
        with django_assert_num_queries(number):
            response = client.get(address, headers={"If-None-Match": etag})
        assert (response.status_code, response["ETag"]) == (304, etag)
    output = Output.objects.get()
    withdraw(output)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 410
