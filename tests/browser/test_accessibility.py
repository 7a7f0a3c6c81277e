"""Each kind of page in both languages, light and dark, narrow and wide: axe finds nothing, no sideways scrolling."""

import pytest

PAGES = ["/", "/gaya/", "/tidak-ada/"]


@pytest.fixture
def sited(vocabularies, site, settings):
    settings.DEMO = True  # with its bar
    return site


@pytest.mark.parametrize("language", ["", "/en"], ids=["id", "en"])
@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible(language, sited, new_context, accessible):
    page = new_context().new_page()
    for path in PAGES:
        accessible(page, language + path)
