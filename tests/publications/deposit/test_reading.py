"""From an uploaded PDF to a filled form: suggestions, marks, undo, and nothing typed lost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from publications.actions import drafts
from publications.models import Version

from .conftest import TITLE_EN, TITLE_ID, address, blocks, pdf_bytes

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]


@pytest.fixture
def uploaded(as_owner: Client, pdf: SimpleUploadedFile) -> Version:
    response = as_owner.post(reverse("publications:deposit"), {"file": pdf})
    version = Version.objects.get()
    assert response.headers["Location"] == address("file_step", version)
    return version


def test_the_form_is_filled_from_the_pdf(as_owner: Client, uploaded: Version, work: Callable[[], None]) -> None:
    assert b"sedang dibaca" in as_owner.get(address("file_step", uploaded)).content
    work()
    page = as_owner.get(address("edit", uploaded)).content.decode()
    version = Version.objects.get()
    assert (version.title_id, version.title_en) == (TITLE_ID, TITLE_EN)
    assert [c.name for c in version.contributors.all()] == ["Nurhayati Daeng Ngai", "Sukarno"]
    assert version.keywords_id == ["anak jalanan", "pendampingan", "rumah singgah"]
    assert version.abstract_en.startswith("This study assesses")
    assert page.count('name="undo"') == len(version.suggestions) == 7
    assert "Diambil dari PDF, halaman 1" in page


def test_hits_are_shown_masked_with_their_page(as_owner: Client, uploaded: Version, work: Callable[[], None]) -> None:
    work()
    page = as_owner.get(address("file_step", uploaded)).content.decode()
    assert "#page=2" in page
    assert "7371014107950001" not in page


def test_a_suggestion_is_undone_by_one_click(as_owner: Client, uploaded: Version, work: Callable[[], None]) -> None:
    work()
    response = as_owner.post(address("edit", uploaded), blocks(uploaded, title_id=TITLE_ID, undo="title_id"))
    assert response.headers["Location"].endswith("#isi-title_id")
    version = Version.objects.get()
    assert version.title_id == ""
    assert version.title_en == TITLE_EN
    assert "title_id" not in version.suggestions


def test_undo_of_authors_by_script(as_owner: Client, uploaded: Version, work: Callable[[], None]) -> None:
    work()
    answer = as_owner.post(address("autosave", uploaded), {"undo": "contributors"}).json()
    assert "contributors" not in answer["suggested"]
    assert answer["bases"].keys() == {"contributors"}
    assert not Version.objects.get().contributors.exists()


def test_what_was_typed_and_saved_is_not_overwritten(
    as_owner: Client, uploaded: Version, work: Callable[[], None]
) -> None:
    as_owner.post(address("autosave", uploaded), blocks(uploaded, title_id="Judul saya sendiri"))
    work()
    version = Version.objects.get()
    assert version.title_id == "Judul saya sendiri"
    assert version.title_en == TITLE_EN
    assert "title_id" not in version.suggestions


def test_what_is_still_being_typed_wins_over_a_suggestion(
    as_owner: Client, uploaded: Version, work: Callable[[], None]
) -> None:
    typed = blocks(uploaded, title_id="Judul saya sendiri", title_en="")
    work()
    response = as_owner.post(address("edit", uploaded), typed)
    assert response.status_code == 302
    version = Version.objects.get()
    assert version.title_id == "Judul saya sendiri"
    assert version.title_en == TITLE_EN, "an empty box from before the reading must not empty what was found"


def test_reading_leads_on_to_the_form(as_owner: Client, uploaded: Version, work: Callable[[], None]) -> None:
    asked = address("reading", uploaded) + "?lanjut=1"
    assert "HX-Redirect" not in as_owner.get(asked).headers
    work()
    assert as_owner.get(asked).headers["HX-Redirect"] == address("edit", uploaded)
    assert "HX-Redirect" not in as_owner.get(address("reading", uploaded)).headers


def test_a_locked_pdf_says_what_to_do(as_owner: Client, owner: User, work: Callable[[], None]) -> None:
    import io

    import pikepdf

    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_bytes())) as document:
        document.save(locked, encryption=pikepdf.Encryption(user="rahasia", owner="rahasia"))
    as_owner.post(reverse("publications:deposit"), {"file": SimpleUploadedFile("terkunci.pdf", locked.getvalue())})
    work()
    version = Version.objects.get()
    page = as_owner.get(address("file_step", version)).content.decode()
    assert "kata sandi" in page
    assert as_owner.get(address("reading", version) + "?lanjut=1").headers.get("HX-Redirect") is None
    assert as_owner.post(address("submit", version)).status_code == 422


def test_replacing_the_document_takes_its_suggestions_along(
    as_owner: Client, owner: User, uploaded: Version, work: Callable[[], None]
) -> None:
    work()
    drafts.save_draft(Version.objects.get(), {"title_en": "Typed by hand"}, by=owner)
    other = SimpleUploadedFile("lain.pdf", pdf_bytes().replace(b"Typst", b"Typsu"))
    as_owner.post(address("file_step", uploaded), {"file": other})
    version = Version.objects.get()
    assert (version.title_id, version.title_en) == ("", "Typed by hand")
    assert not version.contributors.exists()
    assert version.suggestions == {}


def test_an_upload_sent_twice_makes_one_draft(as_owner: Client, uploaded: Version) -> None:
    again = SimpleUploadedFile("anak-jalanan.pdf", pdf_bytes())
    response = as_owner.post(reverse("publications:deposit"), {"file": again})
    assert response.headers["Location"] == address("file_step", uploaded)
    assert Version.objects.count() == 1
