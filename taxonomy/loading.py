"""The vocabularies of taxonomy/data, into the database."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kesos_repo.seeding import Row, read_rows, seed, seed_links
from taxonomy.models import (
    AtensiCluster,
    Cluster,
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
)

DATA = Path(__file__).parent / "data"
VOCABULARIES: tuple[type[Term], ...] = (
    Cluster,
    AtensiCluster,
    PasGroup,
    Pmks,
    Psks,
    Pillar,
    Service,
    Province,
    OutputType,
    Method,
    Licence,
    Outcome,
)


def rows_of(name: str) -> tuple[dict[str, str], ...]:
    return read_rows(DATA / f"{name}.csv")


def load_all() -> dict[type[Term], int]:
    """Load every vocabulary; returns how many active terms each has."""
    with transaction.atomic():
        _load_pmks(_load_groups())
        _load_terms(Psks, map(_psks, rows_of("psks_12")))
        _load_pillars()
        _load_terms(Province, _provinces())
        _load_terms(OutputType, map(_output_type, rows_of("resource_types")))
        _load_methods()
        _load_terms(Licence, map(_licence, rows_of("licences")))
        _load_terms(Outcome, map(_outcome, rows_of("outcomes")))
    return {model: model.objects.active().count() for model in VOCABULARIES}


def _load_terms(model: type[Term], rows: Iterable[Row]) -> dict[str, Any]:
    """Seed one vocabulary in the order of its file and retire what the file no longer has."""
    placed = [{"position": position, **row} for position, row in enumerate(rows, start=1)]
    for row in placed:
        row.setdefault("slug", slugify(row["label_id"]))
    terms = seed(model, placed, fixed=("code", "slug"))
    in_file = {row["code"] for row in placed}
    for term in terms.values():
        _follow_file(term, term.code in in_file)
    return terms


def _follow_file(term: Term, is_in_file: bool) -> None:
    """Retire a term that left the file, bring back one that returned; never overrule an administrator."""
    was_retired_by_load = bool(term.loaded.get("retired"))
    if not term.loaded or is_in_file != was_retired_by_load:
        return
    term.loaded["retired"] = not is_in_file
    if is_in_file:
        term.retired_on = None
    elif term.retired_on is None:
        term.retired_on = timezone.localdate()
    term.save(update_fields=["retired_on", "loaded"])


def _load_groups() -> dict[str, dict[str, Any]]:
    pas = ({"code": f"PAS-{int(row['no']):02}", **_labels(row, "name")} for row in rows_of("pas_12"))
    return {
        "cluster": _load_as_written(Cluster, "clusters"),
        "atensi": _load_as_written(AtensiCluster, "atensi_clusters"),
        "pas": _load_terms(PasGroup, pas),
    }


def _load_as_written(model: type[Term], name: str) -> dict[str, Any]:
    """Clusters have a code of ours besides the words that pmks_26.csv uses; returned by those words."""
    rows = rows_of(name)
    terms = _load_terms(model, ({"code": row["code"], "slug": row["code"], **_labels(row)} for row in rows))
    return {row["as_written"]: terms[row["code"]] for row in rows}


def _load_pmks(groups: dict[str, dict[str, Any]]) -> None:
    english = {row["code"]: row for row in rows_of("pmks_english")}
    rows = rows_of("pmks_26")
    terms = _load_terms(Pmks, (_pmks(row, english[row["code"]], groups) for row in rows))
    clusters = {row["code"]: [groups["cluster"][word] for word in row["cluster"].split(";")[1:]] for row in rows}
    seed_links(terms, "other_clusters", clusters)
    atensi = {row["code"]: [groups["atensi"][word] for word in row["atensi_cluster"].split(";")] for row in rows}
    seed_links(terms, "atensi_clusters", atensi)


def _pmks(row: dict[str, str], english: dict[str, str], groups: dict[str, dict[str, Any]]) -> Row:
    return {
        "code": row["code"],
        "slug": row["slug"],
        **_labels(row, "name"),
        "number": int(row["no"]),
        "cluster": groups["cluster"][row["cluster"].split(";")[0]],
        "definition_id": row["definition_paraphrase_id"],
        "definition_en": english["definition_en"],
        "criteria_id": row["criteria_short_id"],
        "criteria_en": english["criteria_en"],
        "age": row["age"],
        "sex": row["sex"],
        "code_2007": row["code_2007"],
        "abbreviations": row["abbreviations"],
        "uu11_criterion": row["uu11_2009_criterion"],
        "pas_group": groups["pas"][f"PAS-{int(row['pas12_no']):02}"],
        "verification": row["verification"],
    }


def _psks(row: dict[str, str]) -> Row:
    return {"code": row["code"], **_labels(row, "name"), "abbreviation": row["abbr"], "kind": row["kind"]}


def _load_pillars() -> None:
    english = {row["code"]: row["aim_en"] for row in rows_of("pillars_english")}
    pillars = _load_terms(
        Pillar,
        (
            {
                "code": row["code"],
                **_labels(row, "name"),
                "aim_id": row["aim_id"],
                "aim_en": english[row["code"]],
                "articles": row["articles"],
            }
            for row in rows_of("pillars_uu11_2009")
        ),
    )
    _load_terms(
        Service,
        (
            {
                "code": row["code"],
                "slug": slugify(f"{row['pillar']} {row['label_id']}"),
                **_labels(row),
                "pillar": pillars[row["pillar"]],
            }
            for row in rows_of("services")
        ),
    )


def _provinces() -> Iterable[Row]:
    aliases: dict[str, list[str]] = {}
    for row in rows_of("province_aliases"):
        aliases.setdefault(row["kemendagri_code"], []).append(row["alias"])
    for row in rows_of("provinces"):
        names = (row["name_id"], row["name_en"])
        yield {
            "code": row["iso_3166_2"],
            **_labels(row, "name"),
            "kemendagri_code": row["kemendagri_code"],
            "bps_code": row["bps_code"],
            "capital": row["capital"],
            "island_group": row["island_group"],
            "tile_column": int(row["tile_col"]),
            "tile_row": int(row["tile_row"]),
            "aliases": [alias for alias in aliases.get(row["kemendagri_code"], []) if alias not in names],
        }


def _output_type(row: dict[str, str]) -> Row:
    return {
        "code": row["coar_uri"].rsplit("/", 1)[-1],
        "label_id": row["label_id"],
        "label_en": row["coar_label_en"][0].upper() + row["coar_label_en"][1:],
        "coar_uri": row["coar_uri"],
        "info_eu_repo": row["info_eu_repo"],
        "schema_org": row["schema_org"],
        "crossref": row["crossref"],
        "bibtex": row["bibtex"],
        "ris": row["ris"],
        "is_core": row["used_here"] == "core",
    }


def _load_methods() -> None:
    """Parents come before their children in the file, techniques have the word "teknik" in place of a parent."""
    rows = rows_of("methods")
    terms = _load_terms(
        Method,
        (
            {
                "code": row["code"],
                **_labels(row),
                "is_technique": row["parent"] == "teknik",
                "aliases": [alias for alias in row["also_typed_as"].split(";") if alias],
            }
            for row in rows
        ),
    )
    parents = ({"code": row["code"], "parent": terms.get(row["parent"])} for row in rows)
    seed(Method, parents)


def _licence(row: dict[str, str]) -> Row:
    return {
        "code": row["spdx"],
        "slug": slugify(row["spdx"].replace(".", "-")),
        **_labels(row),
        "url": row["url"],
        "allows_commercial": row["allows_commercial"] == "1",
        "allows_derivatives": row["allows_derivatives"] == "1",
    }


def _outcome(row: dict[str, str]) -> Row:
    definitions = {name: row[name] for name in ("definition_id", "definition_en")}
    return {"code": row["code"], **_labels(row), **definitions}


def _labels(row: dict[str, str], prefix: str = "label") -> Row:
    return {"label_id": row[f"{prefix}_id"], "label_en": row[f"{prefix}_en"]}
