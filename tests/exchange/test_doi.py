"""Deposit files: complete, in the order that the schemas want, and proven where a schema is installed."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from lxml import etree

from conferences.models import CommitteeRole, Volume
from exchange import actions
from exchange.doi import crossref, datacite
from exchange.doi.facts import facts_of
from exchange.doi.validating import NoSchema, errors_in, schema_of
from exchange.models import Agency, DoiDeposit
from tests.conferences.proceedings.test_pages import as_published
from tests.factories.accounts import make_organisation
from tests.factories.conferences import committee, make_edition, make_track, some_author
from tests.factories.proceedings import editor_of, make_paper, make_volume
from tests.factories.publications import some_curator

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
C, D = {"c": crossref.NAMESPACE, "j": crossref.JATS, "ai": crossref.AI}, {"d": datacite.NAMESPACE}
# The agencies' own files are no part of this software: an installed copy, or one beside the work tree.
REAL = Path(os.environ.get("KESOS_DOI_SCHEMAS", Path(site.BASE_DIR).parent / "shared/data/doi-schemas"))
TOY = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://datacite.org/schema/kernel-4"
  elementFormDefault="qualified"><xs:element name="resource"><xs:complexType><xs:sequence>
  <xs:element name="identifier"/><xs:element name="%s"/>
  <xs:any minOccurs="0" maxOccurs="unbounded" processContents="skip"/>
  </xs:sequence></xs:complexType></xs:element></xs:schema>"""


@pytest.fixture(autouse=True)
def _storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.DOI_SCHEMAS = tmp_path / "schemas"


def needs(agency: str) -> Any:
    path = {"crossref": f"crossref/crossref{crossref.VERSION}.xsd", "datacite": "datacite/metadata.xsd"}[agency]
    return pytest.mark.skipif(
        not (REAL / path).is_file(), reason=f"needs the schema of {agency}, which is not ours to ship"
    )


def volume_with_dois(**facts: Any) -> Volume:
    edition = make_edition()
    track = make_track(edition, pmks=["PMKS-08"])
    place = make_organisation(name="Poltekesos Bandung", ror="03yrm5c26")
    authors = (
        {"given_name": "Šárka Ñuñez", "family_name": "Đorđević", "affiliation": place, "orcid": "0000-0002-1825-0097"},
        {"family_name": "Sukarno", "affiliation_name": "Dinas Sosial <DIY> & Mitra"},
    )
    make_paper(track, authors=authors, title_en="Care & <kin>", abstract_en="First.\n\nSecond \x01line.")
    make_paper(track, language="en", title_id="", title_en="Only English", abstract_id="", abstract_en="One.")
    return as_published(make_volume(0, edition, doi="10.1234/knpks", issn="2085-9112", number="4", **facts))


def tree(content: bytes) -> Any:
    return etree.fromstring(content)


def test_crossref_names_everything_in_the_order_of_its_schema() -> None:
    volume = volume_with_dois()
    root = tree(crossref.deposit(facts_of(volume), volume.published_at))  # type: ignore[arg-type]
    conference = root.find(".//c:conference", C)
    assert [etree.QName(one).localname for one in conference] == [
        "contributors", "event_metadata", "proceedings_series_metadata", "conference_paper", "conference_paper",
    ]  # fmt: skip
    paper = conference.find("c:conference_paper", C)
    assert [etree.QName(one).localname for one in paper] == [
        "contributors", "titles", "abstract", "abstract", "publication_date", "acceptance_date", "pages", "program",
        "doi_data",
    ]  # fmt: skip
    first, second = paper.findall(".//c:person_name", C)
    assert first.findtext("c:given_name", "", C) == "Šárka Ñuñez" and first.findtext("c:surname", "", C) == "Đorđević"
    assert first.findtext(".//c:institution_id", "", C) == "https://ror.org/03yrm5c26"
    assert first.findtext("c:ORCID", "", C) == "https://orcid.org/0000-0002-1825-0097"
    assert second.find("c:given_name", C) is None and second.findtext("c:surname", "", C) == "Sukarno"
    assert second.findtext(".//c:institution_name", "", C) == "Dinas Sosial <DIY> & Mitra"
    assert paper.findtext("c:titles/c:title", "", C) == "Care & <kin>"
    assert [one.text for one in paper.findall("j:abstract[2]/j:p", C)] == ["First.", "Second line."]
    assert (paper.findtext("c:pages/c:first_page", "", C), paper.findtext("c:pages/c:last_page", "", C)) == ("1", "2")
    assert paper.findtext("c:doi_data/c:doi", "", C) == "10.1234/knpks.1"
    assert "/publikasi/" in paper.findtext("c:doi_data/c:resource", "", C)
    assert [etree.QName(one).localname for one in conference.find("c:proceedings_series_metadata", C)] == [
        "series_metadata", "proceedings_title", "volume", "publisher", "publication_date", "isbn", "doi_data",
    ]  # fmt: skip


def test_without_issn_and_isbn_it_is_no_series() -> None:
    volume = volume_with_dois()
    volume.issn = volume.isbn = ""
    made = tree(crossref.deposit(facts_of(volume), volume.published_at)).find(".//c:proceedings_metadata", C)  # type: ignore[arg-type]
    assert [etree.QName(one).localname for one in made] == [
        "proceedings_title", "publisher", "publication_date", "noisbn", "doi_data",
    ]  # fmt: skip


