"""What the scripts of the deposit add: autosave, conflicts, undo, rows, organisations, uploads that go wrong."""

import re
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import expect

from publications.actions import drafts
from publications.actions.reading import fill
from publications.models import Version
from publications.pdf.people import Name
from publications.pdf.suggest import Suggested, Suggestions
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
PAGES = ["", "berkas/", "topik/", "pratinjau/", "status/", "tempel/", "buang/"]
SAVED = re.compile(r"Tersimpan pukul \d\d[.:]\d\d")


@pytest.fixture
def user():
    return make_user("siti@contoh.id", name="Siti Rahmawati")


@pytest.fixture
def draft(user):
    version = drafts.start_draft(user)
    names = (Name(given_name="Siti", family_name="Rahmawati"), Name(given_name="", family_name="Sukarno"))
    fill(
        version,
        Suggestions(
            title_id=Suggested("Perawatan lanjut usia di desa", 1),
            abstract_id=Suggested("Penelitian ini menilai perawatan.", 2),
            authors=Suggested(names, 1),
        ),
    )
    return version


@pytest.fixture
def open_page(new_context, site, user):
    """Opens a page in a browser of its own in which `user` is signed in."""

    def open_page(path, **options):
        client = Client()
        client.force_login(user)
        context = new_context(**options)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        page.goto(path)
        return page

    return open_page


def title_of(draft):
    return Version.objects.get(pk=draft.pk).title_id


def eventually(page, is_so):
    """What the server has stored follows the page a moment later."""
    for _attempt in range(50):
        if is_so():
            return
        page.wait_for_timeout(200)
    assert is_so()


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_every_step_is_accessible(language, draft, open_page, accessible):
    page = open_page(f"{language}/unggah/")
    for path in ["/unggah/", *(f"/unggah/{draft.pk}/{step}" for step in PAGES)]:
        accessible(page, language + path)


def test_open_rows_and_groups_are_accessible(draft, open_page, axe):
    page = open_page(f"/unggah/{draft.pk}/", width=320)
    for summary in page.locator("main summary").all():
        if summary.is_visible():
            summary.click()
    axe(page)
    page.goto(f"/unggah/{draft.pk}/topik/")
    for summary in page.locator("main summary").all():
        summary.click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_change_saves_itself_and_moves_the_checklist(draft, open_page):
    page = open_page(f"/unggah/{draft.pk}/")
    page.get_by_label("Judul dalam bahasa Indonesia").fill("Judul baru")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert title_of(draft) == "Judul baru"
    expect(page.locator("#isi-title_id .suggestion")).to_have_count(0)
    page.get_by_label("Tanggal terbit").fill("31 Februari 2024")
    expect(page.locator("#isi-date .errors")).to_be_visible()
    page.get_by_label("Tanggal terbit").fill("Mei 2024")
    expect(page.locator("#isi-date .errors")).to_have_count(0)
    expect(page.locator("#deposit-checks li.ok").filter(has_text="Tanggal terbit")).to_be_visible()


def test_two_tabs_show_a_choice(draft, open_page):
    first, second = open_page(f"/unggah/{draft.pk}/"), open_page(f"/unggah/{draft.pk}/")
    first.get_by_label("Judul dalam bahasa Indonesia").fill("Dari tab satu")
    expect(first.locator("[data-saved]")).to_have_text(SAVED)
    second.get_by_label("Judul dalam bahasa Indonesia").fill("Dari tab dua")
    dialog = second.locator("dialog[open]")
    expect(dialog).to_contain_text("Dari tab satu")
    expect(dialog).to_contain_text("Dari tab dua")
    second.keyboard.press("Escape")
    expect(dialog).to_be_visible()
    assert title_of(draft) == "Dari tab satu"
    dialog.get_by_role("button", name="Simpan pilihan saya").click()
    expect(second.get_by_label("Judul dalam bahasa Indonesia")).to_have_value("Dari tab dua")
    assert title_of(draft) == "Dari tab dua"


def test_the_conflict_dialog_is_accessible(draft, open_page, user, axe):
    page = open_page(f"/unggah/{draft.pk}/")
    drafts.save_draft(draft, {"abstract_id": "Dari tempat lain"}, by=user)
    drafts.save_draft(draft, {"abstract_id": "Dari tempat lain lagi"}, by=user)
    page.get_by_label("Abstrak bahasa Indonesia").fill("Dari sini")
    expect(page.locator("dialog[open]")).to_be_visible()
    axe(page)


