"""Words with their places; what readers take for one spelling is one."""

import sys

import pytest

from search.analysis import Word, exact, fold, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HIV/AIDS", ["hiv", "aids"]),
        ("gelandangan/pengemis", ["gelandangan", "pengemis"]),
        ("anak-anak", ["anak", "anak"]),
        ("COVID-19, covid 19; Covid19", ["covid", "19"] * 3),
        ("UU 11/2009", ["uu", "11", "2009"]),
        ("Ma'arif Ma’arif Maʻarif MAARIF", ["maarif"] * 4),
        ("Al-Qur'an, Jum’at", ["al", "quran", "jumat"]),
        ("Rp1.000.000; Rp. 1.000.000; 1,234.56; 5.0", ["rp", "1000000", "rp", "1000000", "1234", "56", "5", "0"]),
        ("2015,2016 pasal 1.2.3 Rp500", ["2015", "2016", "pasal", "1", "2", "3", "rp", "500"]),
        ("P2K2 LK3 T4 B2P3KS anak2", ["p2k2", "lk3", "t4", "b2p3ks", "anak2"]),
        ("budi.santoso@kemensos.go.id", ["budi", "santoso", "kemensos", "go", "id"]),
        ("the children's rights", ["the", "children", "rights"]),
        ("«(pekerja) _sosial_…»", ["pekerja", "sosial"]),
        ("e-warong", ["e", "warong"]),
        ("", []),
        (" — … / - ' ", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert exact(text) == [word.text for word in words(text)] == expected


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Kesejahteraan", "kesejahteraan"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("ISPARTA", "isparta"),
        ("İstanbul", "istanbul"),
        ("ısparta", "isparta"),
        ("STRAẞE", "strasse"),
        ("Łódź", "lodz"),
        ("Ærø", "aero"),
        ("ﬁnance", "finance"),
        ("ＰＫＨ", "pkh"),
        ("m²", "m2"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_folding_settles_at_once_for_every_character() -> None:
    for code in range(sys.maxunicode + 1):
        folded = fold(chr(code))
        assert fold(folded) == folded
        assert not folded or folded.isalnum()


def test_places_are_those_of_the_text_as_given() -> None:
    text = "Lembaga Ma’arif: HIV/AIDS, Covid19."
    assert [text[word.start : word.end] for word in words(text)] == [
        "Lembaga", "Ma’arif", "HIV", "AIDS", "Covid", "19",
    ]  # fmt: skip
    assert words("Café ada")[1] == Word("ada", 5, 8)


def test_a_very_long_word_is_cut_the_same_everywhere() -> None:
    assert exact("a" * 100_000) == exact("a" * 64)
