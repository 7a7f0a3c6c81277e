"""Research in use: a recommendation followed to "done", a use reported, accepted and shown; axe on the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from evidence.models import Recommendation, Use
from tests.factories.accounts import make_organisation, make_user
from tests.factories.evidence import make_finding, make_recommendation
from tests.factories.publications import make_output, some_user
from tests.factories.uses import make_use

from .hands import Keyboard, Mouse
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]

WORDS = {
    "": {
        "answer": "Tanggapi rekomendasi", "publish": "Terbitkan tanggapan", "planned": "direncanakan",
        "done": "dilaksanakan", "report": "Laporkan penggunaannya", "send": "Laporkan", "kind": "peraturan",
        "accept": "Terima", "waiting": "menunggu kurator", "used": "Digunakan dalam",
    },
    "/en": {
        "answer": "Answer recommendations", "publish": "Publish the answer", "planned": "planned", "done": "done",
        "report": "Report where it was used", "send": "Report", "kind": "regulation", "accept": "Accept",
        "waiting": "waiting for a curator", "used": "Used in",
    },
}  # fmt: skip
# Each language, width, hand and way (with or without script) at least once.
WAYS = [("", 320, Mouse, True), ("/en", 1280, Keyboard, False)]
pairs = pytest.mark.parametrize(
    ("language", "width", "hands", "script"), WAYS, ids=["id-phone-mouse", "en-desktop-keyboard-no-script"]
)


@pytest.fixture
def addressee() -> Any:
    user = make_user("pejabat@example.org", role="policymaker", name="Rini Kusuma")
    user.person.affiliation = make_organisation("Direktorat Contoh")
    user.person.save()
    return user


@pairs
def test_a_recommendation_followed_to_done(
    site: str, new_context: Contexts, addressee: Any, language: str, width: int, hands: type[Mouse], script: bool
) -> None:
    words = WORDS[language]
    unit = addressee.person.affiliation
    made = make_recommendation(make_finding(), addressee=unit, addressee_name="", text_en="Pay for visits.")
    context = new_context(width=width, java_script_enabled=script)
    sign_in(context, site, addressee)
    page = context.new_page()
    hand = hands(page)
    page.goto(language + reverse("account"))
    hand.press(page.get_by_role("link", name=words["answer"]))
    hand.press(page.get_by_role("link", name=made.text_en if language else made.text_id))
    for state, note in (("planned", "Masuk rencana 2027."), ("done", "Sudah berjalan di tiga kabupaten.")):
        hand.tick(page.get_by_role("radio", name=words[state], exact=True))
        hand.write(page.locator("#id_note_id"), note)
        hand.press(page.get_by_role("button", name=words["publish"]))
        expect(page.locator(".timeline").get_by_text(note)).to_be_visible()
    assert Recommendation.objects.get().state == "done"

    reader = new_context(width=width, java_script_enabled=script).new_page()
    reader.goto(f"{language}{reverse('evidence:recommendations')}?status=done")
    expect(reader.get_by_role("link", name=made.text_en if language else made.text_id)).to_be_visible()
    reader.goto(f"{language}{reverse('evidence:uses_year', args=[timezone.localdate().year])}")
    expect(reader.get_by_text("Sudah berjalan di tiga kabupaten.")).to_be_visible()


@pairs
def test_a_use_reported_accepted_and_shown(
    site: str, new_context: Contexts, language: str, width: int, hands: type[Mouse], script: bool
) -> None:
    words, output = WORDS[language], make_output()
    reporter = make_user("pelapor@example.org", name="Ani Lestari")
    curator = make_user("kurator@example.org", role="curator", name="Dewi Anggraini")
    context = new_context(width=width, java_script_enabled=script)
    sign_in(context, site, reporter)
    page = context.new_page()
    hand = hands(page)
    page.goto(language + reverse("publications:output", args=[output.public_id]))
    hand.press(page.get_by_role("link", name=words["report"]))
    expect(page.locator("main").get_by_text("Ani Lestari")).to_be_visible()
    hand.tick(page.get_by_role("radio", name=words["kind"], exact=True))
    hand.write(page.locator("#id_title_id"), "Peraturan Contoh")
    hand.write(page.locator("#id_number"), "4/2024")
    hand.write(page.locator("#id_date"), "12 Mei 2024")
    hand.write(page.locator("#id_issuer"), "Pemerintah Kabupaten Contoh")
    hand.write(page.locator("#id_how_id"), "Pasal 7.")
    hand.press(page.get_by_role("button", name=words["send"], exact=True))
    expect(page.get_by_text(words["waiting"]).first).to_be_visible()
    assert Use.objects.get().state == "reported"

    desk = new_context(width=width, java_script_enabled=script)
    sign_in(desk, site, curator)
    page = desk.new_page()
    hand = hands(page)
    page.goto(language + reverse("evidence:use_queue"))
    hand.press(page.get_by_role("link", name="Peraturan Contoh"))
    hand.write(page.locator("#id_title_en"), "Sample Regulation")
    hand.press(page.get_by_role("button", name=words["accept"], exact=True))
    expect(page.locator(".notice.success")).to_be_visible()

    reader = new_context(width=width, java_script_enabled=script).new_page()
    title = "Sample Regulation" if language else "Peraturan Contoh"
    for path in (reverse("publications:output", args=[output.public_id]), reverse("evidence:uses")):
        reader.goto(language + path)
        expect(reader.get_by_role("heading", name=title)).to_be_visible()
        expect(reader.locator("main").get_by_text("Ani Lestari")).to_be_visible()


def test_the_pages_are_accessible(
    site: str, new_context: Contexts, accessible: Callable[[Page, str], None], addressee: Any
) -> None:
    curator = make_user("kurator@example.org", role="curator", name="Dewi Anggraini")
    output = make_output()
    finding = make_finding(output)
    use = make_use(output, findings=[finding])
    waiting = make_use(state="reported")
    declined = make_use(state="declined", by=curator)
    make_recommendation(finding, addressee=addressee.person.affiliation, addressee_name="")
    context = new_context()
    sign_in(context, site, curator)
    page = context.new_page()
    page.set_default_timeout(30_000)
    paths = [
        reverse("evidence:uses"),
        reverse("evidence:uses") + "?jenis=training",
        reverse("evidence:uses_year", args=[2024]),
        reverse("evidence:report_use", args=[output.public_id]),
        reverse("evidence:my_uses"),
        reverse("evidence:use_report", args=[declined.pk]),
        reverse("evidence:use_queue"),
        reverse("evidence:use_review", args=[waiting.pk]),
        reverse("evidence:use_review", args=[use.pk]),
        reverse("evidence:themes"),
        reverse("evidence:recommendations"),
        reverse("publications:output", args=[output.public_id]),
        reverse("evidence:finding", args=[finding.pk]),
    ]
    for language in ("", "/en"):
        for path in paths:
            accessible(page, language + path)
    context = new_context()
    sign_in(context, site, addressee)
    accessible(context.new_page(), reverse("account"))


@pytest.mark.parametrize("width", [320, 1280])
def test_what_is_wrong_is_told_beside_what_was_typed(site: str, new_context: Contexts, width: int) -> None:
    use = make_use()
    context = new_context(width=width)
    sign_in(context, site, some_user())
    page = context.new_page()
    page.goto(reverse("evidence:report_use", args=[use.output.public_id]))
    page.get_by_role("radio", name="peraturan", exact=True).check()
    page.locator("#id_title_id").fill(use.title_id)
    page.locator("#id_date").fill("2023")
    page.locator("#id_issuer").fill("Pemerintah Kabupaten Lain")
    page.locator("#id_how_id").fill("Pasal 7.")
    page.get_by_role("button", name="Laporkan", exact=True).click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert page.locator("#id_how_id").input_value() == "Pasal 7."
    page.locator("#id_is_another").check()
    page.get_by_role("button", name="Laporkan", exact=True).click()
    expect(page.get_by_text("menunggu kurator").first).to_be_visible()