def test_undo_empties_the_field_at_once(draft, open_page):
    page = open_page(f"/unggah/{draft.pk}/")
    page.locator("#isi-title_id").get_by_role("button", name="kosongkan").click()
    expect(page.get_by_label("Judul dalam bahasa Indonesia")).to_have_value("")
    expect(page.locator("#isi-title_id .suggestion")).to_have_count(0)
    assert title_of(draft) == ""
    page.get_by_label("Judul dalam bahasa Indonesia").fill("Ditulis sesudahnya")
    eventually(page, lambda: title_of(draft) == "Ditulis sesudahnya")
    page.locator("#isi-contributors").get_by_role("button", name="kosongkan").click()
    expect(page.locator("#isi-contributors [data-row]")).to_have_count(0)


def test_rows_by_keyboard(draft, open_page):
    page = open_page(f"/unggah/{draft.pk}/")
    block = page.locator("#isi-contributors")
    up = block.get_by_role("button", name=re.compile("Naikkan: Sukarno"))
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(block.locator("[data-row]").first).to_contain_text("Sukarno")
    block.get_by_role("button", name="Tambah orang").press("Enter")
    page.keyboard.type("Budi")
    page.keyboard.press("Tab")
    page.keyboard.type("Santoso")
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    expect(block.locator("[data-summary]").last).to_have_text("Budi Santoso")
    expect(page.locator("#deposit-checks")).to_be_visible()
    names = ["Sukarno", "Siti Rahmawati", "Budi Santoso"]
    eventually(page, lambda: [c.name for c in draft.contributors.all()] == names)


def test_an_organisation_is_found_by_its_acronym(draft, open_page):
    page = open_page(f"/unggah/{draft.pk}/")
    page.locator("#isi-contributors summary").first.click()
    page.locator("#isi-contributors .ts-control input").first.press_sequentially("BBPPKS Yogya")
    page.locator(".ts-dropdown .option", has_text="Yogyakarta").first.click()
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    eventually(page, lambda: draft.contributors.filter(affiliation__name__contains="Yogyakarta").exists())


def test_lost_connection_and_ended_session_keep_the_words(draft, open_page, user):
    page = open_page(f"/unggah/{draft.pk}/")
    page.context.set_offline(True)
    page.get_by_label("Judul dalam bahasa Indonesia").fill("Diketik tanpa sambungan")
    notice = page.locator("[data-autosave-notice]")
    expect(notice).to_contain_text("tidak ada sambungan")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text(SAVED)
    assert title_of(draft) == "Diketik tanpa sambungan"
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Judul dalam bahasa Indonesia").fill("Diketik setelah sesi berakhir")
    expect(notice).to_contain_text("sesi Anda berakhir")
    expect(page.get_by_label("Judul dalam bahasa Indonesia")).to_have_value("Diketik setelah sesi berakhir")
    assert title_of(draft) == "Diketik tanpa sambungan"


def test_links_of_the_checklist_open_what_is_closed(draft, open_page):
    page = open_page(f"/unggah/{draft.pk}/topik/")
    page.locator("#deposit-checks").get_by_role("link", name=re.compile("Periksa")).last.click()
    expect(page.locator("#isi-methods input[type=checkbox]").first).to_be_visible()


def test_an_upload_that_is_no_pdf_is_told_in_place(open_page, tmp_path: Path):
    wrong = tmp_path / "halaman.pdf"
    wrong.write_text("<!doctype html><p>bukan PDF</p>")
    page = open_page("/unggah/")
    page.locator("#id_file").set_input_files(wrong)
    expect(page.locator("[data-upload-error]").first).to_be_visible()
    expect(page.locator("#id_file")).to_be_visible()
    assert not Version.objects.exists()


def test_an_upload_without_connection_can_be_tried_again(open_page, tmp_path: Path):
    from tests.publications.deposit.conftest import pdf_bytes

    file = tmp_path / "makalah.pdf"
    file.write_bytes(pdf_bytes())
    page = open_page("/unggah/")
    page.context.set_offline(True)
    page.locator("#id_file").set_input_files(file)
    error = page.locator("[data-upload-error]").first
    expect(error).to_contain_text("Sambungan terputus")
    page.context.set_offline(False)
    error.get_by_role("button", name="Coba lagi").click()
    page.wait_for_url(re.compile(r"/unggah/\d+/berkas/"))
    assert Version.objects.count() == 1
