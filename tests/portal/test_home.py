import re

import pytest
from django.test import Client

from portal.context import Here
from portal.queries.home import level_of


def here(path: str, **query: str) -> Here:
    from django.test import RequestFactory

    return Here(RequestFactory().get(path, query))


def test_the_same_page_in_the_other_language():
    assert here("/topik/anak-jalanan/").other_language == "/en/topik/anak-jalanan/"
    assert here("/en/topik/").other_language == "/topik/"
    assert here("/").other_language == "/en/"
    assert here("/en/").other_language == "/"
    assert here("/publikasi/", q="lansia", halaman="2").other_language == "/en/publikasi/?q=lansia&halaman=2"
    assert here("/energi/").other_language == "/en/energi/"


def test_canonical_address_keeps_only_the_page():
    page = here("/en/publikasi/", q="x", halaman="3")
    assert page.canonical == "http://testserver/en/publikasi/?halaman=3"
    assert page.in_indonesian == "http://testserver/publikasi/?halaman=3"
    assert here("/publikasi/", halaman="1").canonical == "http://testserver/publikasi/"


@pytest.mark.parametrize(("count", "most", "level"), [(0, 0, 0), (1, 1, 1), (1, 9, 1), (4, 9, 2), (9, 9, 3), (3, 9, 1)])
def test_levels_are_thirds_of_the_largest(count, most, level):
    assert level_of(count, most) == level


@pytest.mark.django_db
class TestHome:
    def test_shows_all_26_kinds_by_cluster(self, client: Client, vocabularies):
        body = client.get("/").content.decode()
        assert len(re.findall(r'<li><a href="/topik/[\w-]+/"', body)) == 26
        assert "Lanjut Usia Terlantar" in body

    def test_an_empty_site_says_what_to_do_next(self, client: Client, vocabularies):
        assert "Belum ada yang diterbitkan" in client.get("/").content.decode()

    def test_number_of_queries_is_constant(self, client: Client, vocabularies, django_assert_max_num_queries):
        client.get("/gaya/")
        with django_assert_max_num_queries(12):
            client.get("/")

    def test_holds_nothing_of_the_reader_and_no_token(self, client: Client, vocabularies):
        response = client.get("/en/")
        assert "csrfmiddlewaretoken" not in response.content.decode()
        assert not response.cookies

    def test_umbrella_word_is_a_setting(self, client: Client, vocabularies, settings):
        settings.UMBRELLA_TERM = "PPKS"
        body = client.get("/").content.decode()
        assert "Telusuri menurut PPKS" in body
        assert "PMKS" not in body
