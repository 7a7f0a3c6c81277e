"""One source for all metadata: the forms that others read say the same."""

import html
import json
import re
from typing import Any

import pytest
from django.test import Client

from publications.models import Output
from tests.factories.publications import attach, make_draft, make_output, make_version, some_curator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]


@pytest.fixture(autouse=True)
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def tags_of(text: str) -> list[tuple[str, str]]:
    found = re.findall(r'<meta (?:name|property)="((?:citation_|og:)[^"]+)" content="([^"]*)">', text)
    return [(name, html.unescape(value)) for name, value in found]


def values(tags: list[tuple[str, str]], name: str) -> list[str]:
    return [value for key, value in tags if key == name]


def read(
    client: Client, output: Output, prefix: str = "", tail: str = ""
) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    text = client.get(f"{prefix}/publikasi/{output.public_id}/{tail}").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert block
    return tags_of(text), json.loads(block.group(1))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_form_says_the_same(client: Client, prefix: str) -> None:
    output = make_output(identifiers=[("doi", "10.1234/kesos.1"), ("isbn", "978-602-0000-00-0")])
    tags, ld = read(client, output, prefix)
    csl = json.loads(client.get(f"{prefix}/publikasi/{output.public_id}/sitasi.json").content)[0]
    assert values(tags, "citation_title") == [ld["name"]] == [csl["title"]]
    assert [author["name"] for author in ld["author"]] == ["Siti Rahmawati", "Sukarno", "Maria Goreti Lelang"]
    assert values(tags, "citation_author") == ["Rahmawati, Siti", "Sukarno", "Lelang, Maria Goreti"]
    assert [author.get("family") or author["literal"] for author in csl["author"]] == ["Rahmawati", "Sukarno", "Lelang"]
    assert values(tags, "citation_publication_date") == [ld["datePublished"].replace("-", "/")] == ["2014/11/25"]
    assert csl["issued"]["date-parts"] == [[2014, 11, 25]]
    assert (
        values(tags, "citation_doi")
        == [csl["DOI"]]
        == [i["value"] for i in ld["identifier"] if i["propertyID"] == "doi"]
    )
    assert values(tags, "citation_pdf_url") == [ld["encoding"][0]["contentUrl"]]
    assert values(tags, "citation_abstract_html_url") == [ld["url"]] == values(tags, "og:url")
    assert values(tags, "citation_language") == [ld["inLanguage"]] == [csl["language"]]
    assert values(tags, "citation_keywords") == ld["keywords"] == csl["keyword"].split(", ")
    assert (values(tags, "citation_firstpage"), values(tags, "citation_lastpage")) == (
        [ld["pageStart"]],
        [ld["pageEnd"]],
    )
    assert values(tags, "citation_publisher") == [ld["publisher"]["name"]] == [csl["publisher"]]
    assert ld["@id"] == csl["URL"] == f"http://testserver/publikasi/{output.public_id}/"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_pdf_lies_in_the_folder_of_the_page(client: Client, prefix: str) -> None:
    output = make_output()
    tags, _ld = read(client, output, prefix)
    (pdf,) = values(tags, "citation_pdf_url")
    assert pdf == f"http://testserver{prefix}/publikasi/{output.public_id}/makalah.pdf"
    assert client.get(pdf.removeprefix("http://testserver")).status_code == 200


def test_json_ld_in_full(client: Client) -> None:
    output = make_output(licence="CC-BY-4.0", funder="LPDP")
    _tags, ld = read(client, output)
    file = output.current.files.get()
    assert ld["@type"] == "ScholarlyArticle" and ld["version"] == "1" and ld["isAccessibleForFree"] is True
    assert ld["alternateName"] == [output.current.title_en] and ld["license"].startswith("https://creativecommons.org/")
    assert ld["encoding"] == [
        {
            "@type": "MediaObject",
            "name": "makalah.pdf",
            "contentUrl": f"http://testserver/publikasi/{output.public_id}/makalah.pdf",
            "encodingFormat": "application/pdf",
            "contentSize": f"{file.blob.size} B",
            "sha256": file.blob.sha256,
        }
    ]
    assert ld["about"][0]["@type"] == "DefinedTerm" and ld["about"][0]["termCode"] == "PMKS-08"
    assert ld["spatialCoverage"][0]["name"] == "Jawa Tengah"
    assert ld["isPartOf"] == {"@type": "Book", "name": "Prosiding KNHP III"}
    assert ld["author"][0]["affiliation"]["name"] == "Poltekesos Bandung"
    assert ld["author"][1] == {"@type": "Person", "name": "Sukarno"}
    assert ld["author"][2]["@id"] == "https://orcid.org/0000-0002-1825-0097"


