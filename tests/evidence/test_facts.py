"""What a finding says besides its statement, in both languages; unknown is said."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from evidence.agreement import assess
from evidence.facts import facts_of, number, rupiah, size_text
from evidence.models import Finding, Rating
from evidence.states import FindingState
from tests.factories.evidence import make_finding, make_ratings

UNKNOWN: dict[str, Any] = {
    "service": None, "intervention_id": "", "intervention_en": "", "outcome_detail_id": "", "outcome_detail_en": "",
    "size_value": None, "size_low": None, "size_high": None, "comparison_id": "", "comparison_en": "",
    "sample_size": None, "population_id": "", "population_en": "", "provinces": [], "years_from": None,
    "years_to": None, "method": None, "cost_amount": None, "cost_basis_id": "", "cost_basis_en": "", "harms_id": "",
    "harms_en": "", "limits_id": "", "limits_en": "", "page": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("1250000", "1.250.000", "1,250,000"),
        ("4.2000", "4,2", "4.2"),
        ("-0.5", "−0,5", "−0.5"),
        ("100", "100", "100"),
        ("0", "0", "0"),
    ],
)
def test_numbers(value: str, indonesian: str, english: str) -> None:
    with override("id"):
        assert number(Decimal(value)) == indonesian
    with override("en"):
        assert number(Decimal(value)) == english


def test_rupiah() -> None:
    assert rupiah(Decimal("1250000.00")) == "Rp1.250.000"
    assert rupiah(Decimal("12.50")) == "Rp12,50"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        ((None, None, None), ""),
        ((4, None, None), "4 poin"),
        ((4, 1, 7), "4 poin (selang 1 sampai 7)"),
        ((None, 1, 7), "1 sampai 7 poin"),
        ((None, 1, None), "sedikitnya 1 poin"),
        ((None, None, 7), "paling banyak 7 poin"),
    ],
)
def test_sizes(size: tuple[Any, ...], text: str) -> None:
    value, low, high = (None if part is None else Decimal(part) for part in size)
    assert size_text(Finding(size_value=value, size_low=low, size_high=high, size_unit_id="poin")) == text


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestFacts:
    def test_what_is_not_known_is_there_and_empty(self) -> None:
        facts = facts_of(make_finding(**UNKNOWN))
        assert [fact.key for fact in facts if fact.values] == ["people", "outcome"]
        assert len(facts) == 13

    @pytest.mark.parametrize(
        ("years", "text"),
        [
            ((2012, 2013), "2012–2013"),
            ((2012, 2012), "2012"),
            ((2012, None), "sejak 2012"),
            ((None, 2013), "sampai 2013"),
        ],
    )
    def test_years(self, years: tuple[Any, Any], text: str) -> None:
        finding = make_finding(state=FindingState.DRAFT, years_from=years[0], years_to=years[1])
        assert next(fact for fact in facts_of(finding) if fact.key == "years").values[0].text == text

    def test_a_text_that_is_there_in_one_language_says_which(self) -> None:
        finding = make_finding(harms_en="")
        with override("en"):
            harms = next(fact for fact in facts_of(finding) if fact.key == "harms").values[0]
            assert (harms.language, harms.text) == ("id", finding.harms_id)
            cost = next(fact for fact in facts_of(Finding.objects.get()) if fact.key == "cost").values[0]
            assert cost.text == "Rp1,250,000 per person per year"

    @pytest.mark.parametrize(
        ("values", "word", "agreement"),
        [
            ((), "belum dinilai", "Belum ada yang menilai."),
            ((3,), "sedang", "Baru satu penilai; diperlukan penilai kedua."),
            ((3, 3), "sedang", "2 penilai sepakat."),
            ((4, 2), "rendah sampai tinggi", "2 penilai berbeda 2 tingkat."),
        ],
    )
    def test_raters_agree_or_differ(self, values: tuple[int, ...], word: str, agreement: str) -> None:
        finding = make_finding()
        make_ratings(finding, *values)
        strength, applicability = assess(Rating.objects.all())
        assert (strength.word, strength.agreement) == (word, agreement)
        assert (applicability.lowest, applicability.is_rated, applicability.spread) == (0, False, 0)
