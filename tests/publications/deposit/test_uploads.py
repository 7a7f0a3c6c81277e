"""Uploads that are not taken in, and additional files."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from publications.models import File, Output, Version

from .conftest import address, pdf_bytes

pytestmark = pytest.mark.django_db
HOME = "publications:deposit"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.mark.parametrize("extra", [{}, JSON])
def test_a_file_too_large_is_refused_and_leaves_nothing(as_owner: Client, settings: Any, extra: dict[str, str]) -> None:
    settings.MAX_UPLOAD_BYTES = 1000
    large = SimpleUploadedFile("besar.pdf", pdf_bytes())
    response = as_owner.post(reverse(HOME), {"file": large}, **extra)
    assert response.status_code == 422
    assert "1000" in response.content.decode() or "byte" in response.content.decode().lower()
    assert not Output.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("halaman.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("program.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("kosong.pdf", b""),
        ("foto.pdf", b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
        ("teks.pdf", b"hanya teks biasa"),
    ],
)
def test_what_is_no_pdf_is_refused_with_a_reason(as_owner: Client, name: str, content: bytes) -> None:
    answer = as_owner.post(reverse(HOME), {"file": SimpleUploadedFile(name, content)}, **JSON)
    assert answer.status_code == 422
    assert len(answer.json()["error"]) > 20
    assert not Output.objects.exists()


def test_no_file_at_all(as_owner: Client) -> None:
    assert as_owner.post(reverse(HOME), {}).status_code == 422


def test_a_signed_out_upload_is_led_to_signing_in(client: Client, pdf: SimpleUploadedFile) -> None:
    response = client.post(reverse(HOME), {"file": pdf}, **JSON)
    assert response.status_code == 302
    assert not Output.objects.exists()


def test_an_additional_file_is_added_described_and_removed(as_owner: Client, draft: Version) -> None:
    data = SimpleUploadedFile("data survei.csv", b"desa,jumlah\nSukamaju,12\n")
    asked = {"extra": data, "add": "extra", "kind": "dataset", "description": "Survei\x00 2023"}
    assert as_owner.post(address("file_step", draft), asked).status_code == 302
    file = File.objects.get()
    assert (file.kind, file.name, file.description) == ("dataset", "data-survei.csv", "Survei 2023")
    changed = {f"file-{file.pk}-kind": "appendix", f"file-{file.pk}-description": "Lampiran"}
    as_owner.post(address("change_file", draft, file.pk), changed)
    file.refresh_from_db()
    assert (file.kind, file.description) == ("appendix", "Lampiran")
    as_owner.post(address("change_file", draft, file.pk), {"remove": "1"})
    assert not File.objects.exists()


def test_a_refused_additional_file_keeps_its_description(as_owner: Client, draft: Version) -> None:
    program = SimpleUploadedFile("alat.exe", b"MZ\x90\x00" + b"\x00" * 200)
    asked = {"extra": program, "add": "extra", "kind": "dataset", "description": "Uraian yang panjang"}
    response = as_owner.post(address("file_step", draft), asked)
    assert response.status_code == 422
    assert "Uraian yang panjang" in response.content.decode()


def test_a_file_of_another_version_is_not_found(as_owner: Client, draft: Version, stranger: Any, pdf: Any) -> None:
    from publications.actions import drafts

    other = drafts.start_with_file(stranger, pdf)
    assert as_owner.post(address("change_file", draft, other.files.get().pk), {"remove": "1"}).status_code == 404
    assert other.files.exists()
