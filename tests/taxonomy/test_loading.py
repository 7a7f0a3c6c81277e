"""Loading the vocabularies: whole, repeatable, and respectful of what administrators did."""

import csv
import re
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.utils.translation import override

from accounts.models import Organisation
from accounts.units import load_units
from kesos_repo import seeding
from taxonomy import loading
from taxonomy.models import (
    Licence,
    Method,
    Outcome,
    OutputType,
    PasGroup,
    Pillar,
    Pmks,
    Province,
    Psks,
    Service,
    Term,
    Verification,
)

pytestmark = pytest.mark.usefixtures("vocabularies")


@pytest.fixture
def without_row(monkeypatch: pytest.MonkeyPatch):
    """Load as if a row had been taken out of a file; call again with None to put it back."""
    original = loading.rows_of

    def take_out(name: str, code: str | None, key: str = "code") -> None:
        def rows_of(asked: str) -> tuple[dict[str, str], ...]:
            return tuple(row for row in original(asked) if asked != name or row[key] != code)

        monkeypatch.setattr(loading, "rows_of", rows_of)
        loading.load_all()

    return take_out


def snapshot() -> list[list[dict[str, Any]]]:
    return [list(model.objects.order_by("code").values()) for model in loading.VOCABULARIES]


@pytest.mark.parametrize(
    ("model", "number"),
    [(Pmks, 26), (Psks, 12), (Pillar, 4), (Province, 38), (PasGroup, 12), (Service, 31), (Outcome, 13)],
)
def test_counts(model: type[Term], number: int) -> None:
    assert model.objects.active().count() == number


def test_a_second_load_changes_nothing() -> None:
    before = snapshot()
    loading.load_all()
    assert snapshot() == before


