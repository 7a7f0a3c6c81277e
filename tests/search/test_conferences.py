"""Outputs that were given at a conference: one of the things that narrow a search."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from conferences.actions import papers as actions
from conferences.models import CommitteeRole, Edition, Paper
from conferences.states import EditionState
from publications.models import Output
from tests.factories.conferences import committee, make_edition
from tests.factories.publications import make_output

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]
Index = Callable[[], None]


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def collected(edition: Edition, *outputs: Output) -> list[Paper]:
    by = committee(edition, CommitteeRole.EDITOR)
    return [actions.collect(edition, output, by=by) for output in outputs]


def counts(address: str) -> dict[str, int]:
    response = Client().get(address)
    assert response.status_code == 200
    boxes = html.fromstring(response.content).xpath("//input[@type='checkbox' and @name='konferensi']")
    return {box.get("value"): int(box.getparent().xpath("string(*[@class='count'])")) for box in boxes}


def found(address: str) -> set[str]:
    tree = html.fromstring(Client().get(address).content)
    return {title.text_content() for title in tree.xpath("//*[@class='hit-title']/a")}


def titled(title: str) -> Output:
    return make_output(title_id=title, title_en="", abstract_id="Isi.", abstract_en="")


def test_searches_narrow_by_conference(index: Index) -> None:
    third, fourth = make_edition(EditionState.ARCHIVED, slug="ketiga"), make_edition(slug="keempat")
    collected(third, titled("Rumah A"), titled("Rumah B"))
    collected(fourth, titled("Rumah C"))
    titled("Rumah D")
    index()
    assert counts("/cari/?q=rumah") == {"ketiga": 2, "keempat": 1}
    assert counts("/cari/?q=rumah&konferensi=keempat") == {"ketiga": 2, "keempat": 1}
    assert found("/cari/?konferensi=ketiga") == {"Rumah A", "Rumah B"}
    assert found("/cari/?konferensi=ketiga&konferensi=keempat") == {"Rumah A", "Rumah B", "Rumah C"}


def test_an_edition_in_preparation_is_no_value(index: Index) -> None:
    edition = make_edition(EditionState.DRAFT, slug="rahasia", title_id="Edisi Rahasia", title_en="")
    collected(edition, titled("Rumah A"))
    index()
    answer = Client().get("/cari/?q=rumah&konferensi=rahasia").content.decode()
    assert "Edisi Rahasia" not in answer
    assert counts("/cari/?q=rumah") == {}


@pytest.mark.django_db(transaction=True)
def test_what_is_collected_or_taken_out_is_found_anew(index: Index) -> None:
    edition, output = make_edition(slug="kelima"), titled("Rumah A")
    index()
    assert found("/cari/?konferensi=kelima") == set()
    (paper,) = collected(edition, output)
    index()
    assert found("/cari/?konferensi=kelima") == {"Rumah A"}
    actions.release(paper, by=committee(edition, CommitteeRole.EDITOR))
    index()
    assert found("/cari/?konferensi=kelima") == set()
