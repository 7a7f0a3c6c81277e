"""The papers of an edition: at its desk, on its site, and on the pages of the papers themselves."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from accounts.models import Role
from conferences.actions import papers as actions
from conferences.models import CommitteeRole, Edition, Paper
from conferences.states import EditionState
from publications.models import Output
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition
from tests.factories.publications import make_draft, make_output, withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies", "storage")]


@pytest.fixture
def storage(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


def client_of(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def editor_of(edition: Edition) -> Client:
    return client_of(committee(edition, CommitteeRole.EDITOR))


def with_papers(number: int, state: str = EditionState.ARCHIVED) -> tuple[Edition, list[Output]]:
    edition = make_edition(state)
    outputs = [make_output(title_id=f"Rumah {n}", title_en="") for n in range(number)]
    actions.collect_all(edition, outputs, by=committee(edition, CommitteeRole.EDITOR))
    return edition, outputs


def titles(client: Client, edition: Edition) -> list[str]:
    tree = html.fromstring(client.get(f"/konferensi/{edition.slug}/makalah/").content)
    return [title.text_content() for title in tree.xpath("//*[@class='hit-title']/a")]


ALLOWED = (CommitteeRole.CHAIR, CommitteeRole.SECRETARY, CommitteeRole.EDITOR)


@pytest.mark.parametrize("role", CommitteeRole.values)
def test_who_of_the_committee_opens_the_desk(role: str) -> None:
    edition, outputs = with_papers(1)
    client = client_of(committee(edition, role))
    expected = 200 if role in ALLOWED else 403
    assert client.get(f"/panitia/{edition.slug}/makalah/").status_code == expected
    assert client.post(f"/panitia/{edition.slug}/makalah/", {"outputs": "x"}).status_code == (
        422 if role in ALLOWED else 403
    )
    paper = Paper.objects.get()
    assert client.post(f"/panitia/{edition.slug}/makalah/{paper.pk}/keluarkan/").status_code == (
        302 if role in ALLOWED else 403
    )
    assert Paper.objects.exists() == (role not in ALLOWED)
    assert outputs[0].is_public


def test_who_else_opens_the_desk() -> None:
    edition, _outputs = with_papers(1)
    address = f"/panitia/{edition.slug}/makalah/"
    assert Client().get(address).status_code == 302
    assert client_of(make_user("asing@contoh.id")).get(address).status_code == 403
    assert client_of(make_user("kurator@contoh.id", role=Role.CURATOR)).get(address).status_code == 200
    assert client_of(committee(make_edition(), CommitteeRole.CHAIR)).get(address).status_code == 403
    hidden = make_edition(EditionState.DRAFT)
    assert client_of(make_user("lain@contoh.id")).get(f"/panitia/{hidden.slug}/makalah/").status_code == 404


def test_papers_are_taken_over_by_address_or_number_all_or_none() -> None:
    edition, client = (edition := make_edition()), editor_of(edition)
    first, second = make_output(), make_output()
    address = f"/panitia/{edition.slug}/makalah/"
    lines = f" https://contoh.id/en/publikasi/{first.public_id}/v1/?a=1 \n\n{str(second.public_id).lower()}\n"
    lines += str(first.public_id)
    refused = client.post(address, {"outputs": f"{lines}\ntidak-ada"})
    assert refused.status_code == 422
    assert "tidak-ada" in refused.content.decode()
    assert not Paper.objects.exists()
    assert client.post(address, {"outputs": lines}).status_code == 302
    assert [paper.output for paper in edition.papers.all()] == [first, second]


@pytest.mark.parametrize("typed", ["", "\0", "x" * 20_001, "../../etc", "/publikasi/", "🙂\n" * 300])
def test_bad_input_is_told_and_kept(typed: str) -> None:
    edition = make_edition()
    response = editor_of(edition).post(f"/panitia/{edition.slug}/makalah/", {"outputs": typed})
    assert response.status_code == 422
    assert not Paper.objects.exists()


def test_what_is_not_public_or_given_elsewhere_is_not_taken_over() -> None:
    edition, (output,) = with_papers(1)
    other, client = (other := make_edition()), editor_of(other)
    address = f"/panitia/{other.slug}/makalah/"
    answer = client.post(address, {"outputs": str(output.public_id)})
    assert answer.status_code == 422
    assert edition.title in answer.content.decode()
    gone = make_output()
    withdraw(gone)
    assert client.post(address, {"outputs": str(gone.public_id)}).status_code == 422
    assert client.post(address, {"outputs": str(make_draft().output.pk)}).status_code == 422
    assert not other.papers.exists()


def test_a_paper_of_another_edition_is_not_taken_out() -> None:
    edition, _outputs = with_papers(1)
    other = make_edition()
    paper = edition.papers.get()
    assert editor_of(other).post(f"/panitia/{other.slug}/makalah/{paper.pk}/keluarkan/").status_code == 404
    assert edition.papers.exists()


def test_the_site_lists_them_in_order_and_only_what_is_public() -> None:
    edition, outputs = with_papers(3)
    assert titles(Client(), edition) == ["Rumah 0", "Rumah 1", "Rumah 2"]
    assert f"/konferensi/{edition.slug}/makalah/" in Client().get(f"/konferensi/{edition.slug}/").content.decode()
    withdraw(outputs[1])
    assert titles(Client(), edition) == ["Rumah 0", "Rumah 2"]
    desk = editor_of(edition).get(f"/panitia/{edition.slug}/makalah/").content.decode()
    assert "Rumah 1" in desk


def test_an_edition_without_papers_has_no_entry_for_them() -> None:
    edition = make_edition()
    assert "/makalah/" not in Client().get(f"/konferensi/{edition.slug}/").content.decode()
    assert Client().get(f"/konferensi/{edition.slug}/makalah/").status_code == 200


def test_an_edition_in_preparation_is_named_nowhere() -> None:
    edition, (output,) = with_papers(1, EditionState.DRAFT)
    assert Client().get(f"/konferensi/{edition.slug}/makalah/").status_code == 404
    assert edition.title not in Client().get(f"/publikasi/{output.public_id}/").content.decode()
    Edition.objects.update(state=EditionState.PUBLIC)
    assert edition.title in Client().get(f"/publikasi/{output.public_id}/").content.decode()


@pytest.mark.parametrize("address", ["/panitia/{}/makalah/", "/konferensi/{}/makalah/"])
def test_the_number_of_queries_does_not_depend_on_the_papers(address: str) -> None:
    counts = []
    for number in (1, 3):
        edition, _outputs = with_papers(number)
        client = editor_of(edition)
        client.get(address.format(edition.slug))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address.format(edition.slug)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
