"""A question asked, answered and published, and a message to an owner; axe on every page of the desk and the board."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from evidence.actions import interests
from evidence.models import Interest, Question
from evidence.states import OpportunityState, QuestionState
from tests.factories.accounts import make_user
from tests.factories.asking import REPLY, make_opportunity, make_question, official
from tests.factories.evidence import curator, make_finding

from .hands import Keyboard, Mouse
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]
ASKED = {"id": "Berapa sering kader perlu berkunjung?", "en": "How often do volunteers need to visit?"}
WORDS = {
    "id": {
        "ask": "Kirim pertanyaan",
        "send": "Ini tidak menjawabnya: kirim pertanyaan saya",
        "search": "Cari dalam temuan publik PMKS ini",
        "choose": "Pilih",
        "hand": "Serahkan kepada kurator kedua",
        "publish": "Buka untuk umum",
        "write": "Kirim pesan",
    },
    "en": {
        "ask": "Send the question",
        "send": "This does not answer it: send my question",
        "search": "Search in the public findings of this PMKS",
        "choose": "Choose",
        "hand": "Hand to a second curator",
        "publish": "Make it public",
        "write": "Send the message",
    },
}


@pytest.mark.parametrize(
    ("language", "hands", "width", "script"),
    [("id", Keyboard, 1280, True), ("en", Mouse, 320, False)],
    ids=["id-keyboard-desktop", "en-phone-no-script"],
)
def test_a_question_asked_answered_and_published(
    site: str, new_context: Contexts, language: str, hands: type[Mouse], width: int, script: bool
) -> None:
    prefix, words, finding = "/en" if language == "en" else "", WORDS[language], make_finding()

    def opened(user: Any, path: str) -> tuple[Page, Mouse]:
        context = new_context(width=width, java_script_enabled=script)
        if user is not None:
            sign_in(context, site, user)
        page = context.new_page()
        page.goto(prefix + path)
        return page, hands(page)

    page, hand = opened(official(), "/tanya/baru/?pmks=lanjut-usia-terlantar")
    hand.write(page.locator("#id_text"), ASKED[language])
    hand.press(page.get_by_role("button", name=words["ask"]))
    expect(page.locator(".finding-card")).to_have_count(1)
    assert not Question.objects.exists()
    hand.press(page.get_by_role("button", name=words["send"]))
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKED[language])

    question = Question.objects.get()
    page, hand = opened(curator(1), f"/kurasi/pertanyaan/{question.pk}/")
    for name, text in (("text_id", ASKED["id"]), ("text_en", ASKED["en"])):
        hand.write(page.locator(f"#id_{name}"), text)
    for name in ("answer_id", "answer_en"):
        hand.write(page.locator(f"#id_{name}"), REPLY[name])
    hand.write(page.get_by_label(words["search"]), "kunjungan")
    page.keyboard.press("Enter")
    hand.press(page.get_by_role("button", name=words["choose"]))
    expect(page.locator(".chosen > li")).to_have_count(1)
    hand.press(page.get_by_role("button", name=words["hand"]))
    expect(page.get_by_role("button", name=words["hand"])).to_have_count(0)  # the answer has come
    page, hand = opened(curator(2), f"/kurasi/pertanyaan/{question.pk}/")
    hand.press(page.get_by_role("button", name=words["publish"]))
    expect(page.get_by_role("button", name=words["publish"])).to_have_count(0)

    page, hand = opened(None, "/tanya/")
    hand.press(page.get_by_role("link", name=ASKED[language]))
    expect(page.get_by_text(REPLY[f"answer_{language}"])).to_be_visible()
    expect(page.get_by_role("link", name=str(getattr(finding, f"statement_{language}")))).to_be_visible()


@pytest.mark.parametrize(("language", "hands"), [("id", Mouse), ("en", Keyboard)], ids=["id-mouse", "en-keyboard"])
def test_a_message_to_an_owner(site: str, new_context: Contexts, language: str, hands: type[Mouse]) -> None:
    opportunity, writer = make_opportunity(), make_user()
    context = new_context(width=320)
    sign_in(context, site, writer)
    page = context.new_page()
    page.goto(f"{'/en' if language == 'en' else ''}/kerja-sama/{opportunity.pk}/")
    hand = hands(page)
    expect(page.get_by_text(writer.email, exact=False).last).to_be_visible()  # who writes knows where the answer goes
    hand.write(page.locator("#id_message"), "Kami ingin bekerja sama.")
    hand.press(page.get_by_role("button", name=WORDS[language]["write"]))
    expect(page.locator("#id_message")).to_have_count(0)
    assert Interest.objects.get().message == "Kami ingin bekerja sama."


def test_the_pages_are_accessible(site: str, new_context: Contexts, accessible: Callable[[Page, str], None]) -> None:
    make_question(QuestionState.PUBLISHED, is_gap=True, text="Apa yang belum diteliti?", by=curator(3))
    published, waiting = make_question(QuestionState.PUBLISHED, is_named=True), make_question(text="Yang menunggu?")
    answered = make_question(QuestionState.ANSWERED, text="Yang dijawab?")
    board = make_opportunity(by=curator(3))
    posted, closed = make_opportunity(OpportunityState.POSTED), make_opportunity(OpportunityState.CLOSED)
    interests.express(board, "Halo, kami berminat.", by=official())
    context = new_context()
    sign_in(context, site, curator(3))
    page = context.new_page()
    page.set_default_timeout(30_000)
    paths = [
        reverse("evidence:questions"),
        reverse("evidence:ask"),
        reverse("evidence:my_questions"),
        reverse("evidence:question", args=[published.pk]),
        reverse("evidence:question_queue"),
        reverse("evidence:question_desk", args=[waiting.pk]) + "?cari=",
        reverse("evidence:question_desk", args=[answered.pk]),
        reverse("evidence:opportunities"),
        reverse("evidence:post_opportunity"),
        reverse("evidence:my_opportunities"),
        reverse("evidence:opportunity", args=[board.pk]),
        reverse("evidence:opportunity", args=[closed.pk]),
        reverse("evidence:edit_opportunity", args=[board.pk]),
        reverse("evidence:opportunity_queue"),
        reverse("evidence:opportunity_desk", args=[posted.pk]),
    ]
    for language in ("", "/en"):
        for path in paths:
            accessible(page, language + path)