def test_datacite_names_volume_and_papers() -> None:
    files = datacite.resources(facts_of(volume_with_dois()))
    assert list(files) == ["10.1234/knpks", "10.1234/knpks.1", "10.1234/knpks.2"]
    paper = tree(files["10.1234/knpks.1"])
    single = paper.findall(".//d:creator", D)[1]
    assert single.findtext("d:creatorName", "", D) == "Sukarno" and single.find("d:givenName", D) is None
    related = [(one.get("relationType"), one.text) for one in paper.findall(".//d:relatedIdentifier", D)]
    assert related == [("IsPartOf", "10.1234/knpks")]
    parts = tree(files["10.1234/knpks"]).findall(".//d:relatedIdentifier[@relationType='HasPart']", D)
    assert [one.text for one in parts] == ["10.1234/knpks.1", "10.1234/knpks.2"]
    english = tree(files["10.1234/knpks.2"])
    assert [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in english.findall(".//d:title", D)[:1]] == [
        "en"
    ]


@needs("crossref")
@pytest.mark.parametrize("facts", [{}, {"isbn": ""}])
def test_crossref_files_are_valid(settings: Any, facts: dict[str, str]) -> None:
    settings.DOI_SCHEMAS = REAL
    volume = volume_with_dois(**facts)
    assert errors_in(crossref.deposit(facts_of(volume), volume.published_at), Agency.CROSSREF) == {}  # type: ignore[arg-type]
    volume.issn = ""
    assert errors_in(crossref.deposit(facts_of(volume), volume.published_at), Agency.CROSSREF) == {}  # type: ignore[arg-type]


@needs("datacite")
def test_datacite_files_are_valid(settings: Any) -> None:
    settings.DOI_SCHEMAS = REAL
    for content in datacite.resources(facts_of(volume_with_dois())).values():
        assert errors_in(content, Agency.DATACITE) == {}


def test_a_schema_that_is_not_there_proves_nothing() -> None:
    volume = volume_with_dois()
    made = actions.check(volume, Agency.CROSSREF, by=editor_of(volume.edition))
    assert {one.state for one in made} == {"unproven"} and all(one.message for one in made)
    with pytest.raises(NoSchema):
        schema_of(Agency.DATACITE)


def write(folder: Path, wanted: str) -> None:
    (folder / "datacite").mkdir(parents=True, exist_ok=True)
    (folder / "datacite/metadata.xsd").write_text(TOY % wanted)


def test_each_doi_has_its_state_and_a_new_check_replaces_it(settings: Any) -> None:
    volume = volume_with_dois()
    by = editor_of(volume.edition)
    write(settings.DOI_SCHEMAS, "creators")
    made = actions.check(volume, Agency.DATACITE, by=by)
    assert {one.state for one in made} == {"valid"} and [one.paper_id is None for one in made] == [True, False, False]
    assert made[1].output == volume.papers.get(doi="10.1234/knpks.1").submission.paper.output
    os.utime(settings.DOI_SCHEMAS, (1, 1))
    write(settings.DOI_SCHEMAS, "titles")
    os.utime(settings.DOI_SCHEMAS / "datacite/metadata.xsd", (1, 1))
    made = actions.check(volume, Agency.DATACITE, by=by)
    assert {one.state for one in made} == {"faulty"} and "titles" in made[0].message
    assert DoiDeposit.objects.count() == 3


def test_what_no_schema_sees_is_a_fault_too(settings: Any) -> None:
    edition = make_edition()
    make_paper(make_track(edition, pmks=["PMKS-08"]))
    volume = as_published(make_volume(0, edition, doi="10.1234/x"), public=False)
    write(settings.DOI_SCHEMAS, "creators")
    states = {one.doi: one.state for one in actions.check(volume, Agency.DATACITE, by=editor_of(edition))}
    assert states == {"10.1234/x": "valid", "10.1234/x.1": "faulty"}


def test_who_may_and_a_volume_without_doi() -> None:
    volume = make_volume(0)
    with pytest.raises(actions.NoDoi):
        actions.check(volume, Agency.CROSSREF, by=editor_of(volume.edition))
    for user in (some_author(), some_curator(), committee(volume.edition, CommitteeRole.PROGRAMME_CHAIR)):
        with pytest.raises(PermissionDenied):
            actions.check(volume, Agency.CROSSREF, by=user)


def test_the_page_checks_and_gives_the_files(client: Client) -> None:
    volume = volume_with_dois()
    page, slug = reverse("exchange:doi", args=[volume.edition.slug]), volume.edition.slug
    assert client.get(page).status_code == 302
    client.force_login(some_author())
    assert client.get(page).status_code == 403
    client.force_login(editor_of(volume.edition))
    assert "10.1234/knpks.2" in client.get(page).content.decode()
    assert client.get(page, {"agen": "lain"}).status_code == 404
    done = client.post(reverse("exchange:check_doi", args=[slug, "datacite"]), follow=True).content.decode()
    assert "3 DOI" in done
    whole = client.get(reverse("exchange:doi_file", args=[slug, "crossref"]))
    assert tree(whole.content).get("version") == "5.4.0"
    packed = zipfile.ZipFile(io.BytesIO(client.get(reverse("exchange:doi_file", args=[slug, "datacite"])).content))
    assert len(packed.namelist()) == 3
    assert client.get(reverse("exchange:doi_file", args=[slug, "lain"])).status_code == 404
    empty = make_volume(0)
    client.force_login(editor_of(empty.edition))
    assert client.get(reverse("exchange:doi_file", args=[empty.edition.slug, "crossref"])).status_code == 404
    assert "belum punya DOI" in client.post(
        reverse("exchange:check_doi", args=[empty.edition.slug, "crossref"]), follow=True
    ).content.decode()  # fmt: skip