@pytest.mark.parametrize(
    ("kind", "present", "absent"),
    [
        (
            "c_5794",
            ["citation_inbook_title", "citation_conference_title"],
            ["citation_journal_title", "citation_technical"],
        ),
        ("c_18ws", ["citation_technical_report_institution"], ["citation_conference_title", "citation_inbook_title"]),
        ("c_bdcc", ["citation_dissertation_institution"], ["citation_conference_title", "citation_journal_title"]),
        (
            "c_6501",
            ["citation_journal_title", "citation_volume", "citation_issue"],
            ["citation_conference", "citation_inbook"],
        ),
        ("c_3248", ["citation_inbook_title"], ["citation_conference_title"]),
        (
            "c_2f33",
            ["citation_publisher"],
            ["citation_inbook_title", "citation_conference_title", "citation_journal_title"],
        ),
    ],
)
def test_only_the_tags_of_the_type(client: Client, kind: str, present: list[str], absent: list[str]) -> None:
    output = make_output(type=kind, volume="9", issue="2")
    names = [name for name, _value in read(client, output)[0]]
    for name in present:
        assert name in names
    for prefix in absent:
        assert not any(name.startswith(prefix) for name in names)
    if kind == "c_5794":
        assert names.index("citation_inbook_title") < names.index("citation_conference_title")


def test_report_number(client: Client) -> None:
    output = make_output(type="c_18ws", identifiers=[("report", "12/LP/2014")])
    assert values(read(client, output)[0], "citation_technical_report_number") == ["12/LP/2014"]


@pytest.mark.parametrize(("precision", "date"), [("year", "2014"), ("month", "2014/11"), ("day", "2014/11/25")])
def test_formal_date_and_never_the_date_of_upload(client: Client, precision: str, date: str) -> None:
    tags, ld = read(client, make_output(date_precision=precision))
    assert values(tags, "citation_publication_date") == [date] and ld["datePublished"] == date.replace("/", "-")
    assert values(tags, "citation_online_date") != [date]


@pytest.mark.parametrize("access", ["restricted", "metadata_only"])
def test_closed_files_are_nowhere(client: Client, access: str) -> None:
    output = make_output(access=access)
    for reader in (None, output.owner, some_curator()):
        if reader:
            client.force_login(reader)
        tags, ld = read(client, output)
        assert not values(tags, "citation_pdf_url") and not values(tags, "og:image")
        assert "encoding" not in ld and "thumbnailUrl" not in ld and ld["isAccessibleForFree"] is False
        assert "L1  - " not in client.get(f"/publikasi/{output.public_id}/sitasi.ris").content.decode()


def test_pdf_larger_than_scholar_takes_is_not_offered_to_it(client: Client) -> None:
    output = make_output()
    blob = output.current.files.get().blob
    blob.size = 5 * 1024 * 1024 + 1
    blob.save()
    tags, ld = read(client, output)
    assert not values(tags, "citation_pdf_url") and ld["encoding"]


def test_old_version_describes_itself(client: Client) -> None:
    output = make_output()
    make_version(output, title_id="Judul baru")
    tags, ld = read(client, output, tail="v1/")
    assert values(tags, "citation_title")[0].startswith("Perawatan") and ld["version"] == "1"
    assert values(tags, "citation_pdf_url") == [f"http://testserver/publikasi/{output.public_id}/v1/makalah.pdf"]
    assert "Perawatan" in client.get(f"/publikasi/{output.public_id}/v1/sitasi.bib").content.decode()
    assert "Judul baru" in client.get(f"/publikasi/{output.public_id}/sitasi.bib").content.decode()


@pytest.mark.parametrize(
    ("extension", "mime"),
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_citation_files(client: Client, extension: str, mime: str) -> None:
    output = make_output()
    for prefix in ("", "/en"):
        response = client.get(f"{prefix}/publikasi/{output.public_id}/sitasi.{extension}")
        assert response["Content-Type"] == f"{mime}; charset=utf-8"
        assert response["Content-Disposition"] == f'attachment; filename="{output.public_id}.{extension}"'
        assert "Sukarno" in response.content.decode()
    assert client.get(f"/publikasi/{output.public_id}/sitasi.exe").status_code == 404


def test_editors_of_proceedings_and_attachments(client: Client) -> None:
    from publications.actions import drafts, review

    version = make_draft(type="c_f744", contributors=[{"family_name": "Wati", "given_name": "Ani", "role": "editor"}])
    attach(version, "data.csv", "dataset", content=b"a,b", mime="text/csv")
    output = review.publish(drafts.submit(version, by=version.output.owner), by=some_curator())
    tags, ld = read(client, output)
    assert values(tags, "citation_editor") == ["Wati, Ani"] and "author" not in ld
    assert [file["encodingFormat"] for file in ld["encoding"]] == ["application/pdf", "text/csv"]
