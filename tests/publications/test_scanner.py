"""Personal numbers are found, numbers of research are not, and nothing found is repeated in full."""

from types import SimpleNamespace

import pytest

from publications.scanner import HitKind, is_nik, mask, scan


def hits(text: str):
    return scan([SimpleNamespace(number=1, text=text)])


@pytest.mark.parametrize(
    "text",
    [
        "NIK 3171011708450001",
        "NIK: 3171.0117.0845.0001.",
        "KTP 317101 170845 0001 atas nama",
        "31.71.01.170845.0001",
        "(3171015708450001)",
        "nomor 9301011708990002 di Merauke",
        "NIK3 \n3171-0117-0845-0001",
        "NIK 3171 0117 \n0845 0001",
        "NIK 317101-\n170845-0001",
    ],
)
def test_identity_numbers(text):
    assert [hit.kind for hit in hits(text)] == [HitKind.NIK]


@pytest.mark.parametrize(
    "text",
    [
        "0812-3456-7890",
        "HP.081234567890",
        "WA: 62 812 3456 7890",
        "+62 812 3456 7890",
        "(+62) 21 3103591",
        "+62-274-512345",
        "+62 21 3456 \n7890",
        "telepon 0812-3456-\n7890.",
        "(0812) 34567890",
        "Hubungi 0857.1111.2222, ya",
    ],
)
def test_telephone_numbers(text):
    assert [hit.kind for hit in hits(text)] == [HitKind.PHONE]


@pytest.mark.parametrize(
    "text",
    [
        "doi:10.1234/3171011708450001",
        "https://doi.org/10.5555/081234567890",
        "https://contoh.id/081234567890",
        "ISBN 978-602-1234-56-7",
        "e-ISSN 2502-7921",
        "ORCID 0000-0002-1825-0097",
        "tahun 2015 2016 2017 2018 dan 2019",
        "1991 1992 1993 1994",
        "Rp3.171.011.708.450.001",
        "Rp 3171011708450001,00",
        "0812 345 678 901 234",
        "12 0812 3456 7890",
        "p = 0,081234567",
        "0.812 0.345 0.678",
        "NIP 19780812 200501 1 002",
        "pada 08-10-2018 dan 08/11/2018",
        "9999888877776666",
        "3171013208450001",
        "3171011713450001",
        "3171011708450000",
        "3100011708450001",
        "a3171011708450001b",
        "31710117084500012",
        "0851 2 3 4 5 6 7 8",
        "0851 2 \n3 4 \n5 6 7 8",
        "Nomor 08",
        "",
    ],
)
def test_numbers_of_research_are_left_alone(text):
    assert hits(text) == []


def test_several_on_several_pages_in_order():
    pages = [
        SimpleNamespace(number=3, text="HP 0812 3456 7890 dan 0857 1111 2222, NIK 3171011708450001"),
        SimpleNamespace(number=4, text="NIK 3171011708450001"),
    ]
    found = scan(pages)
    assert [(hit.page, hit.kind.value) for hit in found] == [(3, "phone"), (3, "phone"), (3, "nik"), (4, "nik")]
    assert [hit.start for hit in found] == [3, 22, 42, 4]


def test_excerpt_hides_most_digits_and_has_no_names():
    (hit,) = hits("Siti Rahmawati, NIK 3171011708450001, Bandung")
    assert hit.masked_excerpt == "3171••••••••••01"
    assert "Siti" not in repr(hit) and "17084500" not in repr(hit)
    assert mask("+62 812-3456-7890") == "+62 81•-••••-••90"


def test_women_have_forty_added_to_their_day():
    assert is_nik("3171015708450001") and not is_nik("3171017208450001")


def test_leap_day_of_either_century():
    assert is_nik("3171012902000001") and not is_nik("3171012902010001")
