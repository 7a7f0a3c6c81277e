"""Following and collecting by mouse and by keyboard, with and without script; axe on every page of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from search.actions import collections as actions
from search.models import Alert, Collection
from search.unsubscribing import token_for
from taxonomy.models import Pmks
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.following import at, evening, follows, published
from tests.factories.publications import some_curator
from tests.factories.search import index  # noqa: F401

from .hands import Keyboard, Mouse
from .test_pages_accessibility import sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("vocabularies")]
Contexts = Callable[..., BrowserContext]


@pytest.fixture
def curator(vocabularies: None) -> Any:
    return make_user("kurator@example.org", role="curator", name="Dewi Anggraini")


def make_collection(*titles: str) -> Collection:
    collection = Collection()
    values = {"slug": "pilihan", "title_id": "Pilihan kurator", "title_en": "Chosen by curators"}
    values |= {"description_id": "Bacalah ini dahulu.", "description_en": "Read these first."}
    actions.save_collection(some_curator(), collection, values)
    for number, title in enumerate(titles):
        item = actions.add_output(some_curator(), collection, published(title, at(number)))
        actions.edit_note(some_curator(), item, {"note_id": f"Catatan tentang {title}.", "note_en": f"About {title}."})
    actions.set_published(some_curator(), collection, is_published=True)
    return collection


def order(collection: Collection) -> list[str]:
    return [item.output.current.title_id for item in collection.items.select_related("output__current")]


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_follow_a_topic_through_signing_in(site: str, new_context: Contexts, script: bool) -> None:
    user = make_user("peneliti@example.org")
    topic = Pmks.objects.get(code="PMKS-08")
    page = new_context(java_script_enabled=script).new_page()
    page.goto(reverse("topics:topic", args=[topic.slug]))
    page.get_by_role("link", name=f"Ikuti {topic.label}").click()
    page.locator("#id_login").fill(user.email)
    page.locator("#id_password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(topic.label)
    page.get_by_label("setiap hari").check()
    page.get_by_role("button", name="Ikuti").click()
    expect(page.get_by_role("heading", level=2, name=topic.label)).to_be_visible()
    alert = Alert.objects.get()
    assert (alert.user, alert.query, alert.frequency) == (user, f"pmks={topic.slug}", "daily")
    page.goto(reverse("topics:topic", args=[topic.slug]))
    expect(page.get_by_role("link", name="Anda mengikuti ini")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("hands", [Mouse, Keyboard], ids=["mouse", "keyboard"])
def test_make_a_collection(
    site: str,
    new_context: Contexts,
    curator: Any,
    index: Callable[[], None],  # noqa: F811
    hands: type[Mouse],
    script: bool,
) -> None:
    for title in ("Lansia di desa", "Lansia di kota"):
        published(title, at(0))
    index()
    context = new_context(java_script_enabled=script)
    sign_in(context, site, curator)
    page = context.new_page()
    hand = hands(page)
    page.goto(reverse("collections:add"))
    hand.write(page.locator("#id_title_id"), "Lansia")
    hand.write(page.locator("#id_title_en"), "Older people")
    hand.write(page.locator("#id_slug"), "lansia")
    hand.press(page.get_by_role("button", name="Simpan"))
    for title in ("Lansia di desa", "Lansia di kota"):
        hand.write(page.locator("#cari"), "lansia")
        hand.press(page.get_by_role("main").get_by_role("button", name="Cari", exact=True))
        hand.press(page.get_by_role("button", name=f"Tambahkan {title}"))
        expect(page.locator(".collection-item", has_text=title)).to_be_visible()
    collection = Collection.objects.get()
    assert order(collection) == ["Lansia di desa", "Lansia di kota"]
    hand.press(page.get_by_role("button", name="Naik 2"))
    expect(page.locator(".collection-item").first).to_contain_text("Lansia di kota")
    assert order(collection) == ["Lansia di kota", "Lansia di desa"]
    hand.press(page.get_by_role("button", name="Terbitkan"))
    expect(page.get_by_role("button", name="Tarik kembali")).to_be_visible()
    page.goto(reverse("collections:collection", args=["lansia"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Lansia")


def test_the_pages_are_accessible(
    site: str,
    new_context: Contexts,
    axe: Callable[[Page], None],
    accessible: Callable[[Page, str], None],
    curator: Any,
    index: Callable[[], None],  # noqa: F811
) -> None:
    collection = make_collection("Lansia satu", "Lansia dua", "Lansia tiga", "Lansia empat")
    alert = follows(curator, "lansia", at(-1))
    paused = follows(curator, "jeda", at(-1), pmks=Pmks.objects.get(code="PMKS-08").slug)
    Alert.objects.filter(pk=paused.pk).update(is_paused=True)
    index()
    evening(4)
    output = collection.items.all()[0].output
    context = new_context()
    sign_in(context, site, curator)
    page = context.new_page()
    page.set_default_timeout(30_000)
    paths = [
        reverse("following:list"),
        reverse("following:follow") + "?q=lansia&dari=2010",
        reverse("following:sent", args=[alert.pk]),
        reverse("following:stop", args=[token_for(curator.pk, alert.pk)]),
        reverse("following:stop", args=["x"]),
        reverse("collections:list"),
        reverse("collections:collection", args=["pilihan"]),
        reverse("collections:curate"),
        reverse("collections:add") + "?q=lansia",
        reverse("collections:edit", args=[collection.pk]) + "?cari=lansia",
        reverse("publications:output", args=[output.public_id]),
        reverse("topics:topic", args=[Pmks.objects.get(code="PMKS-08").slug]),
    ]
    for language in ("", "/en"):
        for path in paths:
            accessible(page, language + path)
    page.goto(reverse("publications:output", args=[output.public_id]))
    page.locator("details.collect > summary").click()
    axe(page)
