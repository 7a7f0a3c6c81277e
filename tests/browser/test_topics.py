"""From the home page to what works, how sure and at what cost in three clicks or fewer; the pages around a topic."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from evidence.models import Finding
from taxonomy.models import Pmks
from tests.browser.looks import LOOKS, Look, look_name
from tests.browser.test_pages_accessibility import sign_in
from tests.factories.accounts import make_user
from tests.factories.evidence import make_finding, make_ratings, make_recommendation
from tests.factories.publications import make_output, make_version
from tests.factories.topics import make_message

pytestmark = pytest.mark.django_db(transaction=True)
Contexts = Callable[..., BrowserContext]
MOST_CLICKS = 3
SLUG = "lanjut-usia-terlantar"
WORDS = {
    "": ("Lanjut Usia Terlantar", "Apa yang berhasil, seberapa yakin", "sedang", "Biaya", "Rp1.250.000 per orang"),
    "/en": ("Neglected older person", "What works, and how sure", "moderate", "Cost", "Rp1,250,000 per person"),
}


@pytest.fixture
def finding(vocabularies: None, settings: Any, tmp_path: Any) -> Finding:
    settings.MEDIA_ROOT = tmp_path
    finding = make_finding(make_output(pmks=["PMKS-08", "PMKS-24"]))
    make_ratings(finding, 3, 3)
    make_recommendation(finding)
    make_finding(finding.output, direction="worse", service="JAMSOS-02", statement_id="Antrean memburuk.")
    make_version(finding.output)
    make_message()
    return finding


@pytest.mark.parametrize("look", LOOKS, ids=look_name)
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_home_to_the_answer(site: str, new_context: Contexts, finding: Finding, look: Look, script: bool) -> None:
    language, dark, width = look
    topic, works, level, cost, amount = WORDS[language]
    page = new_context(width, dark=dark, java_script_enabled=script).new_page()
    page.goto(f"{language}/")
    clicks = 1
    page.get_by_role("main").get_by_role("link", name=re.compile(f"^{topic}")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(topic)
    answer = page.get_by_role("region", name=works)
    expect(answer).to_contain_text(level)
    expect(page.get_by_role("region", name=cost, exact=True)).to_contain_text(amount)
    assert clicks <= MOST_CLICKS
    # And on to the finding behind the number.
    answer.get_by_role("link", name=re.compile("1 .* 1 ")).first.click()
    clicks += 1
    page.get_by_role("link", name=finding.statement_en if language else finding.statement_id).first.click()
    clicks += 1
    expect(page).to_have_url(re.compile(f"/bukti/temuan/{finding.pk}/$"))
    assert clicks == MOST_CLICKS


def test_by_keyboard_to_the_filters(site: str, page: Page, finding: Finding) -> None:
    page.goto(reverse("topics:topic", args=[SLUG]))
    chip = page.get_by_role("navigation", name="Persempit temuan").get_by_role("link", name=re.compile("Jaminan"))
    chip.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?temuan-pilar="))
    expect(page.get_by_role("link", name="Antrean memburuk.")).to_be_visible()
    expect(page.get_by_role("link", name=finding.statement_id)).to_have_count(0)
    chosen = page.get_by_role("navigation", name="Persempit temuan").locator("[aria-current]").first
    chosen.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=finding.statement_id)).to_have_count(1)


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_pages_are_accessible(
    site: str, new_context: Contexts, accessible: Callable[[Page, str], None], finding: Finding, language: str
) -> None:
    curator = make_user("kurator@example.org", role="curator", name="Dewi Anggraini")
    make_message("PMKS-24", is_checked=False)
    context = new_context()
    sign_in(context, site, curator)
    page = context.new_page()
    page.set_default_timeout(30_000)
    slug = Pmks.objects.get(code="PMKS-24").slug
    for path in (
        reverse("home"),
        reverse("topics:topic", args=[SLUG]),
        reverse("topics:topic", args=[SLUG]) + "?temuan-arah=better",
        reverse("topics:topic", args=["pengemis"]),
        reverse("topics:changes", args=[SLUG]),
        reverse("topics:changes", args=["pengemis"]) + "?sejak=x",
        reverse("evidence:messages"),
        reverse("evidence:message", args=[SLUG]),
        reverse("evidence:message", args=[slug]),
    ):
        accessible(page, language + path)


def test_prints_the_answers_and_no_controls(site: str, page: Page, finding: Finding) -> None:
    page.goto(reverse("topics:topic", args=[SLUG]))
    page.emulate_media(media="print")
    expect(page.locator(".answers")).to_be_visible()
    expect(page.locator(".message-line")).to_be_visible()
    for gone in (".masthead", ".narrow", ".follow"):
        expect(page.locator(gone).first).to_be_hidden()
