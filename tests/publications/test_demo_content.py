"""The sample outputs as data: complete, in both languages, with codes that exist."""

import re
from collections import Counter
from typing import Any

import pytest

from accounts.orcid import validate_orcid
from publications.demo import content
from publications.models import RelationKind
from publications.models.people import ContributorRole, CreditRole
from publications.models.version import IdentifierScheme
from taxonomy.loading import rows_of

OUTPUTS = content.outputs()
CODES = {
    "pmks": {row["code"] for row in rows_of("pmks_26")},
    "psks": {row["code"] for row in rows_of("psks_12")},
    "pillars": {row["code"] for row in rows_of("pillars_uu11_2009")},
    "services": {row["code"] for row in rows_of("services")},
    "provinces": {row["iso_3166_2"] for row in rows_of("provinces")},
    "methods": {row["code"] for row in rows_of("methods")},
}
each_output = pytest.mark.parametrize("output", OUTPUTS, ids=lambda output: output["key"])


def words(text: str) -> int:
    return len(text.split())


def test_about_sixty_with_keys_of_their_own() -> None:
    assert 60 <= len(OUTPUTS) <= 70
    assert len({output["key"] for output in OUTPUTS}) == len(OUTPUTS)
    assert all(re.fullmatch(r"[a-z0-9-]{5,60}", output["key"]) for output in OUTPUTS)


@each_output
def test_every_code_exists(output: dict[str, Any]) -> None:
    for name, known in CODES.items():
        assert set(output[name]) <= known, name
    assert output["type"] in {row["coar_uri"] for row in rows_of("resource_types")}
    assert output["licence"] in {row["spdx"] for row in rows_of("licences")}
    assert {kind for kind, _key in output["relations"]} <= set(RelationKind.values)
    assert set(output["identifiers"]) <= set(IdentifierScheme.values)


@each_output
def test_complete_in_both_languages(output: dict[str, Any]) -> None:
    assert output["title_id"] != output["title_en"] != ""
    assert 150 <= words(output["abstract_id"]) <= 250
    assert 130 <= words(output["abstract_en"]) <= 250
    assert len(output["keywords_id"]) == len(output["keywords_en"]) >= 3
    assert output["pmks"] and output["provinces"] and output["methods"]


@each_output
def test_the_body_is_written(output: dict[str, Any]) -> None:
    for name in ("background", "method_text"):
        assert words(output[name]) >= 25, name
    assert words(output["conclusion"]) >= 10
    assert len(output["results"]) >= 2 and len(output["recommendations"]) >= 2
    table = output["table"]
    assert table["rows"] and all(len(row) == len(table["columns"]) for row in table["rows"])


def test_bodies_differ() -> None:
    for name in ("background", "method_text", "conclusion", "abstract_id"):
        assert len({output[name] for output in OUTPUTS}) == len(OUTPUTS)


def test_every_pmks_has_outputs_unevenly() -> None:
    counts = Counter(code for output in OUTPUTS for code in output["pmks"])
    assert set(counts) == CODES["pmks"]
    assert min(counts.values()) >= 2 and max(counts.values()) >= 10


def test_the_whole_country_and_many_years() -> None:
    assert len({code for output in OUTPUTS for code in output["provinces"]}) >= 30
    years = {int(output["date"][:4]) for output in OUTPUTS}
    assert min(years) == 2009 and max(years) == 2026 and len(years) >= 12
    assert {output["date"].count("-") for output in OUTPUTS} == {0, 1, 2}


def test_every_state_and_access() -> None:
    states = Counter(output["state"] for output in OUTPUTS)
    assert states["published"] >= 55
    assert {name: states[name] for name in ("submitted", "returned", "draft", "withdrawn")} == {
        "submitted": 3, "returned": 1, "draft": 1, "withdrawn": 1,
    }  # fmt: skip
    assert {output["access"] for output in OUTPUTS} == {"open", "embargoed", "restricted", "metadata_only"}
    assert [o["embargo_until"][:4] for o in OUTPUTS if o["access"] == "embargoed"] == ["2027"]
    assert any(len(output["versions"]) > 1 for output in OUTPUTS)


def test_many_types() -> None:
    assert len({output["type"] for output in OUTPUTS}) >= 10


@each_output
def test_contributors(output: dict[str, Any]) -> None:
    assert output["contributors"]
    for contributor in output["contributors"]:
        assert contributor["family_name"]
        assert contributor["affiliation"] in content.organisations()
        assert contributor["role"] in ContributorRole.values
        assert set(contributor["credit"]) <= set(CreditRole.values)


def test_people_are_many_invented_and_often_of_one_name() -> None:
    people = content.people().values()
    assert len(people) >= 65
    assert sum(not person["given_name"] for person in people) >= 12
    assert all(person["organisation"] in content.organisations() for person in people)
    named = {c["key"] for output in OUTPUTS for c in output["contributors"]}
    assert named == set(content.people())


def test_orcid_numbers_are_valid_and_outside_the_assigned_blocks() -> None:
    orcids = [person["orcid"] for person in content.people().values() if person["orcid"]]
    assert len(orcids) == len(set(orcids)) >= 20
    for orcid in orcids:
        validate_orcid(orcid)
        assert orcid.startswith("0009-9")


def test_identifiers_are_examples_with_valid_checksums() -> None:
    dois = [output["identifiers"]["doi"] for output in OUTPUTS if "doi" in output["identifiers"]]
    assert len(dois) == len(set(dois)) and all(doi.startswith("10.5555/") for doi in dois)
    issns = {output["container"]["issn"] for output in OUTPUTS if "issn" in output["container"]}
    assert issns and all(issn.startswith("9999-9") and issn_is_valid(issn) for issn in issns)
    isbns = {
        part["isbn"] for output in OUTPUTS for part in (output["container"], output["identifiers"]) if "isbn" in part
    }
    assert isbns and all(isbn_is_valid(isbn) for isbn in isbns)


def issn_is_valid(issn: str) -> bool:
    digits = issn.replace("-", "")
    total = sum(int(digit) * weight for digit, weight in zip(digits[:7], range(8, 1, -1), strict=True))
    return "0123456789X"[-total % 11] == digits[7]


def isbn_is_valid(isbn: str) -> bool:
    digits = [int(digit) for digit in isbn if digit.isdigit()]
    return len(digits) == 13 and sum(d * (3 if i % 2 else 1) for i, d in enumerate(digits)) % 10 == 0


def test_relations_lead_somewhere() -> None:
    keys = {output["key"] for output in OUTPUTS}
    related = [key for output in OUTPUTS for _kind, key in output["relations"]]
    assert related and set(related) <= keys


def test_files_stay_readable() -> None:
    for path in (content.FOLDER / "outputs").glob("*.toml"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 400
