"""What an import writes, and what a second one of the same or a changed file does."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import LogEntry, Organisation, Person
from publications.actions import importing
from publications.actions.drafts import save_draft
from publications.actions.review import withdraw
from publications.models import Change, ImportBatch, ImportedRecord, Output, TopicListing, Version
from publications.publicid import normalise_public_id

HEADINGS = "id;judul;penulis;afiliasi;orcid;tahun;jenis;nama jurnal;doi;pmks;provinsi;metode;lisensi\n"
ROW = (
    "a1;Anak jalanan di kota;Sukarno| Siti Aminah;Universitas Contoh;;2020-05;artikel jurnal;Jurnal Contoh;10.1234/a1;"
    "PMKS-04;Jawa Barat;Kualitatif;CC-BY-4.0\n"
)
SECOND = "b2;Lanjut usia telantar;Siti Aminah;;;2021;laporan penelitian;;;PMKS-07;;;\n"


def one() -> Output:
    return Output.objects.select_related("current").get()


def test_a_published_row_is_whole(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW, publish=True)
    assert (batch.state, batch.done, batch.created_count, batch.draft_count, batch.problem_count) == (
        "done",
        1,
        1,
        0,
        0,
    )
    output = one()
    assert normalise_public_id(output.public_id) == output.public_id
    assert (output.state, output.year, output.source, output.source_id) == ("published", 2020, "uji", "a1")
    version = output.current
    assert (version.state, version.curator, version.date_precision) == ("published", curator, "month")
    assert (version.title_id, version.container_title, version.type.code) == (
        "Anak jalanan di kota",
        "Jurnal Contoh",
        "c_6501",
    )
    assert version.access == "metadata_only" and version.licence.code == "CC-BY-4.0"
    assert [(c.given_name, c.family_name, c.affiliation.name) for c in version.contributors.all()] == [
        ("", "Sukarno", "Universitas Contoh"),
        ("Siti", "Aminah", "Universitas Contoh"),
    ]
    assert [row.pmks.code for row in version.version_pmks.filter(is_primary=True)] == ["PMKS-04"]
    assert [p.code for p in version.provinces.all()] == ["ID-JB"] and [m.code for m in version.methods.all()] == [
        "kual"
    ]
    assert [(i.scheme, i.value) for i in version.identifiers.all()] == [("doi", "10.1234/a1")]


def test_a_published_row_is_listed_found_logged_and_announced(bring_in: Any) -> None:
    from django.contrib.postgres.search import SearchQuery

    bring_in(HEADINGS + ROW, publish=True)
    output = one()
    assert TopicListing.objects.get().output == output
    assert Change.objects.get().output == output
    for word in ("jalanan", "sukarno"):
        assert Output.objects.filter(search=SearchQuery(word, config="simple")).get() == output
    entry = LogEntry.objects.get(target=f"publications.output:{output.pk}")
    assert entry.action == "output.imported" and entry.changes["source_id"] == [None, "a1"]


def test_drafts_are_the_default_and_show_nothing(bring_in: Any, curator: Any) -> None:
    batch = bring_in(HEADINGS + ROW)
    output = Output.objects.get()
    assert (batch.draft_count, output.state, output.public_id, output.current) == (1, "unpublished", None, None)
    assert output.versions.get().state == "draft" and output.owner == curator
    assert not Change.objects.exists() and not TopicListing.objects.exists()
    assert not Person.objects.filter(family_name="Sukarno").exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("a;Tanpa tanggal;X;;;;artikel;;;;;;\n", "no_date"),
        ("a;Tanpa jenis;X;;;2020;;;;;;;\n", "no_type"),
        ("a;Jenis aneh;X;;;2020;kidung;;;;;;\n", "unknown_type"),
    ],
)
def test_what_cannot_be_public_becomes_a_draft(bring_in: Any, row: str, code: str) -> None:
    batch = bring_in(HEADINGS + row, publish=True)
    assert batch.draft_count == 1 and one().state == "unpublished"
    assert (code, "tahun" if code == "no_date" else "jenis") in {(p.code, p.column) for p in batch.problems.all()}


def test_defaults_hold_for_rows_that_say_nothing(bring_in: Any) -> None:
    bring_in(HEADINGS + "a;A;X;;;2020;;;;;;;\n", publish=True, type="c_18ws", licence="CC0-1.0", pmks=("PMKS-26",))
    version = one().current
    assert (version.type.code, version.licence.code) == ("c_18ws", "CC0-1.0")
    assert [kind.code for kind in version.pmks.all()] == ["PMKS-26"]


def test_the_same_file_again_touches_nothing(bring_in: Any) -> None:
    bring_in(HEADINGS + ROW + SECOND, publish=True)
    before = list(Output.objects.order_by("pk").values()), list(Version.objects.order_by("pk").values())
    changes, entries = Change.objects.count(), LogEntry.objects.filter(action="output.imported").count()
    again = bring_in(HEADINGS + SECOND + ROW, publish=True)
    assert (again.created_count, again.updated_count, again.unchanged_count) == (0, 0, 2)
    assert before == (list(Output.objects.order_by("pk").values()), list(Version.objects.order_by("pk").values()))
    assert Change.objects.count() == changes
    assert LogEntry.objects.filter(action="output.imported").count() == entries


def test_a_changed_row_corrects_the_public_version_in_place(bring_in: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    before = one()
    people = Person.objects.count()
    batch = bring_in(HEADINGS + ROW.replace("di kota", "di desa").replace("PMKS-04", "PMKS-11"), publish=True)
    after = one()
    assert (batch.created_count, batch.updated_count) == (0, 1)
    assert (after.public_id, after.current_id, after.versions.count()) == (before.public_id, before.current_id, 1)
    assert after.current.title_id == "Anak jalanan di desa"
    assert TopicListing.objects.get().pmks.code == "PMKS-11"
    assert Change.objects.count() == 2 and Person.objects.count() == people
    entry = LogEntry.objects.get(action="output.import_corrected")
    assert entry.changes["title_id"] == ["Anak jalanan di kota", "Anak jalanan di desa"]


def test_the_same_in_other_words_changes_nothing_public(bring_in: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    batch = bring_in(HEADINGS + ROW.replace("Jawa Barat", "ID-JB"), publish=True)
    assert (batch.updated_count, batch.unchanged_count) == (0, 1)
    assert Change.objects.count() == 1


def test_what_was_edited_here_is_kept(bring_in: Any, curator: Any) -> None:
    bring_in(HEADINGS + ROW)
    version = Version.objects.get()
    save_draft(version, {"title_id": "Judul yang diperbaiki"}, by=curator)
    batch = bring_in(HEADINGS + ROW.replace("di kota", "di desa"))
    assert batch.kept_count == 1
    version.refresh_from_db()
    assert version.title_id == "Judul yang diperbaiki"
    assert [problem.code for problem in batch.problems.all()] == ["edited_here"]


def test_what_a_curator_withdrew_stays_withdrawn(bring_in: Any, curator: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    withdraw(one(), "Bukan karya ilmiah", by=curator)
    batch = bring_in(HEADINGS + ROW.replace("di kota", "di desa"), publish=True)
    assert (batch.kept_count, one().state) == (1, "withdrawn")


def test_drafts_of_an_earlier_import_are_published_by_a_later_one(bring_in: Any) -> None:
    bring_in(HEADINGS + ROW)
    batch = bring_in(HEADINGS + ROW, publish=True)
    output = one()
    assert (batch.updated_count, output.state, output.current.state) == (1, "published", "published")
    assert all(c.person for c in output.current.contributors.all())


def test_a_public_output_never_becomes_a_draft_again(bring_in: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    bring_in(HEADINGS + ROW.replace("2020-05", "").replace("artikel jurnal", ""), publish=True)
    output = one()
    assert (output.state, output.year, output.type.code) == ("published", 2020, "c_6501")


def test_a_doi_that_is_here_from_elsewhere_is_refused(bring_in: Any) -> None:
    bring_in(HEADINGS + ROW, publish=True)
    batch = bring_in(HEADINGS + ROW.replace("a1;", "z9;", 1), source="lain", publish=True)
    assert (batch.refused_count, Output.objects.count()) == (1, 1)
    problem = batch.problems.get()
    assert (problem.code, problem.params["output"]) == ("doi_elsewhere", one().public_id)


def test_two_rows_with_one_identifier(bring_in: Any) -> None:
    batch = bring_in(HEADINGS + ROW + ROW.replace("di kota", "di desa"), publish=True)
    assert (batch.created_count, batch.refused_count) == (1, 1)
    assert [(p.row, p.code, p.params["first"]) for p in batch.problems.all()] == [(3, "double_row", 2)]


def test_people_are_one_by_orcid_and_by_name_within_the_source_only(bring_in: Any) -> None:
    stranger = Person.objects.create(family_name="Aminah", given_name="Siti")
    orcid = "0000-0002-1825-0097"
    rows = [
        "a;A;Siti Aminah;;;2020;artikel;;;;;;\n",
        f"b;B;Siti Aminah;;{orcid};2020;artikel;;;;;;\n",
        f"c;C;S. Aminah;;{orcid};2020;artikel;;;;;;\n",
        "d;D;Siti Aminah;;0000-0001-5109-3700;2020;artikel;;;;;;\n",
    ]
    for row in rows:
        bring_in(HEADINGS + row, publish=True)
    found = {c.version.output.source_id: c.person for v in Version.objects.all() for c in v.contributors.all()}
    assert found["a"] == found["b"] == found["c"] != found["d"]
    assert found["a"].orcid == orcid and stranger not in found.values()
    assert stranger.contributions.count() == 0


def test_known_organisations_are_linked_and_addresses_are_not_made_into_organisations(bring_in: Any) -> None:
    known = Organisation.objects.create(name="Universitas Contoh")
    row = 'a;A;Sukarno;"UNIVERSITAS  CONTOH";;2020;artikel;;;;;;\n'
    row += "b;B;Hatta;Fakultas X, Universitas Contoh, Indonesia;;2020;artikel;;;;;;\n"
    row += "c;C;Sjahrir;Jalan Y, Kota Z;;2020;artikel;;;;;;\n"
    bring_in(HEADINGS + row, publish=True)
    linked = {c.family_name: c.affiliation for v in Version.objects.all() for c in v.contributors.all()}
    assert linked == {"Sukarno": known, "Hatta": known, "Sjahrir": None}
    assert not Organisation.objects.filter(name__contains="Jalan").exists()


def test_only_a_curator_imports(vocabularies: None) -> None:
    from django.core.exceptions import PermissionDenied

    from publications.importing.resolving import Options
    from tests.factories.accounts import make_user

    with pytest.raises(PermissionDenied):
        importing.prepare_batch(
            by=make_user(), source="x", format="csv", file_name="x", checksum="x", options=Options(), at_once=True
        )


def test_a_check_writes_nothing_but_what_it_found(curator: Any, vocabularies: None) -> None:
    import io

    from publications.importing.resolving import Options

    batch = importing.prepare_batch(
        by=curator, source="uji", format="csv", file_name="x.csv", checksum="x", options=Options(publish=True)
    )
    importing.check_batch(batch, io.BytesIO((HEADINGS + ROW + "x;;;;;;;;;;;;\n").encode()))
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.total, batch.done, batch.created_count, batch.refused_count) == ("checked", 2, 0, 1, 1)
    assert batch.mapping["judul"] == "title" and batch.preview[0]["titles"] == ["Anak jalanan di kota"]
    assert (
        not Output.objects.exists()
        and not ImportedRecord.objects.exists()
        and not Organisation.objects.filter(name="Universitas Contoh").exists()
    )


def test_a_piece_costs_the_same_number_of_queries_for_one_row_and_for_many(bring_in: Any) -> None:
    def cost(count: int, source: str) -> int:
        rows = "".join(f"{source}{i};Judul {i};Sukarno {i};;;2020;artikel;;;PMKS-04;;;\n" for i in range(count))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            bring_in(HEADINGS + rows, source=source, publish=True)
        return len(captured)

    assert cost(1, "satu") == cost(60, "banyak")


def test_changed_rows_cost_the_same_number_of_queries_too(bring_in: Any) -> None:
    def rows(count: int, word: str) -> str:
        return HEADINGS + "".join(f"{i};{word} {i};Sukarno {i};;;2020;artikel;;;PMKS-04;;;\n" for i in range(count))

    def cost(count: int, source: str) -> int:
        bring_in(rows(count, "Judul"), source=source, publish=True)
        with CaptureQueriesContext(connection) as captured:
            bring_in(rows(count, "Lain"), source=source, publish=True)
        return len(captured)

    assert cost(1, "satu") == cost(40, "banyak")
