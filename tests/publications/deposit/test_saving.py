"""Two tabs, two people, one draft: nothing is overwritten silently and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from publications.actions import drafts, ownership
from publications.models import Version

from .conftest import address, blocks

pytestmark = pytest.mark.django_db


def hidden_inputs(page: str) -> dict[str, list[str]]:
    """What the form on a page would send besides its visible controls."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        found.setdefault(name, []).append(value)
    return found


def test_a_change_is_saved_and_told(as_owner: Client, complete: Version) -> None:
    typed = blocks(complete, title_id="Judul baru")
    answer = as_owner.post(address("autosave", complete), typed).json()
    assert answer["message"].startswith("Tersimpan pukul")
    assert "checklist" in answer["aside"]
    complete.refresh_from_db()
    assert complete.title_id == "Judul baru"
    assert answer["bases"]["title_id"] == blocks(complete, title_id="")["base-title_id"]


def test_two_tabs_the_second_autosave_is_a_visible_conflict(as_owner: Client, complete: Version) -> None:
    first, second = blocks(complete, title_id="Dari tab satu"), blocks(complete, title_id="Dari tab dua")
    assert as_owner.post(address("autosave", complete), first).status_code == 200
    answer = as_owner.post(address("autosave", complete), second)
    assert answer.status_code == 409
    dialog = answer.json()["conflict"]
    assert "Dari tab satu" in dialog
    assert "Dari tab dua" in dialog
    complete.refresh_from_db()
    assert complete.title_id == "Dari tab satu"


@pytest.mark.parametrize(("choice", "expected"), [("mine", "Dari tab dua"), ("stored", "Dari tab satu")])
def test_two_tabs_with_the_whole_form(as_owner: Client, complete: Version, choice: str, expected: str) -> None:
    first = blocks(complete, title_id="Dari tab satu", publisher="")
    second = blocks(complete, title_id="Dari tab dua", publisher="Penerbit B")
    as_owner.post(address("edit", complete), first)
    page = as_owner.post(address("edit", complete), second)
    assert page.status_code == 409
    text = page.content.decode()
    assert "Dari tab satu" in text
    assert "Dari tab dua" in text
    complete.refresh_from_db()
    assert complete.publisher == "Penerbit B", "what is in no conflict is saved at once"
    chosen = hidden_inputs(text) | {"choice-title_id": choice}
    assert as_owner.post(address("edit", complete), chosen).status_code == 302
    complete.refresh_from_db()
    assert complete.title_id == expected


def test_a_conflict_does_not_lose_what_cannot_be_saved_for_another_reason(as_owner: Client, complete: Version) -> None:
    second = blocks(complete, title_id="Dari tab dua", date="kemarin dulu")
    as_owner.post(address("edit", complete), blocks(complete, title_id="Dari tab satu"))
    page = as_owner.post(address("edit", complete), second).content.decode()
    response = as_owner.post(address("edit", complete), hidden_inputs(page) | {"choice-title_id": "mine"})
    assert response.status_code == 422
    assert "kemarin dulu" in response.content.decode()
    complete.refresh_from_db()
    assert complete.title_id == "Dari tab dua"


def test_changes_of_different_fields_go_together_and_are_told(as_owner: Client, complete: Version) -> None:
    both = {"title_id": complete.title_id, "title_en": complete.title_en}
    first, second = blocks(complete, **both | {"title_id": "Satu"}), blocks(complete, **both | {"title_en": "Two"})
    as_owner.post(address("autosave", complete), first)
    answer = as_owner.post(address("autosave", complete), second).json()
    assert answer["elsewhere"] == ["Judul dalam bahasa Indonesia"]
    complete.refresh_from_db()
    assert (complete.title_id, complete.title_en) == ("Satu", "Two")


def test_a_co_owner_in_another_browser(as_owner: Client, complete: Version, owner: User, colleague: User) -> None:
    ownership.add_co_owner(complete.output, colleague, by=owner)
    other = Client()
    other.force_login(colleague)
    page = blocks(complete, abstract_id="Abstrak dari pemilik")
    other.post(address("autosave", complete), blocks(complete, abstract_id="Abstrak dari rekan"))
    assert as_owner.post(address("autosave", complete), page).status_code == 409


