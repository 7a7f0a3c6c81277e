"""Bulk import as a curator does it: upload, look at what was understood, import, watch, take back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from publications.actions import importing
from publications.models import ImportBatch, Output
from tests.factories.accounts import make_user

from .test_pages_accessibility import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
CSV = (
    "id;judul;penulis;tahun;jenis;doi;pmks;tidak dikenal\n"
    "a1;Anak jalanan di kota;Sukarno| Siti Aminah;2020-05;artikel jurnal;;PMKS-04;\n"
    "b2;Lanjut usia telantar;Hatta;besok;laporan penelitian;bukan;PMKS-07;\n"
    "c3;;Sjahrir;2020;artikel;;;\n"
)


@pytest.fixture
def curator(vocabularies: None) -> Any:
    return make_user("kurator@example.org", role="curator", name="Dewi Anggraini")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "jurnal-contoh.csv"
    path.write_text(CSV)
    return path


def upload(page: Page, file: Path) -> ImportBatch:
    page.goto(reverse("publications:import"))
    page.locator("#id_file").set_input_files(file)
    page.locator("#id_source").fill("Jurnal Contoh")
    page.locator("input[name=publish][value='1']").check()
    page.get_by_role("button", name="Periksa berkas").click()
    expect(page.locator("#import-progress")).to_be_visible()
    return ImportBatch.objects.get()


def test_the_page_follows_the_work(
    site: str, new_context: Callable[..., BrowserContext], curator: Any, file: Path
) -> None:
    context = new_context()
    sign_in(context, site, curator)
    page = context.new_page()
    batch = upload(page, file)
    importing.check_stored(batch.pk)
    expect(page.get_by_text("Anak jalanan di kota")).to_be_visible()
    expect(page.get_by_text("Judul tidak ada.")).to_be_visible()
    page.get_by_role("button", name="Impor dan terbitkan").click()
    expect(page.locator("#import-progress")).to_be_visible()
    importing.run_stored(batch.pk)
    expect(page.get_by_role("link", name="Batalkan impor")).to_be_visible()
    assert Output.objects.get(source_id="a1").state == "published"
    page.get_by_role("link", name="Batalkan impor").click()
    page.get_by_role("button", name="Batalkan impor").click()
    expect(page.locator("#import-progress")).to_be_visible()
    importing.undo_stored(batch.pk, curator.pk, keep_used=False)
    expect(page.locator("#import-progress")).to_have_count(0)
    assert set(Output.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_the_same_without_script(
    site: str, new_context: Callable[..., BrowserContext], curator: Any, file: Path
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, site, curator)
    page = context.new_page()
    batch = upload(page, file)
    importing.check_stored(batch.pk)
    page.get_by_role("link", name="Muat ulang").click()
    page.get_by_role("button", name="Impor dan terbitkan").click()
    expect(page.locator("#import-progress")).to_be_visible()  # the answer has come
    importing.run_stored(batch.pk)
    page.get_by_role("link", name="Muat ulang").click()
    expect(page.get_by_role("link", name="Batalkan impor")).to_be_visible()
    assert Output.objects.count() == 2


def test_the_pages_are_accessible(
    site: str,
    new_context: Callable[..., BrowserContext],
    axe: Callable[..., None],
    accessible: Callable[[Page, str], None],
    curator: Any,
    file: Path,
) -> None:
    context = new_context(width=320)
    sign_in(context, site, curator)
    page = context.new_page()
    page.set_default_timeout(30_000)
    batch = upload(page, file)
    axe(page)  # at work
    importing.check_stored(batch.pk)
    expect(page.locator("#import-progress")).to_have_count(0)
    page.wait_for_load_state()
    axe(page)  # with what was found
    importing.start(ImportBatch.objects.get(), by=curator)
    importing.run_stored(batch.pk)
    Output.objects.get(source_id="a1").versions.update(revision=9)
    pages = {"import": [], "import_batch": [batch.pk], "import_undo": [batch.pk], "import_columns": []}
    for language in ("", "/en"):
        for name, args in pages.items():
            accessible(page, language + reverse(f"publications:{name}", args=args))
