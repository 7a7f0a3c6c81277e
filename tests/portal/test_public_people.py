"""Authors and organisations as readers meet them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation, Person
from tests.factories.accounts import make_person
from tests.factories.publications import make_draft, make_output, make_version, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def place() -> Organisation:
    return Organisation.objects.create(name="Zebra Institut", is_confirmed=False)


def person_of(name: str) -> Person:
    return Person.objects.get(family_name=name)


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_of_an_author(client: Client, prefix: str) -> None:
    make_output(title_id="Satu", title_en="")
    html = client.get(f"{prefix}/penulis/{person_of('Sukarno').pk}/").content.decode()
    assert "<h1>Sukarno</h1>" in html and "Satu" in html and "Siti Rahmawati" in html and "/topik/" in html


def test_degrees_stand_apart_from_the_name(client: Client) -> None:
    make_output()
    person = person_of("Rahmawati")
    person.degrees_before, person.degrees_after = "Dr.", "M.Si."
    person.save()
    html = client.get(f"/penulis/{person.pk}/").content.decode()
    assert "<h1>Siti Rahmawati</h1>" in html and "Dr. Siti Rahmawati, M.Si." in html


def test_nobody_without_public_output(client: Client) -> None:
    make_draft(contributors=[{"family_name": "Tersembunyi"}])
    nobody = make_person("Belum Terbit")
    assert client.get(f"/penulis/{nobody.pk}/").status_code == 404
    make_output()
    withdraw(make_output(contributors=[{"family_name": "Ditarik"}]))
    assert client.get(f"/penulis/{person_of('Ditarik').pk}/").status_code == 404
    html = client.get("/penulis/huruf/d/")
    assert html.status_code == 404


def test_only_current_versions_count(client: Client) -> None:
    output = make_output(contributors=[{"family_name": "Lama"}])
    make_version(output, contributors=[{"family_name": "Baru"}])
    assert client.get(f"/penulis/{person_of('Lama').pk}/").status_code == 404
    assert client.get(f"/penulis/{person_of('Baru').pk}/").status_code == 200


def test_merged_author_redirects_and_brings_the_outputs(client: Client) -> None:
    make_output(title_id="Milik yang lama", contributors=[{"family_name": "Ganda"}])
    make_output(contributors=[{"family_name": "Asli"}])
    old, new = person_of("Ganda"), person_of("Asli")
    old.merged_into = new
    old.save()
    response = client.get(f"/en/penulis/{old.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/en/penulis/{new.pk}/")
    assert "Milik yang lama" in client.get(f"/penulis/{new.pk}/").content.decode()


@pytest.mark.parametrize("address", ["/penulis/99999/", "/lembaga/99999/", f"/penulis/{10**30}/", "/penulis/abc/",
                                     "/penulis/huruf/xx/", "/lembaga/huruf/1/"])  # fmt: skip
def test_who_is_not_there(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_authors_from_a_to_z(client: Client) -> None:
    names = ("Ani", "ani", "Budi", "Žagar", "'Aisyah")
    make_output(contributors=[{"family_name": name} for name in names])
    response = client.get("/penulis/")
    assert [(letter.letter, letter.count) for letter in response.context["letters"]] == [
        ("A", 2),
        ("B", 1),
        ("lain", 2),
    ]
    assert [person.family_name for person, _count in response.context["rows"]()] == ["Ani", "ani"]
    others = client.get("/en/penulis/huruf/lain/").context["rows"]()
    assert sorted(person.family_name for person, _count in others) == ["'Aisyah", "Žagar"]
    assert [person.family_name for person, _n in client.get("/penulis/?halaman=2").context["rows"]()] == ["Ani", "ani"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_page_of_an_organisation(client: Client, place: Organisation, prefix: str) -> None:
    assert client.get(f"{prefix}/lembaga/{place.pk}/").status_code == 404
    make_output(title_id="Satu", title_en="", contributors=[{"family_name": "Sukarno", "affiliation": place}])
    html = client.get(f"{prefix}/lembaga/{place.pk}/").content.decode()
    assert "<h1>Zebra Institut</h1>" in html and "Satu" in html and ">Sukarno</a>" in html


def test_confirmed_units_have_a_page_before_any_output(client: Client) -> None:
    unit = Organisation.objects.get(code="KEMENSOS")
    Organisation.objects.filter(pk=unit.pk).update(is_confirmed=True)
    assert client.get(f"/lembaga/{unit.pk}/").status_code == 200


def test_merged_organisation_redirects(client: Client, place: Organisation) -> None:
    other = Organisation.objects.create(name="Institut Zebra", merged_into=place)
    make_output(title_id="Milik yang lama", contributors=[{"family_name": "Sukarno", "affiliation": other}])
    response = client.get(f"/lembaga/{other.pk}/")
    assert (response.status_code, response["Location"]) == (301, f"/lembaga/{place.pk}/")
    assert "Milik yang lama" in client.get(f"/lembaga/{place.pk}/").content.decode()


def test_organisations_from_a_to_z(client: Client, place: Organisation) -> None:
    make_output(contributors=[{"family_name": "Sukarno", "affiliation": place}])
    Organisation.objects.create(name="Zzz tak dikenal")
    response = client.get("/lembaga/huruf/z/")
    assert [(unit.name, count) for unit, count in response.context["rows"]()] == [("Zebra Institut", 1)]


@pytest.mark.parametrize("kind", ["person", "organisation", "people", "organisations"])
def test_number_of_queries_does_not_grow(
    client: Client, place: Organisation, django_assert_num_queries: Any, kind: str
) -> None:
    people = [{"family_name": "Ani", "affiliation": place}, {"family_name": "Ali", "affiliation": place}]
    make_output(contributors=people[:1])
    address = {
        "person": f"/penulis/{person_of('Ani').pk}/",
        "organisation": f"/lembaga/{place.pk}/",
        "people": "/penulis/huruf/a/",
        "organisations": "/lembaga/huruf/z/",
    }[kind]
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(2):
        make_output(contributors=people)
    with django_assert_num_queries(len(one)):
        client.get(address)
