"""The pages that readers, authors and curators use most: axe finds nothing, nothing scrolls sideways."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext

from publications.actions import review
from publications.models import Output, Version
from taxonomy.models import Pmks
from tests.factories.accounts import make_user
from tests.factories.publications import make_draft, make_output, make_submitted, some_curator

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = ("edit", "status")


@pytest.fixture
def curator() -> Any:
    """Who writes papers too, so that one reader sees every page."""
    return make_user("kurator@example.org", role="curator", name="Dewi Anggraini")


@pytest.fixture
def output(vocabularies: None) -> Output:
    return make_output()


@pytest.fixture
def returned(vocabularies: None, curator: Any) -> Version:
    version = make_submitted(curator)
    review.return_to_author(version, "Abstrak terlalu pendek.", by=some_curator())
    return version


def sign_in(context: BrowserContext, site: str, user: Any) -> None:
    client = Client()
    client.force_login(user)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def public_pages(output: Output) -> list[str]:
    topic = reverse("topics:topic", args=[Pmks.objects.get(code="PMKS-08").slug])
    return [reverse("publications:output", args=[output.public_id]), reverse("publications:list"), topic]


def authors_pages(returned: Version) -> list[str]:
    steps = [reverse(f"publications:deposit_{step}", args=[returned.pk]) for step in STEPS]
    return [reverse("publications:deposit"), *steps]


def curators_pages() -> list[str]:
    waiting = make_submitted(title_id="Rumah singgah bagi anak jalanan di Kota Makassar")
    return [reverse("publications:queue"), reverse("publications:curate", args=[waiting.pk])]


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
def test_pages_are_accessible(
    language: str,
    site: str,
    new_context: Callable[..., BrowserContext],
    accessible: Callable[..., None],
    curator: Any,
    output: Output,
    returned: Version,
):
    make_draft(curator, files=False, title_id="", title_en="")
    context = new_context()
    sign_in(context, site, curator)
    page = context.new_page()
    page.set_default_timeout(30_000)
    for path in [*public_pages(output), *authors_pages(returned), *curators_pages()]:
        accessible(page, language + path)
