"""Synonyms in the database: loaded without losing edits, live at once."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from accounts.models import LogEntry
from publications.models import ReferenceChange
from search import synonyms
from search.actions import delete_synonym, save_synonym
from search.loading import load_synonyms
from search.models import Kind, Synonym, SynonymEdition
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "fresh")]


@pytest.fixture
def fresh() -> None:
    synonyms.forget()


@pytest.fixture
def loaded() -> None:
    load_synonyms()


def others(text: str) -> set[str]:
    synonyms.forget()
    return {alternative.term for slot in synonyms.expand(text) for alternative in slot.alternatives}


def add(group: str, term: str, kind: str = "syn", **fields: Any) -> Synonym:
    return Synonym.objects.create(group=group, term=term, kind=kind, **fields)


def test_the_command_loads_them() -> None:
    call_command("load_vocabularies")
    assert Synonym.objects.count() == 511
    assert set(Synonym.objects.get(code="gepeng:PGOT").pmks.values_list("code", flat=True)) == {"PMKS-11", "PMKS-12"}


def test_loading_again_changes_nothing(loaded: None) -> None:
    number = SynonymEdition.objects.get().number
    load_synonyms()
    assert SynonymEdition.objects.get().number == number


def test_every_loaded_term_is_valid(loaded: None) -> None:
    for synonym in Synonym.objects.all():
        synonym.full_clean()


def test_what_the_file_joins(loaded: None) -> None:
    expected = {
        "lansia": {"lanjut usia", "jompo"},
        "anak jalanan": {"anjal", "street children", "rumah singgah"},
        "gepeng": {"gelandangan", "pengemis"},
        "tuna netra": {"disabilitas netra", "buta"},
        "pkh": {"program keluarga harapan"},
        "PAS": {"PMKS"},
        "KT": {"karang taruna"},
        "AT": {"anak terlantar"},
        "anak berhadapan dengan hukum": {"ABH", "anak nakal"},
        "homeless": {"gelandangan"},
        "covid19": {"pandemi"},
        "bansos": {"BPNT"},
    }
    for asked, found in expected.items():
        assert found <= others(asked), asked


def test_what_the_file_leaves_alone(loaded: None) -> None:
    """Small letters of ambiguous abbreviations, and narrow terms that have no group of their own."""
    for asked in ("pas", "tas", "kt", "at", "pena", "psk", "panti werdha", "rumah singgah", "gizi buruk"):
        assert others(asked) == set(), asked
    assert "bantuan sosial" not in others("BPNT")


def test_edits_stay(loaded: None) -> None:
    edited = Synonym.objects.get(code="lansia:manula")
    off = Synonym.objects.get(code="lansia:jompo")
    Synonym.objects.filter(pk=edited.pk).update(term="manula (lama)", kind="syn")
    Synonym.objects.filter(pk=off.pk).update(is_active=False)
    edited.pmks.clear()
    own = add("lansia", "oma opa")
    load_synonyms()
    edited.refresh_from_db()
    off.refresh_from_db()
    assert (edited.term, edited.kind, edited.pmks.count(), off.is_active) == ("manula (lama)", "syn", 0, False)
    assert Synonym.objects.filter(pk=own.pk, is_active=True).exists()


def test_what_leaves_the_file_goes_out_of_use_and_comes_back(loaded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from search import loading

    rows = loading.read_rows(loading.DATA / "synonyms_id.csv")
    monkeypatch.setattr(loading, "read_rows", lambda path: tuple(row for row in rows if row["term"] != "jompo"))
    load_synonyms()
    assert Synonym.objects.get(code="lansia:jompo").is_active is False and "jompo" not in others("lansia")
    monkeypatch.undo()
    load_synonyms()
    assert Synonym.objects.get(code="lansia:jompo").is_active is True


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"term": "x"}, "term"),
        ({"term": "dan yang"}, "term"),
        ({"term": "—…"}, "term"),
        ({"term": "satu dua tiga empat lima enam tujuh delapan sembilan"}, "term"),
        ({"term": "a" * 121}, "term"),
        ({"group": "Lanjut Usia"}, "group"),
        ({"group": "baru"}, "kind"),
        ({"kind": "canonical"}, "__all__"),
        ({"term": "JOMPO"}, "__all__"),
        ({"kind": "sesuatu"}, "kind"),
    ],
)
def test_what_is_refused(fields: dict[str, str], wrong: str) -> None:
    add("lansia", "lanjut usia", Kind.CANONICAL)
    add("lansia", "jompo", Kind.OLD)
    with pytest.raises(ValidationError) as refused:
        Synonym(**{"group": "lansia", "term": "sepuh", **fields}).full_clean()
    assert wrong in refused.value.message_dict


def test_changes_are_logged_and_live() -> None:
    by = make_user("admin@example.org", role="administrator")
    add("lansia", "lanjut usia", Kind.CANONICAL)
    synonym = Synonym(group="lansia")
    save_synonym(by, synonym, {"term": "sepuh", "kind": "syn"})
    assert others("sepuh") == {"lanjut usia"}
    save_synonym(by, synonym, {"term": "pinisepuh"})
    save_synonym(by, synonym, {"term": "pinisepuh"})
    assert others("sepuh") == set() and others("pinisepuh") == {"lanjut usia"}
    delete_synonym(by, synonym)
    assert others("pinisepuh") == set()
    entries = LogEntry.objects.filter(actor=by, action__startswith="synonym.").order_by("pk")
    assert [entry.action for entry in entries] == ["synonym.added", "synonym.edited", "synonym.deleted"]
    assert entries[1].changes == {"term": ["sepuh", "pinisepuh"]}


def test_a_row_of_the_file_is_put_out_of_use_and_not_deleted(loaded: None) -> None:
    delete_synonym(make_user(role="administrator"), synonym := Synonym.objects.get(code="lansia:jompo"))
    synonym.refresh_from_db()
    assert synonym.is_active is False


def test_any_change_in_the_database_gives_a_new_edition() -> None:
    add("lansia", "lanjut usia", Kind.CANONICAL)
    seen = [synonyms.edition()]
    pages = ReferenceChange.objects.count()
    for statement in (
        'INSERT INTO search_synonym ("group", term, kind, language, only_as_written, is_active, loaded)'
        " VALUES ('lansia', 'sepuh', 'syn', 'id', false, true, '{}')",
        "UPDATE search_synonym SET term = 'tua' WHERE term = 'sepuh'",
        "DELETE FROM search_synonym WHERE term = 'tua'",
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement)
        synonyms.forget()
        seen.append(synonyms.edition())
    assert len(set(seen)) == 4
    assert ReferenceChange.objects.count() == pages + 3  # kept pages are drawn again


def test_another_process_sees_an_edit_within_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(synonyms.time, "monotonic", lambda: clock[0])
    add("lansia", "lanjut usia", Kind.CANONICAL)
    assert synonyms.expand("sepuh")[0].alternatives == ()
    add("lansia", "sepuh")
    clock[0] += 0.6
    assert [alternative.term for alternative in synonyms.expand("sepuh")[0].alternatives] == ["lanjut usia"]


def test_queries(django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch, loaded: None) -> None:
    clock = [1000.0]
    monkeypatch.setattr(synonyms.time, "monotonic", lambda: clock[0])
    with django_assert_num_queries(2):
        synonyms.expand("lansia")
    with django_assert_num_queries(0):
        synonyms.expand("gepeng")
        synonyms.edition()
    clock[0] += 0.6
    with django_assert_num_queries(1):
        synonyms.expand("gepeng")
