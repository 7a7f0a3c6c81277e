"""Numbers as people write them, and what no form may stumble over."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from evidence.forms.inputs import NumberField
from tests.factories.accounts import make_organisation, make_user


def field() -> NumberField:
    return NumberField(max_digits=16, decimal_places=4, required=False)


@pytest.mark.parametrize(
    ("typed", "indonesian", "english"),
    [
        ("1250000", "1250000", "1250000"),
        ("1.250.000", "1250000", "1250000"),
        ("Rp 1.250.000,50", "1250000.50", "1250000.50"),
        ("1,250,000.5", "1250000.5", "1250000.5"),
        ("12,5", "12.5", "12.5"),
        ("12.5", "12.5", "12.5"),
        ("1.250", "1250", "1.250"),
        ("1,250", "1.250", "1250"),
        ("−3,5", "-3.5", "-3.5"),
        ("Rp. 500", "500", "500"),
        (" 7 ", "7", "7"),
    ],
)
def test_what_is_meant(typed: str, indonesian: str, english: str) -> None:
    for language, expected in (("id", indonesian), ("en", english)):
        with override(language):
            assert field().clean(typed) == Decimal(expected)


@pytest.mark.parametrize("typed", ["x", "1e9", "NaN", "Infinity", "1..2,,3", "--1", "٣", "1" * 41, ".", "Rp", "1\x002"])
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValidationError):
        field().clean(typed)


def test_empty_is_unknown() -> None:
    assert field().clean("") is None


@pytest.mark.parametrize("language", ["id", "en"])
@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_what_is_shown_is_read_again(language: str, value: Decimal) -> None:
    with override(language):
        assert field().clean(field().prepare_value(value)) == value


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
@pytest.mark.parametrize(("name", "is_wrong"), [("a\0b", True), ("\0", False), ("Universitas\0 Contoh", False)])
def test_an_organisation_with_nul_in_its_name(client: Client, name: str, is_wrong: bool) -> None:
    make_organisation("Universitas Contoh")
    client.force_login(make_user())
    response = client.post("/kerja-sama/baru/", {"organisation": name})
    assert (response.status_code, "organisation" in response.context["form"].errors) == (422, is_wrong)
