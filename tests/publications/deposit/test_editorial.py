"""From sending to publication and on: status, thread, return, new versions."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from publications.actions import drafts, review
from publications.models import Output, Version

from .conftest import address, blocks

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_listed_with_links(as_owner: Client, draft: Version) -> None:
    response = as_owner.post(address("submit", draft))
    page = response.content.decode()
    assert response.status_code == 422
    for field in ("title_id", "contributors", "abstract_id", "type", "date", "pmks", "licence"):
        assert f"#isi-{field}" in page
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_preview_is_not_for_search_engines(as_owner: Client, complete: Version) -> None:
    response = as_owner.get(address("preview", complete))
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Cache-Control"] == "private, no-store"
    page = response.content.decode()
    assert "Family-based care" in page
    assert "Poltekesos Bandung" in page


def test_sending_twice_is_harmless(as_owner: Client, complete: Version) -> None:
    for _time in range(2):
        response = as_owner.post(address("submit", complete))
        assert response.headers["Location"] == address("status", complete)
    complete.refresh_from_db()
    assert complete.state == "submitted"


def test_returned_with_reason_and_remarks_then_sent_again(as_owner: Client, submitted: Version, curator: User) -> None:
    review.comment(submitted, "Judulnya terlalu umum.", by=curator, field="title_id")
    review.comment(submitted, "Halaman 3 kosong.", by=curator, field="file")
    review.return_to_author(submitted, "Mohon perbaiki judul dan berkas.", by=curator)
    page = as_owner.get(address("edit", submitted)).content.decode()
    assert "Mohon perbaiki judul dan berkas." in page
    assert "Judulnya terlalu umum." in page
    assert "Halaman 3 kosong." in as_owner.get(address("file_step", submitted)).content.decode()
    remark = submitted.comments.get(field="title_id")
    typed = blocks(submitted, title_id="Judul yang lebih tepat") | {"resolve": str(remark.pk)}
    assert as_owner.post(address("edit", submitted), typed).status_code == 302
    remark.refresh_from_db()
    submitted.refresh_from_db()
    assert remark.resolved_at is not None
    assert submitted.title_id == "Judul yang lebih tepat"
    assert "Judulnya terlalu umum." not in as_owner.get(address("edit", submitted)).content.decode()
    as_owner.post(address("submit", submitted))
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
    history = [str(event.label) for event in as_owner.get(address("status", submitted)).context["events"]]
    assert history == [
        "Draf dimulai",
        "Dikirim kepada kurator",
        "Dikembalikan untuk diperbaiki",
        "Dikirim kepada kurator",
    ]


def test_a_remark_about_the_file_is_marked_done(as_owner: Client, submitted: Version, curator: User) -> None:
    remark = review.comment(submitted, "Halaman 3 kosong.", by=curator, field="file")
    assert as_owner.post(address("resolve", submitted, remark.pk)).status_code == 404, "it is with the curators"
    review.return_to_author(submitted, "Perbaiki.", by=curator)
    response = as_owner.post(address("resolve", submitted, remark.pk))
    assert response.headers["Location"] == address("file_step", submitted) + "#berkas"


def test_the_thread_names_no_curator(as_owner: Client, submitted: Version, curator: User) -> None:
    review.comment(submitted, "Kapan datanya dikumpulkan?", by=curator)
    assert as_owner.post(address("status", submitted), {"text": "Pada tahun 2023."}).status_code == 302
    page = as_owner.get(address("status", submitted)).content.decode()
    assert "Kapan datanya dikumpulkan?" in page
    assert "Pada tahun 2023." in page
    assert "kurator@contoh.id" not in page
    assert submitted.comments.count() == 2


def test_an_empty_message_is_not_sent(as_owner: Client, submitted: Version) -> None:
    assert as_owner.post(address("status", submitted), {"text": " \x00 \n"}).status_code == 422
    assert not submitted.comments.exists()


@pytest.mark.parametrize(("kind", "corrects"), [("new", False), ("correction", True)])
def test_a_new_version_begins_as_a_copy(as_owner: Client, published: Output, kind: str, corrects: bool) -> None:
    page = reverse("publications:deposit_new_version", args=[published.public_id])
    assert as_owner.get(page).status_code == 200
    response = as_owner.post(page, {"kind": kind})
    version = published.versions.get(number=2)
    assert response.headers["Location"] == address("file_step", version)
    assert version.is_correction is corrects
    assert 'name="change_note"' in as_owner.get(address("edit", version)).content.decode()
    again = as_owner.post(page, {})
    assert again.headers["Location"] == address("file_step", version)
    assert published.versions.count() == 2


def test_a_new_version_needs_a_choice(as_owner: Client, published: Output) -> None:
    page = reverse("publications:deposit_new_version", args=[published.public_id])
    assert as_owner.post(page, {"kind": "nonsense"}).status_code == 422
    assert published.versions.count() == 1


def test_a_draft_is_deleted_after_asking(as_owner: Client, complete: Version) -> None:
    assert as_owner.post(address("discard", complete), {}).status_code == 422
    assert Output.objects.exists()
    assert as_owner.post(address("discard", complete), {"agrees": "on"}).headers["Location"] == "/unggah/"
    assert not Output.objects.exists()


def test_discarding_a_new_version_keeps_the_output(as_owner: Client, published: Output, owner: User) -> None:
    version = drafts.new_version(published, by=owner)
    as_owner.post(address("discard", version), {"agrees": "on"})
    assert published.versions.count() == 1


def test_what_was_sent_once_cannot_be_deleted(as_owner: Client, submitted: Version) -> None:
    assert as_owner.post(address("discard", submitted), {"agrees": "on"}).status_code == 302
    assert Output.objects.exists()


def test_a_published_and_a_withdrawn_output_say_so(as_owner: Client, published: Output, curator: User) -> None:
    version = published.current
    assert version is not None
    assert str(published.public_id) in as_owner.get(address("status", version)).content.decode()
    review.withdraw(published, "Data ganda.", by=curator)
    assert "Data ganda." in as_owner.get(address("status", version)).content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_in_both_languages(language: str, as_owner: Client, complete: Version) -> None:
    page = as_owner.get(f"{language}{address('edit', complete)}").content.decode()
    assert ("Check the details" in page) == bool(language)
    assert ("Periksa isian" in page) != bool(language)
