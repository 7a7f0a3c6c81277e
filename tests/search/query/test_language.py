import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.identifiers import identifiers
from search.query.language import PEOPLE, TITLE, Asked, parse


def texts(asked: Asked) -> list[list[str]]:
    return [[" ".join(part.text.split()) for part in clause] for clause in asked.clauses]


def test_plain_words_stay_together() -> None:
    assert texts(parse("lanjut usia terlantar")) == [["lanjut usia terlantar"]]


def test_a_phrase_parts_the_words_around_it() -> None:
    asked = parse('desa "lanjut usia" kota')
    assert texts(asked) == [["desa"], ["lanjut usia"], ["kota"]]
    assert [part.is_phrase for part in asked.wanted] == [False, True, False]


def test_curly_quotes_are_quotes() -> None:
    assert [part.is_phrase for part in parse("“lanjut usia”").wanted] == [True]


def test_minus_excludes_words_and_phrases_and_leaves_hyphens_alone() -> None:
    asked = parse('anak-anak -bandung -"kota besar" COVID-19')
    assert texts(asked) == [["anak-anak COVID-19"]] or texts(asked) == [["anak-anak", "COVID-19"]]
    assert [part.text for part in asked.excluded] == ["bandung", "kota besar"]


@pytest.mark.parametrize("word", ["OR", "ATAU"])
def test_or_binds_its_neighbours(word: str) -> None:
    asked = parse(f'bantuan panti {word} "rumah singgah" {word} asrama anak')
    assert texts(asked) == [["bantuan"], ["panti", "rumah singgah", "asrama"], ["anak"]]


def test_or_in_small_letters_is_a_word() -> None:
    assert texts(parse("panti atau asrama")) == [["panti atau asrama"]]


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ('penulis:"Maria Goreti"', PEOPLE, "Maria Goreti"),
        ("author:Lelang", PEOPLE, "Lelang"),
        ("judul:lansia", TITLE, "lansia"),
        ('TITLE:"older people"', TITLE, "older people"),
    ],
)
def test_fields(typed: str, field: str, text: str) -> None:
    (part,) = parse(typed).wanted
    assert (part.field, part.text) == (field, text)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("tahun:2019", (2019, 2019)), ("year:2015..2020", (2015, 2020)), ("tahun:2020..2015", (2015, 2020)),
        ("tahun:2015..", (2015, None)), ("tahun:..2015", (None, 2015)), ("tahun:2015-2020", (2015, 2020)),
    ],
)  # fmt: skip
def test_years(typed: str, years: tuple[int | None, int | None]) -> None:
    asked = parse(f"lansia {typed} desa")
    assert asked.years == (years,)
    assert texts(asked) == [["lansia desa"]]


@pytest.mark.parametrize(
    "typed",
    ["tahun:lalu", "tahun:..", "tahun:20192020", '"tidak ditutup', "-", '""', "OR", "a OR", "OR b", "penulis:", ":"],
)
def test_what_makes_no_sense_is_words(typed: str) -> None:
    asked = parse(f"{typed} lansia")
    assert not asked.years and not asked.excluded
    assert "lansia" in " ".join(part.text for part in asked.wanted)


PIECES = st.lists(
    st.sampled_from(
        ['"', "-", "OR", "ATAU", "penulis:", "judul:", "tahun:", "2015..2020", "..", "lansia", "anak", " ", "“"]
    )
)


@given(st.one_of(st.text(), PIECES.map("".join), PIECES.map(" ".join)))
def test_nothing_that_is_typed_is_an_error(typed: str) -> None:
    asked = parse(typed)
    for part in (*asked.wanted, *asked.excluded):
        assert len(part.text) <= len(typed)
    identifiers(typed)


@given(st.text())
def test_parts_tell_where_they_stand(typed: str) -> None:
    for part in parse(typed).wanted:
        for at, character in enumerate(part.text):
            assert character in (" ", typed[part.start + at])


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("https://doi.org/10.5555/Sosio.v5i2.55", "10.5555/sosio.v5i2.55"),
        ("DOI: 10.5555/sosio.v5i2.55.", "10.5555/sosio.v5i2.55"),
        ("ISBN 978-602-1234-56-7", "9786021234567"),
        ("978 602 1234 56 7", "9786021234567"),
        ("CONTOH-PB/2011/01", "contohpb/2011/01"),
    ],
)
def test_identifiers_are_read_as_they_are_pasted(typed: str, key: str) -> None:
    assert key in identifiers(typed)


def test_an_own_address_holds_the_public_id() -> None:
    from publications.publicid import new_public_id

    public_id = new_public_id()
    assert public_id.casefold() in identifiers(f"https://contoh.id/publikasi/{public_id}/")
    assert public_id.casefold() in identifiers(public_id.lower())
