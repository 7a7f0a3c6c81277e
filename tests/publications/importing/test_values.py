import pytest

from publications.importing.dates import join_date, parse_date
from publications.importing.language import guess_language
from publications.importing.records import PartialDate
from publications.importing.values import clean, parse_doi, parse_isbn, parse_issn, parse_language, parse_url


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", PartialDate(2024)),
        ("2024-05", PartialDate(2024, 5)),
        ("2024-05-17", PartialDate(2024, 5, 17)),
        ("2024-05-17T08:00:00+07:00", PartialDate(2024, 5, 17)),
        ("17/05/2024", PartialDate(2024, 5, 17)),
        ("17 Mei 2024", PartialDate(2024, 5, 17)),
        ("Agustus 2019", PartialDate(2019, 8)),
        ("20 October 1956", PartialDate(1956, 10, 20)),
        ("2024-02-30", None),
        ("1024", None),
        ("segera terbit", None),
        ("2019-2020", None),
    ],
)
def test_dates(text: str, expected: PartialDate | None) -> None:
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ("June", PartialDate(2020, 6)),
        ("6", PartialDate(2020, 6)),
        ("20 October", PartialDate(2020, 10, 20)),
        ("July 18-22", PartialDate(2020, 7)),
        ("May 2 - May 7", PartialDate(2020, 5)),
        ("Aug 23–Aug 27", PartialDate(2020, 8)),
        ("musim semi", PartialDate(2020)),
        ("31 Februari", PartialDate(2020, 2)),
    ],
)
def test_a_year_and_apart_from_it_a_month(month: str, expected: PartialDate) -> None:
    assert join_date(2020, month) == expected


@pytest.mark.parametrize(
    "text", ["10.1234/AB.c", "https://doi.org/10.1234/ab.C", "doi: 10.1234/ab.c.", "10.1234%2fab.c"]
)
def test_dois_in_one_form(text: str) -> None:
    assert parse_doi(text) == "10.1234/ab.c"


@pytest.mark.parametrize(
    "text", ["http://hdl.handle.net/2065/1", "10.12/x", "10.1162/", "0.26615/978", "javascript:10.1234/x y"]
)
def test_what_is_no_doi(text: str) -> None:
    assert parse_doi(text) == ""


def test_identifiers_with_check_digits() -> None:
    assert parse_isbn("0-306-40615-2") == "9780306406157"
    assert parse_isbn("978-0-306-40615-8") == ""
    assert parse_issn("00249521 (ISSN)") == "0024-9521"
    assert parse_issn("0024-9522") == ""


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://x.org/", "//x.org", "http://", "http://[", "x"])
def test_addresses_that_are_not_taken(text: str) -> None:
    assert parse_url(text) == ""


def test_languages() -> None:
    assert [parse_language(t) for t in ("Indonesian", "Bahasa Inggris", "id-ID", "eng; ind", "??")] == [
        "id",
        "en",
        "id",
        "en",
        "",
    ]
    assert guess_language("Pemberdayaan anak jalanan di kota Bandung") == "id"
    assert guess_language("The role of shelters for street children") == "en"
    assert guess_language("Gepeng", otherwise="en") == "en"


def test_clean_takes_away_what_a_database_or_a_reader_would_choke_on() -> None:
    assert clean("a\x00b\ud800c\u202ed\n  e") == "abcd e"
    assert clean("e\u0301") == "é"
