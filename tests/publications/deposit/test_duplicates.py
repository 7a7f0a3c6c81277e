"""The warning that a paper may already be here: what finds it, and what it must not give away."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from publications.actions import drafts
from publications.models import Contributor, Output, Version
from publications.queries.duplicates import Reason, find_duplicates, normalise_title

from .conftest import address, pdf_bytes

pytestmark = pytest.mark.django_db
PEOPLE = [{"given_name": "S.", "family_name": "Rahmawati"}]


def draft_of(user: User, **data: Any) -> Version:
    return drafts.save_draft(drafts.start_draft(user), data, by=user)


def found(version: Version, user: User | None = None) -> list[tuple[int, tuple[Reason, ...], bool]]:
    return [(d.output.pk, d.reasons, d.is_visible) for d in find_duplicates(version, user)]


def test_nothing_is_like_an_empty_draft(draft: Version, submitted: Version, stranger: User) -> None:
    assert found(drafts.start_draft(stranger)) == []


@pytest.mark.parametrize(
    "title",
    [
        "Perawatan berbasis keluarga bagi lanjut usia terlantar",
        "PERAWATAN BERBASIS KELUARGA BAGI LANJUT USIA TERLANTAR.",
        "Perawatan berbasis-keluarga bagi lanjut usia yang terlantar",
        "Perawatan ber-basis ke-luarga bagi lanjut usia ter-lantar",
        "Family-Based Care for Neglected Older People",
    ],
)
def test_near_titles_with_a_shared_author(title: str, published: Output, stranger: User) -> None:
    version = draft_of(stranger, title_id=title, contributors=PEOPLE)
    assert found(version, stranger) == [(published.pk, (Reason.TITLE,), True)]


def test_the_same_title_by_others_is_no_duplicate(published: Output, stranger: User) -> None:
    title = "Perawatan berbasis keluarga bagi lanjut usia terlantar"
    assert found(draft_of(stranger, title_id=title, contributors=[{"family_name": "Wijaya"}])) == []


def test_another_title_by_the_same_author_is_no_duplicate(published: Output, stranger: User) -> None:
    assert found(draft_of(stranger, title_id="Pendampingan anak jalanan di terminal", contributors=PEOPLE)) == []


def test_spelling_of_names_in_capitals(published: Output, stranger: User) -> None:
    title = "Perawatan berbasis keluarga bagi lanjut usia terlantar"
    assert found(draft_of(stranger, title_id=title, contributors=[{"family_name": "RAHMAWATI"}]))


def test_the_same_doi(published: Output, owner: User, stranger: User) -> None:
    published.current.identifiers.create(scheme="doi", value="10.1234/abc")  # type: ignore[union-attr]
    version = draft_of(stranger, identifiers=[("doi", "10.1234/abc")])
    assert found(version, stranger) == [(published.pk, (Reason.DOI,), True)]


def test_the_same_file_in_a_paper_in_the_queue_is_not_named(
    client: Client, submitted: Version, owner: User, stranger: User
) -> None:
    from publications.models import Blob, File

    theirs = drafts.start_with_file(stranger, SimpleUploadedFile("a.pdf", pdf_bytes()))
    blob = Blob.objects.get()
    File.objects.create(version=submitted, blob=blob, name="b.pdf", original_name="b.pdf")
    assert found(theirs, stranger) == [(submitted.output_id, (Reason.FILE,), False)]
    assert found(theirs) == [(submitted.output_id, (Reason.FILE,), True)], "curators see which"
    client.force_login(stranger)
    page = client.get(address("edit", theirs)).content.decode()
    assert "antrean kurator" in page
    assert "Perawatan berbasis keluarga" not in page


def test_drafts_of_others_stay_theirs(complete: Version, stranger: User) -> None:
    title = "Perawatan berbasis keluarga bagi lanjut usia terlantar"
    assert found(draft_of(stranger, title_id=title, contributors=PEOPLE)) == []


def test_ones_own_draft_is_named(complete: Version, owner: User) -> None:
    title = "Perawatan berbasis keluarga bagi lanjut usia terlantar"
    version = draft_of(owner, title_id=title, contributors=PEOPLE)
    assert found(version, owner) == [(complete.output_id, (Reason.TITLE,), True)]


def test_other_versions_of_the_same_output_are_no_duplicates(published: Output, owner: User) -> None:
    assert found(drafts.new_version(published, by=owner), owner) == []


def test_it_is_a_warning_and_no_block(published: Output, complete: Version, owner: User, as_owner: Client) -> None:
    again = draft_of(owner, title_id="Perawatan berbasis keluarga bagi lanjut usia terlantar", contributors=PEOPLE)
    page = as_owner.get(address("preview", again)).content.decode()
    assert "Sudah ada di sini?" in page


def test_titles_are_compared_without_case_and_marks() -> None:
    assert normalise_title("  “Keluarga”—dan ANAK: café_2 ") == "keluarga dan anak cafe 2"


def test_it_stays_cheap_with_many_namesakes(owner: User, django_assert_num_queries: Any) -> None:
    outputs = Output.objects.bulk_create(Output(owner=owner) for _ in range(3000))
    versions = Version.objects.bulk_create(
        Version(output=output, title_id=f"Penelitian nomor {n} tentang kesejahteraan keluarga di desa")
        for n, output in enumerate(outputs)
    )
    Contributor.objects.bulk_create(Contributor(version=v, position=1, family_name="Rahmawati") for v in versions)
    mine = draft_of(owner, title_id="Sebuah judul yang lain sama sekali", contributors=PEOPLE)
    with django_assert_num_queries(4):
        assert find_duplicates(mine, owner) == []
