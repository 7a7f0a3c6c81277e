from typing import Any

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from publications.queries.terms import TermLabel
from search.query.parameters import PARAMETERS, VOCABULARIES, label_of
from search.query.request import MAX_WORDS, SearchRequest
from search.query.vocabulary import Vocabulary

TERMS = {name: TermLabel(1, name, "X-1", f"{name}-satu", "Satu", "One") for name in VOCABULARIES}
KNOWN = Vocabulary(
    {name: {term.slug: term, f"{name}-dua": term} for name, term in TERMS.items()},
    {name: {term.code: term} for name, term in TERMS.items()},
)


def read(query: str) -> SearchRequest:
    return SearchRequest.from_querydict(QueryDict(query), KNOWN)


def test_everything_of_the_address_is_read() -> None:
    asked = read(
        "q=lansia+terlantar&pmks=pmks-satu&pmks=pmks-dua&jenis=jenis-satu&tahun=2015&dari=2010&sampai=2020"
        "&lembaga=7&penulis=9&akses=open&bahasa=id&urut=terbaru&halaman=3"
    )
    assert asked.words == "lansia terlantar"
    assert asked.values("pmks") == ("pmks-satu", "pmks-dua")
    assert (asked.year_from, asked.year_to, asked.order, asked.page) == (2010, 2020, "terbaru", 3)
    assert not asked.notices


@pytest.mark.parametrize(
    "query",
    [
        "pmks=tidak-ada", "tahun=dua+ribu", "tahun=20155", "lembaga=x", "lembaga=0", "lembaga=99999999999999999999",
        "penulis=-1", "akses=terbuka", "bahasa=Indonesia", "urut=acak", "halaman=0", "halaman=satu", "dari=kemarin",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_left_out_and_told(query: str) -> None:
    asked = read(query)
    assert not asked.is_narrowed and asked.page == 1 and asked.sort == ""
    assert [notice.kind for notice in asked.notices] == ["unknown"]
    assert str(asked.notices[0])


def test_too_many_words_are_cut_at_a_blank() -> None:
    asked = read("q=" + "kata+" * 200)
    assert len(asked.words) <= MAX_WORDS and asked.words.endswith("kata")
    assert [notice.kind for notice in asked.notices] == ["cut"]


@given(st.dictionaries(st.sampled_from([*PARAMETERS, "q", "dari", "sampai", "urut", "halaman"]), st.lists(st.text())))
def test_nothing_in_an_address_is_an_error_and_what_is_read_comes_back(parameters: dict[str, list[str]]) -> None:
    query = QueryDict(mutable=True)
    for name, values in parameters.items():
        query.setlist(name, values)
    asked = SearchRequest.from_querydict(query, KNOWN)
    again = SearchRequest.from_querydict(QueryDict(asked.to_query_string()[1:]), KNOWN)
    assert again.pairs() == asked.pairs()
    assert not again.notices
    assert all(str(notice) for notice in asked.notices)


def test_links_add_and_take_away_and_begin_at_the_first_page() -> None:
    asked = read("q=lansia&pmks=pmks-satu&dari=2010&halaman=4")
    added = asked.with_(chosen=("jenis", "jenis-satu"))
    assert added.to_query_string() == "?q=lansia&jenis=jenis-satu&pmks=pmks-satu&dari=2010"
    assert added.without("jenis", "jenis-satu").to_query_string() == "?q=lansia&pmks=pmks-satu&dari=2010"
    assert added.without("pmks").without("dari").without("q").to_query_string() == "?jenis=jenis-satu"
    assert asked.with_(page=5).to_query_string().endswith("halaman=5")
    assert asked.with_(chosen=("pmks", "pmks-satu")).values("pmks") == ("pmks-satu",)


def test_without_words_the_newest_come_first() -> None:
    assert read("").order == read("urut=cocok").order == "terbaru"
    assert read("q=a").order == "cocok"
    assert read("q=a&urut=judul").order == "judul"


def test_what_a_page_is_about_stays_out_of_the_address() -> None:
    asked = SearchRequest.from_querydict(QueryDict("q=a"), KNOWN, within=[("pmks", "pmks-satu")])
    assert asked.to_query_string() == "?q=a"
    assert asked.without("pmks").within == (("pmks", "pmks-satu"),)


def test_each_parameter_has_a_label(settings: Any) -> None:
    assert all(label_of(name) for name in PARAMETERS)
