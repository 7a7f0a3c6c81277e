"""Administrators edit texts, reorder and retire; nobody else comes in, and nothing is deleted."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from taxonomy.loading import VOCABULARIES, load_all
from taxonomy.models import Method, Pmks, Province, Term

pytestmark = pytest.mark.usefixtures("vocabularies")


def signed_in(role: Role) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.create_user(f"{role}@example.org", role=role))
    return client


@pytest.fixture
def admin() -> Client:
    return signed_in(Role.ADMINISTRATOR)


def address(model: type[Term], page: str, *args: object) -> str:
    return reverse(f"admin:taxonomy_{model._meta.model_name}_{page}", args=args)


def form_of(client: Client, url: str) -> dict[str, object]:
    """What a browser would send back unchanged."""
    initial = client.get(url).context["adminform"].form
    values = {name: initial[name].value() for name in initial.fields}
    return {name: value for name, value in values.items() if value not in (None, False)}


@pytest.mark.parametrize("model", VOCABULARIES)
def test_lists_open_with_a_constant_number_of_queries(admin: Client, model: type[Term], django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        response = admin.get(address(model, "changelist"))
    assert response.status_code == 200


@pytest.mark.parametrize("role", [Role.RESEARCHER, Role.POLICYMAKER, Role.CURATOR])
def test_others_are_refused(role: Role) -> None:
    assert signed_in(role).get(address(Pmks, "changelist")).status_code == 403


def test_the_unknown_are_sent_to_sign_in() -> None:
    assert Client().get(address(Pmks, "changelist")).status_code == 302


def test_a_text_is_edited_and_survives_the_next_load(admin: Client) -> None:
    kind = Pmks.objects.get(code="PMKS-16")
    url = address(Pmks, "change", kind.pk)
    response = admin.post(url, {**form_of(admin, url), "definition_id": "Disunting.", "verification": "seen"})
    assert response.status_code == 302
    load_all()
    kind.refresh_from_db()
    assert (kind.definition_id, kind.verification, kind.is_paraphrase) == ("Disunting.", "seen", False)


def test_code_address_and_number_cannot_be_changed(admin: Client) -> None:
    kind = Pmks.objects.get(code="PMKS-16")
    url = address(Pmks, "change", kind.pk)
    admin.post(url, {**form_of(admin, url), "code": "X", "slug": "x", "number": "99"})
    kind.refresh_from_db()
    assert (kind.code, kind.slug, kind.number) == ("PMKS-16", "orang-dengan-hiv-aids", 16)


def test_nothing_is_deleted(admin: Client) -> None:
    kind = Pmks.objects.get(code="PMKS-16")
    assert admin.post(address(Pmks, "delete", kind.pk), {"post": "yes"}).status_code == 403
    assert Pmks.objects.count() == 26


def test_terms_are_retired_from_the_list(admin: Client) -> None:
    methods = Method.objects.filter(code__in=["lakip", "biblio"])
    data = {"action": "retire", "_selected_action": [method.pk for method in methods]}
    admin.post(address(Method, "changelist"), data)
    assert methods.filter(retired_on=None).count() == 0
    assert admin.get(address(Method, "changelist"), {"retired": "yes"}).content.count(b"lakip") > 0


def test_a_successor_needs_a_date_and_must_be_another_term(admin: Client) -> None:
    kind = Pmks.objects.get(code="PMKS-16")
    url = address(Pmks, "change", kind.pk)
    form = form_of(admin, url)
    response = admin.post(url, {**form, "replaced_by": Pmks.objects.get(code="PMKS-17").pk})
    assert "retired_on" in response.context["adminform"].form.errors
    response = admin.post(url, {**form, "replaced_by": kind.pk, "retired_on": "2026-01-01"})
    assert "replaced_by" in response.context["adminform"].form.errors


def test_spellings_of_a_province_are_edited_one_a_line(admin: Client) -> None:
    province = Province.objects.get(code="ID-PS")
    url = address(Province, "change", province.pk)
    admin.post(url, {**form_of(admin, url), "aliases": "Papsel\r\n\r\n Merauke raya "})
    province.refresh_from_db()
    assert province.aliases == ["Papsel", "Merauke raya"]


def test_successors_never_lead_in_a_circle(admin: Client) -> None:
    """Each would redirect to the other for ever."""
    first, second, third = Pmks.objects.order_by("number")[:3]
    for kind, successor in ((first, second), (second, third)):
        Pmks.objects.filter(pk=kind.pk).update(retired_on="2026-01-01", replaced_by=successor)
    url = address(Pmks, "change", third.pk)
    response = admin.post(url, {**form_of(admin, url), "retired_on": "2026-01-01", "replaced_by": first.pk})
    assert "replaced_by" in response.context["adminform"].form.errors
    third.refresh_from_db()
    assert third.retired_on is None
