"""Briefs and comparisons by mouse and keyboard, in both languages, on a phone and a desktop; axe on their pages."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from evidence.models import Brief
from publications.states import VersionState
from tests.factories.accounts import make_user
from tests.factories.briefs import make_brief, published, read_documents
from tests.factories.evidence import make_finding, make_ratings, make_recommendation

from .hands import Keyboard, Mouse
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]
WORDS = {
    "id": {
        "list": "/bukti/temuan/", "compare": "Bandingkan yang dicentang", "tick": "Bandingkan: {}",
        "add": "Tambahkan ke risalah kebijakan", "choose": "Tambahkan", "title": "#id_title_id",
        "message": "#id_message_id", "earlier": r"Naikkan\s*: temuan 2", "preview": "Simpan dan lihat pratinjau",
        "make": "Jadikan publikasi", "first": "Temuan pertama.", "second": "Temuan kedua.",
    },
    "en": {
        "list": "/en/bukti/temuan/", "compare": "Compare what is ticked", "tick": "Compare: {}",
        "add": "Add to a policy brief", "choose": "Add", "title": "#id_title_en", "message": "#id_message_en",
        "earlier": r"Earlier\s*: finding 2", "preview": "Save and see the preview", "make": "Make it a publication",
        "first": "First finding.", "second": "Second finding.",
    },
}  # fmt: skip
LOOKS = [
    ("id", Keyboard, 1280, True),
    ("en", Mouse, 360, True),
    ("id", Mouse, 360, False),
    ("en", Keyboard, 1280, False),
]


@pytest.mark.parametrize(("language", "hands", "width", "script"), LOOKS)
def test_compared_gathered_ordered_previewed_printed_and_submitted(
    site: str, new_context: Contexts, language: str, hands: type[Mouse], width: int, script: bool
) -> None:
    words = WORDS[language]
    for number, name in enumerate(("first", "second")):
        texts = {f"statement_{code}": WORDS[code][name] for code in ("id", "en")}
        make_ratings(make_finding(**texts), 4 - number)
    author = make_user("pembuat@contoh.id", role="policymaker", name="Rina Dewi")
    context = new_context(width=width, java_script_enabled=script)
    sign_in(context, site, author)
    page = context.new_page()
    hand = hands(page)
    page.goto(words["list"])
    for name in ("first", "second"):
        hand.tick(page.get_by_label(words["tick"].format(words[name])))
    hand.press(page.get_by_role("button", name=words["compare"]))
    expect(page.locator("table.compare thead th")).to_have_count(2)
    hand.press(page.get_by_role("link", name=words["add"]))
    hand.press(page.get_by_role("button", name=words["choose"], exact=True))

    hand.write(page.locator(words["title"]), "Home visits")
    hand.write(page.locator(words["message"]), "They help. Begin where there are volunteers.")
    hand.press(page.get_by_role("button", name=re.compile(words["earlier"])))
    items = page.locator(".brief-items > li")
    expect(items.first).to_contain_text(words["second"])
    expect(page.locator(words["title"])).to_have_value("Home visits")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    hand.press(page.get_by_role("button", name=words["preview"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Home visits")
    assert "They help." in printed(page)

    hand.press(page.get_by_role("button", name=words["make"]))
    brief = Brief.objects.get()
    page.wait_for_url("**/status/")
    brief.refresh_from_db()
    assert brief.output is not None
    version = brief.output.versions.get()
    read_documents()
    page.goto(reverse("publications:deposit_preview", args=[version.pk]))
    hand.press(page.locator("form[action$='/kirim/'] button"))
    page.wait_for_url("**/status/")
    version.refresh_from_db()
    assert version.state == VersionState.SUBMITTED


def printed(page: Page) -> str:
    """The page as paper: A4, one document, with no part of the site around it."""
    document = pdfium.PdfDocument(BytesIO(page.pdf(format="A4", print_background=True)))
    text = " ".join(
        " ".join(document[number].get_textpage().get_text_bounded().split()) for number in range(len(document))
    )
    for around in ("Masuk", "Akun saya", "My account", "Jadikan publikasi", "Make it a publication"):
        assert around not in text
    return text


def test_the_pages_are_accessible(site: str, new_context: Contexts, accessible: Callable[[Page, str], None]) -> None:
    findings = [make_finding(), make_finding(cost_amount=None), make_finding(direction="worse")]
    make_ratings(findings[0], 3, 2)
    make_recommendation(findings[0])
    brief = make_brief(findings=findings)
    public = published(make_brief(findings=findings[:1]))
    numbers = ",".join(str(finding.pk) for finding in findings)
    outputs = ",".join(str(finding.output.public_id) for finding in findings[:2])
    context = new_context()
    sign_in(context, site, brief.owner)
    page = context.new_page()
    page.set_default_timeout(30_000)
    paths = [
        f"/bandingkan/?temuan={numbers}",
        f"/bandingkan/?publikasi={outputs}",
        f"/bandingkan/?temuan={findings[0].pk},999999",
        "/bandingkan/",
        "/risalah/",
        f"/risalah/tambah/?temuan={numbers}",
        f"/risalah/{brief.pk}/",
        f"/risalah/{brief.pk}/pratinjau/",
        reverse("evidence:finding", args=[findings[0].pk]),
        f"/publikasi/{public.output.public_id}/",
        "/bukti/temuan/",
    ]
    for language in ("", "/en"):
        for path in paths:
            accessible(page, language + path)


def test_a_comparison_prints_across_the_page(site: str, page: Page) -> None:
    one, two = make_finding(), make_finding()
    page.goto(f"{site}/bandingkan/?temuan={one.pk},{two.pk}")
    document: Any = pdfium.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    sizes = [document[number].get_size() for number in range(len(document))]
    assert all(width > height for width, height in sizes)
    assert "Berdampingan" in document[0].get_textpage().get_text_bounded()
