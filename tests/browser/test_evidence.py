"""Findings by mouse and keyboard, with and without script; axe on every page of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from evidence.actions import recommendations
from evidence.models import Finding, Rating
from evidence.states import FindingState
from taxonomy.models import Pmks
from tests.factories.accounts import make_user
from tests.factories.evidence import curator as some_curator
from tests.factories.evidence import (
    make_finding,
    make_ratings,
    make_recommendation,
    make_summary,
)
from tests.factories.publications import make_output, some_user

from .hands import Keyboard, Mouse
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


@pytest.fixture
def curator() -> Any:
    return make_user("kurator@example.org", role="curator", name="Dewi Anggraini")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("hands", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_a_finding_from_its_author_to_the_public(
    site: str, new_context: Contexts, curator: Any, hands: type[Mouse], script: bool
) -> None:
    output = make_output(some_user("Siti Rahmawati"))
    context = new_context(java_script_enabled=script)
    sign_in(context, site, output.owner)
    page = context.new_page()
    hand = hands(page)
    page.goto(reverse("publications:output", args=[output.public_id]))
    hand.press(page.get_by_role("link", name="Temuan: 0"))
    hand.press(page.get_by_role("link", name="Temuan baru"))
    hand.write(page.locator("#id_statement_id"), "Kunjungan rumah membuat lansia lebih mandiri.")
    hand.write(page.locator("#id_statement_en"), "Home visits made older people more independent.")
    hand.choose(page.locator("#id_direction"), "membaik")
    hand.choose(page.locator("#id_outcome"), "Keberfungsian dan kemandirian")
    hand.write(page.locator("#id_size_value"), "4,2")
    hand.press(page.get_by_role("button", name="Simpan dan ajukan kepada kurator"))
    expect(page.get_by_text("Satuan besarnya").first).to_be_visible()  # it is a draft now, and says what is missing
    hand.write(page.locator("#id_size_unit_id"), "poin")
    hand.press(page.get_by_role("button", name="Simpan dan ajukan kepada kurator"))
    expect(page.get_by_text("menunggu pemeriksaan").first).to_be_visible()
    finding = Finding.objects.get()
    assert finding.state == FindingState.PROPOSED

    desk = new_context(java_script_enabled=script)
    sign_in(desk, site, curator)
    page = desk.new_page()
    hand = hands(page)
    page.goto(reverse("evidence:queue"))
    hand.press(page.get_by_role("link", name="Kunjungan rumah membuat lansia lebih mandiri."))
    form = page.locator("form").filter(has=page.get_by_role("heading", name="Kekuatan metode"))
    hand.tick(form.get_by_label("sedang"))
    hand.write(form.get_by_label("Alasan dalam bahasa Indonesia"), "Kelompok pembanding serupa.")
    hand.press(form.get_by_role("button"))
    expect(page.locator(".notice.success")).to_be_visible()  # the answer has come
    hand.press(page.get_by_role("button", name="Buka untuk umum"))
    expect(page.get_by_text("Temuan kini terbuka untuk umum.")).to_be_visible()
    assert Rating.objects.get().value == 3

    page = new_context(java_script_enabled=script).new_page()
    page.goto(reverse("topics:topic", args=[Pmks.objects.get(code="PMKS-08").slug]))
    page.get_by_role("link", name="Kunjungan rumah membuat lansia lebih mandiri.").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kunjungan rumah membuat lansia lebih mandiri.")
    expect(page.get_by_text("4,2 poin")).to_be_visible()
    expect(page.get_by_text("tidak diketahui").first).to_be_visible()
    expect(page.get_by_text("Baru satu penilai; diperlukan penilai kedua.")).to_be_visible()


def test_the_pages_are_accessible(
    site: str, new_context: Contexts, accessible: Callable[[Page, str], None], curator: Any
) -> None:
    output = make_output()
    finding = make_finding(output)
    make_ratings(finding, 3, 1)
    recommendation = make_recommendation(finding)
    recommendations.answer(recommendation, "planned", "Masuk rencana.", by=some_curator(1))
    make_recommendation(make_finding(), is_checked=False)
    make_summary(output)
    make_summary(make_output(), is_checked=False)
    waiting = make_finding(state=FindingState.PROPOSED)
    draft = make_finding(state=FindingState.DRAFT, by=curator)
    withdrawn = make_finding(state=FindingState.WITHDRAWN)
    context = new_context()
    sign_in(context, site, curator)
    page = context.new_page()
    page.set_default_timeout(30_000)
    paths = [
        reverse("evidence:finding", args=[finding.pk]),
        reverse("evidence:finding", args=[draft.pk]),
        reverse("evidence:rubric"),
        reverse("evidence:recommendations"),
        reverse("evidence:recommendation", args=[recommendation.pk]),
        reverse("evidence:entering", args=[output.current_id]),
        reverse("evidence:add", args=[output.current_id]),
        reverse("evidence:edit", args=[draft.pk]),
        reverse("evidence:add_recommendation", args=[output.current_id]),
        reverse("evidence:summary", args=[output.current_id]),
        reverse("evidence:queue"),
        reverse("evidence:queue") + "?status=rekomendasi",
        reverse("evidence:review", args=[waiting.pk]),
        reverse("publications:output", args=[output.public_id]),
        reverse("topics:topic", args=[Pmks.objects.get(code="PMKS-08").slug]),
    ]
    for language in ("", "/en"):
        for path in paths:
            accessible(page, language + path)
    page = new_context().new_page()
    accessible(page, reverse("evidence:finding", args=[withdrawn.pk]))
