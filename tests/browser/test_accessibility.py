"""Each kind of page in both languages, light and dark, narrow and wide: axe finds nothing, no sideways scrolling."""

import itertools

import pytest

PAGES = ["/", "/gaya/", "/tidak-ada/"]
LOOKS = list(itertools.product(("", "/en"), (False, True), (320, 1280)))


def look_name(look: tuple[str, bool, int]) -> str:
    language, dark, width = look
    return f"{language[1:] or 'id'}-{'dark' if dark else 'light'}-{width}"


@pytest.fixture
def sited(vocabularies, site, settings):
    settings.DEMO = True  # with its bar
    return site


@pytest.mark.parametrize("look", LOOKS, ids=look_name)
@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible(look, sited, new_context, axe):
    language, dark, width = look
    page = new_context(width=width, dark=dark).new_page()
    for path in PAGES:
        page.goto(language + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{path} scrolls sideways"
        assert page.locator("h1").count() == 1
