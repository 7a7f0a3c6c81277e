"""Administrators edit synonyms in the administration; nobody else does."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import LogEntry, Role
from search import synonyms
from search.loading import load_synonyms
from search.models import Synonym
from taxonomy.models import Pmks
from tests.factories.accounts import make_user

pytestmark = pytest.mark.usefixtures("loaded")


@pytest.fixture
def loaded(vocabularies: None) -> None:
    load_synonyms()


@pytest.fixture
def client() -> Client:
    return signed_in(Role.ADMINISTRATOR)


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(make_user(f"{role}@example.org", role=role))
    return client


def address(page: str, *args: object) -> str:
    return reverse(f"admin:search_synonym_{page}", args=args)


def fields(**changed: Any) -> dict[str, Any]:
    return {"group": "lansia", "term": "pinisepuh", "kind": "syn", "language": "id", "is_active": "on", **changed}


def others(text: str) -> set[str]:
    synonyms.forget()
    return {alternative.term for slot in synonyms.expand(text) for alternative in slot.alternatives}


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.POLICYMAKER, Role.CURATOR])
def test_others_are_refused(role: Role) -> None:
    client = signed_in(role)
    assert client.get(address("changelist")).status_code == 403
    assert client.post(address("add"), fields()).status_code == 403


def test_the_list_opens_with_a_constant_number_of_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        assert client.get(address("changelist"), {"q": "lansia"}).status_code == 200


def test_added_found_and_logged(client: Client) -> None:
    kind = Pmks.objects.get(code="PMKS-08")
    assert client.post(address("add"), fields(pmks=[kind.pk])).status_code == 302
    synonym = Synonym.objects.get(term="pinisepuh")
    assert list(synonym.pmks.all()) == [kind] and synonym.code is None
    assert "lanjut usia" in others("pinisepuh")
    assert LogEntry.objects.filter(action="synonym.added", target=f"search.synonym:{synonym.pk}").exists()


def test_edited_and_kept_by_the_next_load(client: Client) -> None:
    synonym = Synonym.objects.get(code="lansia:jompo")
    response = client.post(address("change", synonym.pk), fields(term="orang jompo", kind="old", group="lain"))
    assert response.status_code == 302
    load_synonyms()
    synonym.refresh_from_db()
    assert (synonym.term, synonym.group) == ("orang jompo", "lansia")
    assert LogEntry.objects.get(action="synonym.edited").changes["term"] == ["jompo", "orang jompo"]


@pytest.mark.parametrize("wrong", [{"term": "JOMPO"}, {"term": "dan"}, {"group": "tidak ada"}, {"group": "tidak_ada"}])
def test_mistakes_are_explained(client: Client, wrong: dict[str, str]) -> None:
    response = client.post(address("add"), fields(**wrong))
    assert response.status_code == 200 and response.context["adminform"].form.errors


def test_only_own_ones_are_deleted(client: Client) -> None:
    theirs = Synonym.objects.get(code="lansia:jompo")
    assert client.post(address("delete", theirs.pk), {"post": "yes"}).status_code == 403
    client.post(address("add"), fields())
    own = Synonym.objects.get(term="pinisepuh")
    assert client.post(address("delete", own.pk), {"post": "yes"}).status_code == 302
    assert others("pinisepuh") == set()
    assert LogEntry.objects.filter(action="synonym.deleted").exists()


def test_several_are_put_out_of_use(client: Client) -> None:
    chosen = list(Synonym.objects.filter(group="lansia", kind="old").values_list("pk", flat=True))
    response = client.post(address("changelist"), {"action": "put_out_of_use", "_selected_action": chosen})
    assert response.status_code == 302
    assert not Synonym.objects.filter(pk__in=chosen, is_active=True).exists()
    assert LogEntry.objects.filter(action="synonym.edited").count() == len(chosen)
