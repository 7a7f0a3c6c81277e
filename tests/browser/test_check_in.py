"""A phone at the door: found by name, a badge read from a picture, no connection, a reload, a second phone; axe."""

import io
import re
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from conferences.actions import certificates
from conferences.badges.sheet import badges_pdf
from conferences.models import CertificateKind, CheckIn, Edition
from tests.factories.conferences import committee
from tests.factories.desk import chair_of
from tests.factories.the_day import check_in, edition_today, make_participant, make_session, registrar

from .hands import Keyboard
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


def picture_of_badge(edition: Edition) -> bytes:
    person = edition.registrations.get(number=3)
    page = pypdfium2.PdfDocument(badges_pdf(edition, [person], alone=True))[0]
    buffer = io.BytesIO()
    page.render(scale=2.5).to_pil().save(buffer, "PNG")
    return buffer.getvalue()


def test_a_dropped_connection(site: str, new_context: Contexts) -> None:
    edition = edition_today()
    people = [make_participant(edition, name=name) for name in ("Siti Aminah", "Budi Santoso", "Ketut Ayu", "Made Rai")]
    context = new_context(width=320)
    sign_in(context, site, registrar(edition))
    page = context.new_page()
    page.goto(f"/panitia/{edition.slug}/presensi/")
    expect(page.locator("[data-expected]")).to_have_text("4")
    hands, find, said = Keyboard(page), page.locator("[data-find]"), page.locator("[data-said]")
    hands.write(find, "aminah")
    page.keyboard.press("Enter")
    expect(said).to_contain_text("Siti Aminah")
    expect(page.locator("[data-waiting]")).to_have_text("Semua sudah terkirim.")
    assert CheckIn.objects.get().registration == people[0]

    context.set_offline(True)
    check_in(people[1])  # by another phone meanwhile
    for text in ("2", "aminah"):
        find.fill(text)
        page.keyboard.press("Enter")
    expect(said).to_contain_text("Sudah hadir: Siti Aminah")
    page.locator("[data-picture]").set_input_files(
        {"name": "kartu.png", "mimeType": "image/png", "buffer": picture_of_badge(edition)}
    )
    expect(said).to_contain_text("Ketut Ayu")
    find.fill("made")
    hands.press(page.locator("[data-found]").get_by_role("button"))
    expect(page.locator("[data-waiting]")).to_contain_text("3 menunggu")
    expect(page.locator("[data-waiting]")).to_contain_text("Tidak ada sambungan")
    page.get_by_role("button", name=re.compile("Urungkan.*Made Rai")).click()
    assert CheckIn.objects.count() == 2

    context.set_offline(False)
    page.reload()  # what waited has outlived it
    expect(page.locator("[data-waiting]")).to_have_text("Semua sudah terkirim.")
    standing = CheckIn.objects.filter(undone_at=None)
    assert sorted(row.registration.number for row in standing) == [1, 2, 3]
    expect(page.locator("[data-seen]")).to_have_text("3")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_pages_are_accessible(site: str, new_context: Contexts, accessible: Callable[[Page, str], None]) -> None:
    edition = edition_today()
    session, person = make_session(edition), make_participant(edition)
    row = check_in(person, session)
    chair = chair_of(edition)
    committee(edition, "secretary", user=chair)
    (made,) = certificates.issue(edition, {CertificateKind.PARTICIPANT}, [], by=chair)
    edition.certificate_runs.update(finished_at=row.at)
    context = new_context()
    sign_in(context, site, chair)
    page = context.new_page()
    at = f"/panitia/{edition.slug}/"
    for path in ("presensi/", "kehadiran/", f"kehadiran/{session.pk}/", "sertifikat/", "tanda-pengenal/"):
        accessible(page, at + path)
        accessible(page, f"/en{at}{path}")
    for path in (f"{at}sertifikat/{made.pk}/", "/akun/sertifikat/", f"/sertifikat/{made.token}/"):
        accessible(page, path)