def test_the_same_words_in_both_tabs_are_no_conflict(as_owner: Client, complete: Version) -> None:
    first, second = blocks(complete, title_id="Sama"), blocks(complete, title_id="Sama")
    as_owner.post(address("autosave", complete), first)
    assert as_owner.post(address("autosave", complete), second).status_code == 200


def test_an_error_keeps_what_was_typed_and_saves_the_rest(as_owner: Client, complete: Version) -> None:
    typed = blocks(complete, title_id="Judul yang benar", doi="bukan doi", date="hari kemarin")
    response = as_owner.post(address("edit", complete), typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "bukan doi" in page
    assert "hari kemarin" in page
    complete.refresh_from_db()
    assert complete.title_id == "Judul yang benar"
    assert not complete.identifiers.exists()


def test_autosave_says_which_field_is_wrong(as_owner: Client, complete: Version) -> None:
    answer = as_owner.post(address("autosave", complete), blocks(complete, doi="abc", title_en="Fine")).json()
    assert list(answer["errors"]) == ["identifiers"]
    assert "title_en" in answer["bases"]


def test_checkboxes_of_a_page_that_does_not_show_them_stay(as_owner: Client, complete: Version) -> None:
    as_owner.post(address("edit", complete), blocks(complete, title_id="Judul lain"))
    assert complete.provinces.count() == 1
    as_owner.post(address("topics", complete), blocks(complete, provinces=[]))
    assert complete.provinces.count() == 0


@pytest.mark.parametrize(
    ("button", "target"),
    [("", "edit"), ("topik", "topics"), ("pratinjau", "preview"), ("berkas", "file_step"), ("nonsense", "edit")],
)
def test_buttons_lead_on(as_owner: Client, complete: Version, button: str, target: str) -> None:
    response = as_owner.post(address("edit", complete), blocks(complete, title_id="X") | {"go": button})
    assert response.headers["Location"] == address(target, complete)


def test_a_signed_out_author_finds_her_words_again(client: Client, complete: Version, owner: User) -> None:
    typed = blocks(complete, title_id="Diketik sebelum sesi berakhir")
    response = client.post(address("edit", complete), typed)
    assert response.status_code == 302
    assert response.headers["Location"].endswith(f"?next={address('edit', complete).replace('/', '%2F')}")
    complete.refresh_from_db()
    assert complete.title_id != "Diketik sebelum sesi berakhir"
    client.force_login(owner)
    page = client.get(address("edit", complete)).content.decode()
    assert "Diketik sebelum sesi berakhir" in page
    assert "Diketik sebelum sesi berakhir" not in client.get(address("edit", complete)).content.decode()


def test_what_another_person_left_in_this_browser_is_not_shown(
    client: Client, complete: Version, stranger: User
) -> None:
    client.post(address("edit", complete), blocks(complete, title_id="Rahasia"))
    client.force_login(stranger)
    assert client.get(address("edit", complete)).status_code == 404


def test_typed_text_is_shown_when_the_version_was_sent_meanwhile(
    as_owner: Client, complete: Version, owner: User
) -> None:
    typed = blocks(complete, abstract_id="Sebuah abstrak panjang yang belum tersimpan")
    drafts.submit(complete, by=owner)
    response = as_owner.post(address("edit", complete), typed)
    assert response.status_code == 409
    assert "Sebuah abstrak panjang yang belum tersimpan" in response.content.decode()
    assert as_owner.post(address("autosave", complete), typed).status_code == 403


def test_csrf_is_checked(complete: Version, owner: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner)
    assert client.post(address("autosave", complete), blocks(complete, title_id="X")).status_code == 403


def test_saving_takes_a_fixed_number_of_queries(
    as_owner: Client, complete: Version, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(75):
        as_owner.post(address("autosave", complete), blocks(complete, title_id="Judul baru"))
