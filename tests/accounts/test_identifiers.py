"""Names, ORCID and ROR as people write them."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import ParsedName, parse_name
from accounts.orcid import normalise_orcid, validate_orcid
from accounts.ror import ALPHABET, check_digits, normalise_ror, validate_ror


@pytest.mark.parametrize(
    ("written", "parsed"),
    [
        ("Sukarno", ParsedName("", "Sukarno")),
        ("  Siti   Nur Aminah ", ParsedName("Siti Nur", "Aminah")),
        ("Dr. Siti Nur Aminah, M.Si.", ParsedName("Siti Nur", "Aminah", "Dr.", "M.Si.")),
        ("Prof. Dr. Ir. H. Budi", ParsedName("", "Budi", "Prof. Dr. Ir. H.", "")),
        ("Drs. Ahmad Yani, M.Si., Ph.D.", ParsedName("Ahmad", "Yani", "Drs.", "M.Si., Ph.D.")),
        ("Irwan Setiawan", ParsedName("Irwan", "Setiawan")),
        ("Drajat", ParsedName("", "Drajat")),
        ("Dr.", ParsedName("", "Dr.")),
        ("R. A. Kartini", ParsedName("R. A.", "Kartini")),
    ],
)
def test_names_are_parted_from_degrees(written: str, parsed: ParsedName) -> None:
    assert parse_name(written) == parsed


@given(st.text(min_size=1).filter(str.strip))
def test_no_name_is_ever_lost(written: str) -> None:
    parsed = parse_name(written)
    assert parsed.family or parsed.degrees_after


@pytest.mark.parametrize(
    "written",
    ["0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", " 0000000218250097", "0000-0001-5109-3700"],
)
def test_valid_orcids(written: str) -> None:
    validate_orcid(normalise_orcid(written))


@pytest.mark.parametrize("written", ["0000-0002-1825-0098", "0000-0002-1825", "1234", "0000-0002-1825-009X"])
def test_invalid_orcids(written: str) -> None:
    with pytest.raises(ValidationError):
        validate_orcid(normalise_orcid(written))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0000-0002-1825-009", "16 digits"),
        ("٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧", "16 digits"),
        ("Sukarno", "16 digits"),
        ("0000-0002-1825-0098", "does not match"),
    ],
)
def test_what_is_wrong_with_an_orcid_is_said(written: str, reason: str) -> None:
    with override("en"), pytest.raises(ValidationError, match=reason):
        validate_orcid(normalise_orcid(written))


@pytest.mark.parametrize("written", ["05dxps055", "https://ror.org/00f54p054", "ROR.org/03YRM5C26", "042nb2s44/"])
def test_valid_rors(written: str) -> None:
    validate_ror(normalise_ror(written))


@pytest.mark.parametrize("written", ["05dxps056", "05dxps05", "15dxps055", "05dxpi055", "", "05dxps05a"])
def test_invalid_rors(written: str) -> None:
    with pytest.raises(ValidationError):
        validate_ror(normalise_ror(written))


@given(st.text(alphabet=ALPHABET, min_size=6, max_size=6), st.integers(1, 6), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_always_noticed(middle: str, place: int, other: str) -> None:
    right = f"0{middle}"
    wrong = right[:place] + other + right[place + 1 :]
    assert (check_digits(wrong) == check_digits(right)) == (wrong == right)
