import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Person
from publications.actions import review
from publications.models import Identifier, Output, Version
from search.index import documents
from tests.factories.accounts import make_organisation
from tests.factories.publications import (
    make_draft,
    make_output,
    make_submitted,
    make_version,
    some_curator,
    withdraw,
)

from .asking import document, with_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
TODAY = datetime.date(2026, 11, 24)


def test_the_words_of_an_output():
    output = make_output(
        title_id="Anak-anak, HIV/AIDS & Ma’arif",
        title_en="Café society",
        keywords_id=["lanjut usia"],
        keywords_en=["ageing"],
        publisher="Puslitbang",
        container_title="Sosio Konsepsia",
    )
    made = document(output)
    assert made["title"] == ["anak anak hiv aids maarif", "cafe society"]
    assert made["title_key"] == made["title"]
    assert made["keywords"] == ["lanjut usia", "ageing"]
    assert made["published_in"] == ["sosio konsepsia", "puslitbang"]
    assert made["people"] == ["siti rahmawati", "sukarno", "maria goreti lelang"]
    assert made["organisations"] == ["poltekesos bandung"]
    for field in ("title", "abstract", "keywords", "people", "organisations", "published_in"):
        assert set(made[field]) <= set(made["all"])
    assert "people_stem" not in made
    assert {"cafe", "sukarno", "ageing", "bandung"} <= set(made["words"].split())
    assert made["public_id"] == output.public_id


def test_its_values():
    output = make_output(
        pmks=["PMKS-01", "PMKS-08"], provinces=["ID-JT"], methods=["camp"], date=datetime.date(2014, 2, 3)
    )
    made = document(output)
    assert made["pmks"] == ["PMKS-01", "PMKS-08"]
    assert len(made["cluster"]) >= 2
    assert made["topics"] == f"PMKS-01,PMKS-08|{','.join(made['cluster'])}"
    assert (made["province"], made["provinces"]) == (["ID-JT"], "ID-JT")
    assert (made["service"], made["helps"]) == ([], "-|-|-")
    assert (made["kinds"], made["years"]) == ("c_5794|id|open|-", "2014")
    assert (made["type"], made["language"], made["access"], made["year"]) == ("c_5794", "id", "open", 2014)
    later = make_output(date=datetime.date(2014, 2, 4))
    same_day = make_output(date=datetime.date(2014, 2, 3))
    newest = [document(one)["newest"] for one in (output, same_day, later)]
    assert newest == sorted(newest)
    assert len(set(newest)) == 3


def test_a_service_brings_its_pillar():
    from taxonomy.models import Pillar, Service

    service = Service.objects.select_related("pillar").first()
    other = Pillar.objects.exclude(pk=service.pillar_id).first()
    output = make_output()
    output.current.services.set([service])
    output.current.pillars.set([other])
    assert document(output)["service"] == [service.code]
    assert document(output)["pillar"] == sorted([service.pillar.code, other.code])


def test_people_and_organisations_by_id_and_by_every_name():
    place = make_organisation("Balai Besar Contoh", name_en="Example Centre", acronym="BBC", aliases=["Balai Lama"])
    output = make_output(
        contributors=[
            {"given_name": "Siti", "family_name": "Aminah", "affiliation": place},
            {"family_name": "Sukarno", "affiliation": place},
        ]
    )
    siti, sukarno = Person.objects.filter(contributions__version=output.current).order_by("contributions__position")
    Person.objects.filter(pk=siti.pk).update(family_name="Aminah Putri", aliases=["S. Aminah"])
    made = document(output)
    assert made["person"] == [siti.pk, sukarno.pk]
    assert made["people"] == ["siti aminah", "siti aminah putri", "s aminah", "sukarno"]
    assert made["person_names"][0] == f"siti aminah putri\tSiti Aminah Putri\t{siti.pk}"
    assert made["person_names"][1] == f"aminah putri siti\tSiti Aminah Putri\t{siti.pk}"
    assert made["organisation"] == [place.pk]
    assert made["organisations"] == ["balai besar contoh", "example centre", "bbc", "balai lama"]
    assert (made["organisation_1"], made["organisation_2"], made["organisation_more"]) == (str(place.pk), "-", [])
    assert f"bbc\tBBC\t{place.pk}" in made["organisation_names"]


