"""Finding entries that may be one, without drowning the curator in false alarms, and fast enough for a page."""

import time
from typing import Any

import pytest

from accounts.models import Organisation, Person
from accounts.queries import MOST_PAIRS, organisation_duplicates, person_duplicates
from tests.factories.accounts import make_organisation, make_person

pytestmark = pytest.mark.django_db


def found(pairs: list[Any]) -> set[tuple[str, str, bool]]:
    return {(str(pair.first), str(pair.second), pair.same) for pair in pairs}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Universitas Indonesia", "UNIVERSITAS  INDONESIA", True),
        ("Sentra Darussa’adah", "Sentra Darussa'adah", True),
        ("Politeknik Kesejahteraan Sosial Bandung", "Politeknik Kesejahteran Sosial Bandung", False),
    ],
)
def test_organisations_of_the_same_or_nearly_the_same_name(one: str, other: str, same: bool) -> None:
    make_organisation(one)
    make_organisation(other)
    make_organisation("Universitas Gadjah Mada")
    assert found(organisation_duplicates()) == {(one, other, same)}


def test_organisations_of_the_same_acronym() -> None:
    make_organisation("Universitas Gadjah Mada", acronym="UGM")
    make_organisation("Gadjah Mada University", acronym="ugm")
    assert len(organisation_duplicates()) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Universitas Negeri Malang", "Universitas Negeri Medan"),
        ("SMA Negeri 1 Bandung", "SMA Negeri 2 Bandung"),
        ("Balai Besar Yogyakarta", "Balai Besar Banjarmasin"),
    ],
)
def test_different_organisations_are_left_alone(one: str, other: str) -> None:
    make_organisation(one)
    make_organisation(other)
    assert organisation_duplicates() == []


def test_the_units_of_the_ministry_are_not_alike(vocabularies: None) -> None:
    assert organisation_duplicates() == []


def test_two_rors_are_two_organisations() -> None:
    make_organisation("Universitas Indonesia", ror="05dxps055")
    make_organisation("Universitas Indonesia", ror="00f54p054")
    assert organisation_duplicates() == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Siti Aminah", "SITI AMINAH", True),
        ("A. Wijaya", "Ahmad Wijaya", False),
        ("Muhammad Rizky Ramadhan", "Muhamad Rizky Ramadhan", False),
        ("Sukarno", "Sukarno", True),
    ],
)
def test_people_of_the_same_or_nearly_the_same_name(one: str, other: str, same: bool) -> None:
    make_person(one)
    make_person(other)
    assert found(person_duplicates()) == {(one, other, same)}


@pytest.mark.parametrize(("one", "other"), [("Ahmad Wijaya", "Agus Wijaya"), ("Budi", "Budi Santoso"), ("Ani", "Adi")])
def test_different_people_are_left_alone(one: str, other: str) -> None:
    make_person(one)
    make_person(other)
    assert person_duplicates() == []


def test_two_orcids_are_two_people() -> None:
    make_person("Siti Aminah", orcid="0000-0002-1825-0097")
    make_person("Siti Aminah", orcid="0000-0001-5109-3700")
    assert person_duplicates() == []


def test_merged_entries_are_no_longer_found() -> None:
    kept = make_person("Siti Aminah")
    make_person("Siti Aminah", merged_into=kept)
    assert person_duplicates() == []


def test_a_constant_number_of_queries(django_assert_num_queries: Any) -> None:
    for number in (2, 3):
        for _ in range(number):
            make_person("Siti Aminah", affiliation=make_organisation("Universitas Indonesia"))
        with django_assert_num_queries(2):
            pairs = person_duplicates()
            [str(pair.first.affiliation) for pair in pairs]
        with django_assert_num_queries(2):
            [str(pair.first.parent) for pair in organisation_duplicates()]


def test_large_directories_answer_within_seconds() -> None:
    Person.objects.bulk_create(
        Person(given_name=f"{chr(65 + n % 26)}{n % 977}", family_name=f"Nama{n % 499}") for n in range(20_000)
    )
    Organisation.objects.bulk_create(
        Organisation(name=f"Universitas {n * 7919 % 100_003} Kota {n}") for n in range(3_000)
    )
    started = time.perf_counter()
    assert len(person_duplicates()) <= MOST_PAIRS
    assert len(organisation_duplicates()) <= MOST_PAIRS
    assert time.perf_counter() - started < 10
