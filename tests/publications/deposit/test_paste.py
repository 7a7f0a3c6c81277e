"""A pasted record: field by field, mine or theirs."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from publications.models import Version

from .conftest import address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]

BIBTEX = """@article{r2024, title={Family-based care for older people}, author={Rahmawati, Siti and Sukarno},
 journal={Jurnal Kesejahteraan Sosial}, year={2024}, month=may, volume={12}, number={3}, pages={1--20},
 doi={10.1234/ABC}, issn={0378-5955}, language={english}, keywords={care; older people}}"""
RIS = "TY  - RPRT\nTI  - Laporan penelitian anak jalanan\nAU  - Tukiran\nPY  - 2023\nLA  - id\nER  - \n"
CSL = """[{"type": "book", "title": "Care in villages", "language": "en", "author": [{"family": "Sukarno"}],
 "issued": {"date-parts": [[2020, 5, 2]]}}]"""


def begin(client: Client, text: str) -> Any:
    return client.post(reverse("publications:deposit_begin_pasted"), {"text": text})


@pytest.mark.parametrize(
    ("text", "title", "names", "day"),
    [
        (BIBTEX, "Family-based care for older people", ["Siti Rahmawati", "Sukarno"], "2024-05-01 month"),
        (RIS, "Laporan penelitian anak jalanan", ["Tukiran"], "2023-01-01 year"),
        (CSL, "Care in villages", ["Sukarno"], "2020-05-02 day"),
    ],
)
def test_a_draft_begins_from_a_record(as_owner: Client, text: str, title: str, names: list[str], day: str) -> None:
    response = begin(as_owner, text)
    version = Version.objects.get()
    assert response.headers["Location"] == address("edit", version)
    assert title in (version.title_id, version.title_en)
    assert [c.name for c in version.contributors.all()] == names
    assert f"{version.date} {version.date_precision}" == day
    assert version.type is not None
    assert version.suggestions == {}


def test_a_bare_doi(as_owner: Client, settings: Any) -> None:
    settings.DOI_LOOKUP = False
    begin(as_owner, "https://doi.org/10.1234/ABC")
    assert Version.objects.get().identifiers.get().value == "10.1234/abc"


@pytest.mark.parametrize("text", ["", "halo dunia", "@article{", "[{]", "x" * 300_000])
def test_what_is_no_record_begins_nothing_and_stays(as_owner: Client, text: str) -> None:
    response = begin(as_owner, text)
    assert response.status_code == 422
    assert text[:200] in response.content.decode()
    assert not Version.objects.exists()


def compared(client: Client, version: Version) -> tuple[str, dict[str, list[str]]]:
    page = client.post(address("paste", version), {"text": BIBTEX}).content.decode()
    sent: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page):
        sent.setdefault(name, []).append(value)
    return page, sent


def test_both_sides_are_shown_and_what_is_there_stays_by_default(as_owner: Client, complete: Version) -> None:
    page, _sent = compared(as_owner, complete)
    assert "Family-based care for older people" in page
    assert "Family-based care for neglected older people" in page
    assert re.search(r'name="choice-title_en" value="stored" checked', page)
    assert re.search(r'name="choice-volume" value="mine" checked', page), "an empty field takes theirs"
    complete.refresh_from_db()
    assert complete.volume == ""


def test_each_field_is_chosen_apart(as_owner: Client, complete: Version) -> None:
    _page, sent = compared(as_owner, complete)
    chosen = {f"choice-{name}": "stored" for name in sent["block"]} | {"choice-title_en": "mine", "choice-date": "mine"}
    assert as_owner.post(address("edit", complete), sent | chosen).status_code == 302
    complete.refresh_from_db()
    assert complete.title_en == "Family-based care for older people"
    assert complete.container_title == ""
    assert complete.contributors.count() == 2


def test_everything_taken_over(as_owner: Client, draft: Version) -> None:
    _page, sent = compared(as_owner, draft)
    assert as_owner.post(address("edit", draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.volume, draft.issue, draft.container_title) == ("12", "3", "Jurnal Kesejahteraan Sosial")
    assert {i.scheme for i in draft.identifiers.all()} == {"doi", "issn"}
    assert "sudah berisi hal yang sama" in as_owner.post(address("paste", draft), {"text": BIBTEX}).content.decode()
