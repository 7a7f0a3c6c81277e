"""Codes and addresses never stop working."""

from datetime import date

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.db.models.deletion import ProtectedError
from django.utils.translation import override

from taxonomy.models import Pmks, Service
from taxonomy.queries import resolve

pytestmark = pytest.mark.usefixtures("vocabularies")


def retire(old: str, new: str | None) -> None:
    successor = Pmks.objects.get(code=new) if new else None
    Pmks.objects.filter(code=old).update(retired_on=date(2026, 1, 1), replaced_by=successor)


@pytest.mark.parametrize("name", ["PMKS-04", "pmks-04", "anak-jalanan", "ANAK-JALANAN"])
def test_a_term_is_found_by_code_and_by_address(name: str) -> None:
    assert resolve(Pmks, name).code == "PMKS-04"


def test_an_unknown_term_does_not_exist() -> None:
    with pytest.raises(Pmks.DoesNotExist):
        resolve(Pmks, "anak-bulan")


def test_a_retired_term_leads_to_its_successor_over_several_steps() -> None:
    retire("PMKS-11", "PMKS-12")
    retire("PMKS-12", "PMKS-13")
    assert resolve(Pmks, "gelandangan").code == "PMKS-13"


def test_a_retired_term_without_successor_is_still_shown() -> None:
    retire("PMKS-11", None)
    assert resolve(Pmks, "gelandangan").code == "PMKS-11"


def test_a_circle_of_retired_terms_ends() -> None:
    retire("PMKS-11", "PMKS-12")
    retire("PMKS-12", "PMKS-11")
    assert resolve(Pmks, "gelandangan").code in ("PMKS-11", "PMKS-12")


def test_a_term_in_use_cannot_take_its_group_with_it() -> None:
    with pytest.raises(ProtectedError), transaction.atomic():
        Pmks.objects.get(code="PMKS-01").cluster.delete()


@pytest.mark.parametrize("model", [Pmks, Service])
def test_the_database_refuses_to_delete_a_term_or_change_its_code(model: type[Pmks] | type[Service]) -> None:
    term = model.objects.first()
    assert term
    with pytest.raises((InternalError, IntegrityError), match="never"), transaction.atomic():
        model.objects.filter(pk=term.pk)._raw_delete(using="default")
    with pytest.raises((InternalError, IntegrityError), match="never"), transaction.atomic():
        model.objects.filter(pk=term.pk).update(code="OTHER")


@pytest.mark.parametrize(("language", "shown"), [("id", "semua usia"), ("en", "all ages")])
def test_the_words_for_an_age_are_in_the_language_of_the_page(language: str, shown: str) -> None:
    with override(language):
        assert Pmks.objects.get(code="PMKS-09").age_label == shown
        assert Pmks.objects.get(code="PMKS-08").age_label == "60+"