def test_identifiers_are_found_however_they_are_written():
    output = make_output()
    Identifier.objects.create(version=output.current, scheme="doi", value="10.5555/ABC.1")
    Identifier.objects.create(version=output.current, scheme="isbn", value="978-602-1234-56-7")
    made = document(output)
    assert set(made["identifier"]) == {output.public_id.casefold(), "10.5555/abc.1", "9786021234567"}
    assert "10 5555 abc 1" in made["all"]


def test_the_text_of_open_files_page_by_page():
    output = make_output()
    with_text(output, "Halaman pertama", "", "halaman ketiga")
    with_text(output, "Lampiran", name="lampiran.pdf")
    (made,) = documents.build([output.pk], TODAY)
    pages = [json.loads(page) for page in made.pages]
    assert [(page["page"], page["text"]) for page in pages] == [
        (1, "halaman pertama"), (3, "halaman ketiga"), (1, "lampiran"),
    ]  # fmt: skip
    assert {page["id"] for page in pages} == {output.pk}
    assert [page["file"] for page in pages] == [output.current.files.get(name="makalah.pdf").pk] * 2 + [
        output.current.files.get(name="lampiran.pdf").pk
    ]
    assert {"halaman pertama", "halaman ketiga", "lampiran"} <= set(json.loads(made.output)["all"])


@pytest.mark.parametrize(
    "closed",
    [
        {"access": "embargoed", "embargo_until": datetime.date(2099, 1, 1)},
        {"access": "restricted", "embargo_until": None},
        {"access": "metadata_only", "embargo_until": None},
    ],
)
def test_closed_files_give_metadata_alone(closed):
    output = make_output()
    with_text(output, "kata rahasia zzxqy")
    Version.objects.filter(pk=output.current_id).update(**closed)
    (made,) = documents.build([output.pk], TODAY)
    assert made.pages == ()
    assert "zzxqy" not in made.output
    assert json.loads(made.output)["access"] == closed["access"]
    assert "lanjut" in json.loads(made.output)["words"]


def test_an_embargo_ends_on_its_day():
    output = make_output()
    with_text(output, "zzxqy")
    Version.objects.filter(pk=output.current_id).update(access="embargoed", embargo_until=TODAY)
    (before,) = documents.build([output.pk], TODAY - datetime.timedelta(days=1))
    (after,) = documents.build([output.pk], TODAY)
    assert (len(before.pages), json.loads(before.output)["access"]) == (0, "embargoed")
    assert (len(after.pages), json.loads(after.output)["access"]) == (1, "open")
    assert before.digest != after.digest


def test_only_what_is_public_and_current():
    make_draft(title_id="Draf zzxqy")
    make_submitted(title_id="Terkirim zzxqy")
    withdraw(make_output(title_id="Ditarik zzxqy"))
    output = make_output(title_id="Judul lama zzxqy")
    with_text(output, "teks lama zzxqy")
    make_version(output, file_name="baru.pdf", title_id="Judul baru")
    with_text(output, "teks baru", name="baru.pdf")
    built = documents.build(list(Output.objects.values_list("pk", flat=True)), TODAY)
    assert [one.id for one in built] == [output.pk]
    assert "zzxqy" not in built[0].output
    assert "zzxqy" not in "".join(built[0].pages)
    assert len(built[0].pages) == 1


def test_a_digest_is_of_everything():
    output = make_output()
    blob = with_text(output, "teks")
    digests = [documents.build([output.pk], TODAY)[0].digest]
    assert documents.build([output.pk], TODAY)[0].digest == digests[0]
    blob.pages.update(text="teks lain")
    digests.append(documents.build([output.pk], TODAY)[0].digest)
    review.correct(output.current, {"publisher": "Lain"}, "salah", by=some_curator())
    digests.append(documents.build([output.pk], TODAY)[0].digest)
    assert len(set(digests)) == 3
    assert all(0 <= digest < 2**63 for digest in digests)


def test_the_number_of_queries_does_not_depend_on_the_number_of_outputs():
    outputs = [make_output(pmks=["PMKS-01", "PMKS-02"]) for _n in range(4)]
    for output in outputs:
        with_text(output, "satu", "dua")
    counts = []
    for ids in ([outputs[0].pk], [output.pk for output in outputs]):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            documents.build(ids, timezone.localdate())
        counts.append(len(queries))
    assert counts == [14, 14]