def test_the_command_loads_everything_and_says_what(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_vocabularies")
    said = capsys.readouterr().out
    assert "26" in said
    assert "38" in said
    assert "52" in said


@pytest.mark.parametrize("model", loading.VOCABULARIES)
def test_every_term_has_a_name_in_both_languages(model: type[Term]) -> None:
    for term in model.objects.all():
        with override("id"):
            assert term.label == term.label_id != ""
        with override("en"):
            assert term.label == term.label_en != ""


def test_every_pmks_kind_is_complete() -> None:
    for kind in Pmks.objects.select_related("cluster", "pas_group").prefetch_related("atensi_clusters"):
        assert kind.code == f"PMKS-{kind.number:02}"
        assert kind.pas_group
        assert kind.atensi_clusters.count() > 0
        with override("id"):
            assert kind.definition == kind.definition_id
            assert kind.criteria == kind.criteria_id != ""
        with override("en"):
            assert kind.definition == kind.definition_en != ""
            assert kind.criteria == kind.criteria_en != ""


def test_a_child_with_a_disability_belongs_to_two_clusters() -> None:
    kind = Pmks.objects.get(code="PMKS-05")
    assert kind.cluster.code == "anak"
    assert [cluster.code for cluster in kind.other_clusters.all()] == ["disabilitas"]
    assert {cluster.code for cluster in kind.atensi_clusters.all()} == {"anak", "penyandang-disabilitas"}
    assert kind.code_2007 == "PACA"


def test_definitions_not_checked_against_the_regulation_are_marked_as_summaries() -> None:
    kinds = {kind.code: kind for kind in Pmks.objects.all()}
    assert not kinds["PMKS-01"].is_paraphrase
    assert kinds["PMKS-02"].verification == Verification.PARTIAL
    assert kinds["PMKS-02"].is_paraphrase
    assert kinds["PMKS-16"].is_paraphrase


def test_pas_groups_agree_with_their_own_file() -> None:
    for row in loading.rows_of("pas_12"):
        kinds = Pmks.objects.filter(pas_group__code=f"PAS-{int(row['no']):02}").values_list("code", flat=True)
        assert sorted(kinds) == sorted(row["maps_from_pmks"].split(";"))


def test_services_are_those_of_the_law_with_parentheses_kept_whole() -> None:
    for row in loading.rows_of("pillars_uu11_2009"):
        wanted = re.split(r";(?![^(]*\))", row["services_id"])
        services = Service.objects.filter(pillar__code=row["code"]).order_by("code")
        assert [service.label_id.lower() for service in services] == [text.strip().lower() for text in wanted]
        assert [service.code for service in services] == [f"{row['code']}-{n:02}" for n in range(1, len(wanted) + 1)]


def test_provinces_are_keyed_on_iso_since_papuan_codes_disagree() -> None:
    codes = {p.code: (p.kemendagri_code, p.bps_code) for p in Province.objects.filter(island_group="Papua")}
    assert codes == {
        "ID-PA": ("91", "94"),
        "ID-PB": ("92", "91"),
        "ID-PS": ("93", "95"),
        "ID-PT": ("94", "96"),
        "ID-PE": ("95", "97"),
        "ID-PD": ("96", "92"),
    }


def test_provinces_have_aliases_and_a_tile_of_their_own() -> None:
    assert "Jogja" in Province.objects.get(code="ID-YO").aliases
    assert "Irian Jaya" in Province.objects.get(code="ID-PA").aliases
    assert Province.objects.values("tile_column", "tile_row").distinct().count() == 38


def test_output_types_carry_their_names_in_other_schemes() -> None:
    article = OutputType.objects.get(code="c_6501")
    assert article.coar_uri == "http://purl.org/coar/resource_type/c_6501"
    assert (article.crossref, article.bibtex, article.ris) == ("journal-article", "article", "JOUR")
    assert (article.schema_org, article.info_eu_repo, article.is_core) == ("ScholarlyArticle", "article", True)
    assert not OutputType.objects.get(code="c_7a1f").is_core


def test_methods_have_parents_and_techniques_stand_apart() -> None:
    assert Method.objects.get(code="evdampak").parent == Method.objects.get(code="eval")
    interview = Method.objects.get(code="t_wawancara")
    assert interview.is_technique
    assert interview.parent is None
    assert Method.objects.filter(is_technique=True).count() == 5
    assert "FGD" in Method.objects.get(code="t_fgd").aliases


def test_licences_say_what_they_allow() -> None:
    licence = Licence.objects.get(code="CC-BY-NC-ND-4.0")
    assert not licence.allows_commercial
    assert not licence.allows_derivatives
    assert licence.url.startswith("https://creativecommons.org/")


def test_an_administrators_edits_survive_while_the_rest_follows_the_file() -> None:
    kind = Pmks.objects.get(code="PMKS-04")
    kind.label_id, kind.position = "Anak jalanan (disunting)", 99
    kind.loaded["definition_id"] = kind.definition_id = "what an older file said"
    kind.save()
    loading.load_all()
    kind.refresh_from_db()
    assert (kind.label_id, kind.position) == ("Anak jalanan (disunting)", 99)
    assert kind.definition_id.startswith("Anak yang rentan bekerja")


def test_an_edit_is_still_kept_after_many_loads_and_released_when_undone() -> None:
    kind = Pmks.objects.get(code="PMKS-04")
    kind.label_id = "Lain"
    kind.save()
    for _ in range(3):
        loading.load_all()
    kind.refresh_from_db()
    assert kind.label_id == "Lain"
    kind.label_id = "Anak Jalanan"
    kind.save()
    loading.load_all()
    kind.refresh_from_db()
    assert kind.loaded["label_id"] == kind.label_id == "Anak Jalanan"


def test_edited_links_survive() -> None:
    kind = Pmks.objects.get(code="PMKS-09")
    kind.atensi_clusters.clear()
    loading.load_all()
    assert kind.atensi_clusters.count() == 0


def test_an_edited_parent_survives() -> None:
    method = Method.objects.get(code="slr")
    method.parent = None
    method.save()
    loading.load_all()
    method.refresh_from_db()
    assert method.parent is None


def test_a_code_that_left_the_file_is_retired_and_comes_back_with_it(without_row: Any) -> None:
    without_row("licences", "CC0-1.0", key="spdx")
    licence = Licence.objects.get(code="CC0-1.0")
    assert licence.retired_on
    assert licence not in Licence.objects.active()
    without_row("licences", None, key="spdx")
    licence.refresh_from_db()
    assert licence.retired_on is None


def test_a_retirement_by_an_administrator_is_kept() -> None:
    Licence.objects.filter(code="CC0-1.0").update(retired_on=date(2026, 1, 2))
    loading.load_all()
    assert Licence.objects.get(code="CC0-1.0").retired_on == date(2026, 1, 2)


def test_an_administrator_may_bring_back_what_left_the_file(without_row: Any) -> None:
    without_row("licences", "CC0-1.0", key="spdx")
    Licence.objects.filter(code="CC0-1.0").update(retired_on=None)
    without_row("licences", "CC0-1.0", key="spdx")
    assert Licence.objects.get(code="CC0-1.0").retired_on is None


def test_a_term_added_by_an_administrator_is_left_alone() -> None:
    mine = Method.objects.create(code="mine", slug="mine", label_id="Punya saya")
    loading.load_all()
    mine.refresh_from_db()
    assert (mine.label_id, mine.retired_on, mine.loaded) == ("Punya saya", None, {})


def test_a_code_used_twice_in_a_file_is_refused() -> None:
    rows = [{"code": "X", "name": "a"}, {"code": "X", "name": "b"}]
    with pytest.raises(ValueError, match="twice in the file: X"):
        seeding.seed(Organisation, rows)


def test_unit_codes_are_distinct_and_known_from_memory_means_unconfirmed() -> None:
    with open("accounts/data/kemensos_units.csv", encoding="utf-8") as file:
        codes = [row["code"] for row in csv.DictReader(file)]
    assert len(codes) == len(set(codes)) == 52
    cities = {code: Organisation.objects.get(code=code).city for code in ("BBP-BDG", "BBP-BJM")}
    assert cities == {"BBP-BDG": "Lembang/Bandung", "BBP-BJM": "Banjarmasin"}
    assert not Organisation.objects.get(code="BBP-BDG").is_confirmed
    assert Organisation.objects.get(code="POLTEKESOS").is_confirmed
    assert Organisation.objects.get(code="SEN-01").parent == Organisation.objects.get(code="DJRS")


def test_units_keep_an_administrators_edits() -> None:
    Organisation.objects.filter(code="SEN-01").update(name="Sentra lain", is_confirmed=True)
    load_units()
    unit = Organisation.objects.get(code="SEN-01")
    assert (unit.name, unit.is_confirmed) == ("Sentra lain", True)


@pytest.mark.parametrize("name", [path.stem for path in loading.DATA.glob("*.csv")])
def test_no_file_has_ragged_rows(name: str) -> None:
    assert all(None not in row and None not in row.values() for row in loading.rows_of(name))


@override_settings(DEBUG=True)
def test_loading_again_stays_cheap(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(45):
        loading.load_all()
        load_units()
