"""Two tabs on one brief: nothing of either is lost, and both texts are shown where both changed one."""

import re

import pytest
from django.test import Client

from evidence.actions import briefs
from evidence.briefs.merging import Text, merged, orphans
from evidence.models import Brief
from publications.forms.deposit import digest
from tests.factories.briefs import TEXTS, make_brief
from tests.factories.evidence import make_finding

OLD, MINE, THEIRS = "Awal", "Dari tab ini", "Dari tab lain"


def text(mine: str, stored: str, base: str | None = OLD) -> Text:
    return Text("title_id", mine, stored, "" if base is None else digest(base))


class TestMerging:
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            (text(MINE, OLD), ("texts", MINE)),
            (text(OLD, THEIRS), ("elsewhere", THEIRS)),
            (text(MINE, THEIRS), ("conflicts", THEIRS)),
            (text(MINE, THEIRS, None), ("conflicts", THEIRS)),
            (text(MINE, MINE), ("texts", MINE)),
            (text("", THEIRS), ("conflicts", THEIRS)),
        ],
    )
    def test_of_an_older_page(self, given: Text, expected: tuple[str, str]) -> None:
        found = merged([given], is_current=False)
        kind, value = expected
        assert getattr(found, kind) == {"title_id": value}
        assert len(found.texts) + len(found.conflicts) + len(found.elsewhere) == 1

    def test_of_the_current_page_what_stands_in_it_counts(self) -> None:
        assert merged([text(MINE, OLD, None)], is_current=True).texts == {"title_id": MINE}

    def test_theirs_is_taken_where_a_person_says_so(self) -> None:
        for is_current in (True, False):
            assert merged([text(MINE, THEIRS)], is_current=is_current, taken=["title_id"]).texts["title_id"] == THEIRS

    @pytest.mark.parametrize(
        ("name", "typed", "base", "expected"),
        [
            ("temuan-7-note_id", "Penting.", "", ["Penting."]),
            ("temuan-7-note_id", "Penting.", "Penting.", []),
            ("temuan-8-note_id", "Penting.", "", []),
            ("temuan-7-note_id", "  ", "", []),
            ("temuan-x-note_id", "Penting.", "", []),
            ("temuan-7-note_id\0", "Penting.", "", []),
        ],
    )
    def test_remarks_without_their_finding(self, name: str, typed: str, base: str, expected: list[str]) -> None:
        data = {name: typed} | ({f"base-{name}": digest(base)} if base else {})
        assert orphans(data, ["temuan-8"]) == expected


@pytest.fixture
def brief(client: Client) -> Brief:
    made = make_brief(findings=[make_finding(), make_finding()])
    client.force_login(made.owner)
    return made


def page_of(client: Client, brief: Brief) -> dict[str, str]:
    """What a browser would send that has just opened the page."""
    html = client.get(f"/risalah/{brief.pk}/").content.decode()
    hidden = re.findall(r'name="(base-[\w-]+|revision)" value="(\w*)"', html)
    return TEXTS | dict(hidden) | {"do": "save"}


@pytest.mark.django_db
@pytest.mark.usefixtures("vocabularies")
class TestPages:
    def test_both_are_shown_and_each_can_be_taken(self, client: Client, brief: Brief) -> None:
        path, opened = f"/risalah/{brief.pk}/", page_of(client, brief)
        client.post(path, opened | {"title_id": THEIRS, "message_id": THEIRS})
        response = client.post(path, opened | {"title_id": MINE, "message_id": MINE})
        html = response.content.decode()
        assert response.status_code == 409
        assert html.count('class="theirs"') == 2 and html.count(f">{THEIRS}</p>") == 2 and MINE in html
        brief.refresh_from_db()
        assert (brief.title_id, brief.message_id) == (THEIRS, THEIRS)
        again = opened | dict(re.findall(r'name="(base-[\w-]+|revision)" value="(\w*)"', html))
        again |= {"title_id": MINE, "message_id": MINE, "take": "message_id"}
        assert client.post(path, again).status_code == 302
        brief.refresh_from_db()
        assert (brief.title_id, brief.message_id) == (MINE, THEIRS)

    def test_what_only_one_changed_is_kept_without_asking(self, client: Client, brief: Brief) -> None:
        path, opened = f"/risalah/{brief.pk}/", page_of(client, brief)
        client.post(path, opened | {"title_id": THEIRS})
        response = client.post(path, opened | {"message_id": MINE}, follow=True)
        assert response.status_code == 200 and "tetap seperti yang disimpan" in response.content.decode()
        brief.refresh_from_db()
        assert (brief.title_id, brief.message_id) == (THEIRS, MINE)

    def test_a_finding_that_came_or_moved_meanwhile(self, client: Client, brief: Brief) -> None:
        path, opened = f"/risalah/{brief.pk}/", page_of(client, brief)
        new = make_finding()
        briefs.add_findings(brief, [new], by=brief.owner)
        briefs.save(brief, {}, {new.pk: {"note_id": THEIRS}}, by=brief.owner)
        briefs.move(brief, new.pk, -2, by=brief.owner)
        assert client.post(path, opened | {"title_id": MINE}).status_code == 302
        brief.refresh_from_db()
        assert brief.title_id == MINE and brief.items.get(finding=new).note_id == THEIRS

    def test_a_remark_whose_finding_was_taken_out_is_shown_once_more(self, client: Client, brief: Brief) -> None:
        path, opened = f"/risalah/{brief.pk}/", page_of(client, brief)
        first = brief.items.first()
        assert first is not None
        briefs.remove(brief, first.finding_id, by=brief.owner)
        response = client.post(path, opened | {f"temuan-{first.finding_id}-note_id": MINE})
        assert response.status_code == 409 and f"<blockquote>{MINE}</blockquote>" in response.content.decode()

    def test_hostile_names_take_nothing(self, client: Client, brief: Brief) -> None:
        other = make_brief(title_id="Punya orang lain")
        opened = page_of(client, brief)
        for name in ("owner", "id", "title_id ", "temuan-999-note_id", "\0", "base-title_id"):
            assert client.post(f"/risalah/{brief.pk}/", opened | {"take": name}).status_code == 302
        other.refresh_from_db()
        assert other.title_id == "Punya orang lain"
