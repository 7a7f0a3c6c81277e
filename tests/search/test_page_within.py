"""Lists that can be searched: of a topic, an author, an organisation, of everything; and works like another."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import html

from accounts.actions.merging import merge_people
from accounts.models import Organisation, Person
from publications.models import Output
from tests.factories.accounts import make_user
from tests.factories.publications import make_output, withdraw
from tests.search.test_page import counts, of, opened, titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]

Index = Callable[[], None]


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def addresses(index: Index) -> list[str]:
    """Of lists that hold the first two of three."""
    place = Organisation.objects.create(name="Zebra Institut")
    people = [{"given_name": "Siti", "family_name": "Rahmawati", "affiliation": place}]
    of("Rumah singgah", 2018, contributors=people)
    of("Panti jompo", 2020, contributors=people, provinces=["ID-BA"])
    of("Rumah lain", 2020, contributors=[{"family_name": "Sukarno"}], pmks=["PMKS-04"])
    index()
    person = Person.objects.get(family_name="Rahmawati")
    return ["/topik/lanjut-usia-terlantar/", f"/penulis/{person.pk}/", f"/lembaga/{place.pk}/"]


def test_words_and_facets_within_a_list(addresses: list[str]) -> None:
    for address in addresses:
        assert titles(opened(address)) == ["Panti jompo", "Rumah singgah"]
        tree = opened(f"{address}?q=rumah")
        assert titles(tree) == ["Rumah singgah"]
        assert tree.xpath("//form[@id='cari']/@action") == [address]
        assert titles(opened(f"{address}?provinsi=bali&tahun=2020")) == ["Panti jompo"]
        assert titles(opened(f"/en{address}?urut=terlama")) == ["Rumah singgah", "Panti jompo"]
        assert "Tidak ada yang ditemukan" in opened(f"{address}?q=rumah&provinsi=bali").text_content()


def test_facets_of_a_list_count_its_own(addresses: list[str]) -> None:
    for address in addresses:
        assert counts(opened(address), "tahun") == {"2020": 1, "2018": 1}
        assert counts(opened(f"{address}?q=rumah"), "tahun") == {"2018": 1}


def test_what_a_list_is_about_is_no_choice(addresses: list[str]) -> None:
    for address, name, value in zip(
        addresses, ("pmks", "penulis", "lembaga"), ("anak-jalanan", "99", "99"), strict=True
    ):
        tree = opened(f"{address}?{name}={value}&q=rumah")
        assert titles(tree) == ["Rumah singgah"]
        assert not tree.xpath(f"//input[@name='{name}']")


def test_all_of_a_list_as_a_file(addresses: list[str]) -> None:
    for address in addresses:
        link = opened(f"{address}?tahun=2018").xpath("//a[contains(@href, '/ekspor/csv')]/@href")[0]
        content = b"".join(Client().get(link)).decode()  # type: ignore[arg-type]
        assert "Rumah singgah" in content and "Panti" not in content and "Rumah lain" not in content


def test_who_was_merged_is_found_under_the_old_number(addresses: list[str], index: Index) -> None:
    admin = make_user("admin@example.org", "administrator")
    person = Person.objects.get(family_name="Rahmawati")
    merge_people(admin, person, Person.objects.create(family_name="Rahmawati", given_name="S."))
    index()
    assert titles(opened(f"/cari/?penulis={person.pk}")) == ["Panti jompo", "Rumah singgah"]


def test_all_publications(addresses: list[str]) -> None:
    tree = opened("/publikasi/")
    assert titles(tree) == ["Rumah lain", "Panti jompo", "Rumah singgah"]
    assert counts(tree, "pmks") == {"lanjut-usia-terlantar": 2, "anak-jalanan": 1}
    assert titles(opened("/publikasi/?q=rumah&pmks=anak-jalanan")) == ["Rumah lain"]
    assert titles(opened("/publikasi/?urut=judul")) == ["Panti jompo", "Rumah lain", "Rumah singgah"]
    assert not tree.xpath("//meta[@name='robots']")
    assert opened("/publikasi/?q=rumah").xpath("//meta[@name='robots']")


@pytest.mark.parametrize("address", ["/publikasi/", "/topik/lanjut-usia-terlantar/"])
def test_pages_that_are_not_there(addresses: list[str], address: str) -> None:
    for page in ("abc", "0", "9" * 30):
        assert Client().get(f"{address}?halaman={page}").status_code == 404
    behind = opened(f"{address}?halaman=99")
    assert titles(behind) == titles(opened(address))
    assert "Tidak ada halaman 99; ini yang terakhir." in " ".join(behind.itertext())
    assert behind.xpath("//meta[@name='robots']")


def test_nobody_appears_because_somebody_searches(addresses: list[str]) -> None:
    nobody = Person.objects.create(family_name="Tersembunyi")
    assert Client().get(f"/penulis/{nobody.pk}/?q=rumah").status_code == 404
    somebody = Person.objects.get(family_name="Sukarno")
    assert opened(f"/penulis/{somebody.pk}/?q=panti").xpath("//h1")[0].text_content() == "Sukarno"


def test_without_an_index_lists_stay_as_they_are() -> None:
    make_output(title_id="Rumah singgah")
    for address in ("/topik/lanjut-usia-terlantar/", f"/penulis/{Person.objects.get(family_name='Sukarno').pk}/"):
        assert titles(opened(address)) == ["Rumah singgah"]
        tree = opened(f"{address}?q=panti")
        assert titles(tree) == ["Rumah singgah"]
        assert "Pencarian sedang disiapkan" in tree.text_content()
    tree = opened("/publikasi/?q=panti")
    assert titles(tree) == [] and "Pencarian sedang disiapkan" in tree.text_content()
    assert titles(opened("/publikasi/?q=singgah")) == ["Rumah singgah"]


# --- works like another ----------------------------------------------------------------------------------------------


def similar(output: Output, prefix: str = "") -> dict[str, str]:
    tree = opened(f"{prefix}/publikasi/{output.public_id}/")
    found = tree.xpath("//section[@id='serupa']//li")
    return {item.xpath("string(a)"): item.xpath("normalize-space(p)") for item in found}


def test_similar_works_come_with_the_reason(index: Index) -> None:
    other = {"contributors": [{"family_name": "Wagiman"}]}
    one = of("Rumah singgah lanjut usia", abstract_id="Rumah singgah bagi lanjut usia di desa.")
    of("Rumah singgah anak jalanan", pmks=["PMKS-04"], **other)
    of("Panti lanjut usia", **other)
    of("Nelayan", pmks=["PMKS-24"], **other)
    gone = of("Rumah singgah lanjut usia kota", **other)
    index()
    withdraw(gone)
    found = similar(one)
    assert "Nelayan" not in found and "Rumah singgah lanjut usia kota" not in found
    assert found["Panti lanjut usia"] == "PMKS yang sama: Lanjut Usia Terlantar"
    assert similar(one, "/en")["Panti lanjut usia"] == "same PMKS: Neglected older person"


def test_without_an_index_there_are_none() -> None:
    one = of("Rumah singgah")
    of("Rumah singgah lagi")
    assert similar(one) == {}


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_drawn_anew_when_the_index_knows_more(index: Index) -> None:
    """Without another change of the content: pages drawn before the index followed do not stay."""
    cache.clear()
    one = of("Rumah singgah lanjut usia")
    index()
    of("Rumah singgah lanjut usia lagi")
    client = Client()
    addresses = ["/cari/?q=singgah", "/topik/lanjut-usia-terlantar/?q=singgah", "/publikasi/?q=singgah"]
    for address in addresses:
        assert len(titles(opened(address, client))) == 1
    assert len(titles(opened("/publikasi/", client))) == 2, "the plain list knows at once"
    facets = counts(html.fromstring(client.get("/publikasi/").content), "pmks")
    assert similar(one) == {} and facets == {"lanjut-usia-terlantar": 1}
    index()
    for address in addresses:
        assert len(titles(opened(address, client))) == 2
    assert counts(opened("/publikasi/", client), "pmks") == {"lanjut-usia-terlantar": 2}
    assert list(similar(one)) == ["Rumah singgah lanjut usia lagi"]
