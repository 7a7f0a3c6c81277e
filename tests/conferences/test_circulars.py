"""Letters of the committee to a group: who gets them, what is filled in, looked at before, once."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import LogEntry, User
from conferences.actions import circulars, letters
from conferences.actions.common import ChangedMeanwhile
from conferences.letters import Wording
from conferences.models import CommitteeMember, CommitteeRole, Edition, Letter
from conferences.queries.circulars import GROUPS
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition, make_submission, make_track, some_author
from tests.factories.reviewing import make_reviewer

pytestmark = pytest.mark.django_db
WRITERS = {CommitteeRole.CHAIR, CommitteeRole.SECRETARY, CommitteeRole.PROGRAMME_CHAIR}
PLAIN = {"id": Wording("Kabar {conference}", "Yth. {name},\nbuka {link}")}


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def write(edition: Edition, group: str, texts: dict[str, Wording] = PLAIN, by: User | None = None) -> list[Letter]:
    by = by or committee(edition, "chair")
    seen = circulars.digest(circulars.drafts(edition, group, texts, by=by))
    circulars.write(edition, group, texts, by=by, seen=seen)
    return list(Letter.objects.filter(edition=edition).order_by("pk"))


def test_an_author_gets_one_letter_or_one_for_each_submission(edition: Edition) -> None:
    track, author = make_track(edition), some_author(language="en")
    first, second = (make_submission(track, "accepted", by=author, title_en=f"Title {{{n}}}") for n in (1, 2))
    make_submission(track, "rejected")
    (letter,) = write(edition, "penulis-accepted")
    assert (letter.email, letter.kind, letter.language) == (author.email, "circular", "id")
    assert "/akun/kiriman/" in letter.body and author.name in letter.body
    Letter.objects.all().delete()
    texts = PLAIN | {"en": Wording("About {number}", "{title} ({track}): {link}")}
    made = write(edition, "penulis-accepted", texts)
    assert [letter.subject for letter in made] == [f"About {first.number}", f"About {second.number}"]
    assert made[1].body.startswith("Title {2} (")
    assert f"/en/konferensi/{edition.slug}/kiriman/{second.pk}/" in made[1].body


def test_every_group_holds_whom_it_says(edition: Edition) -> None:
    track = make_track(edition)
    for state in ("draft", "submitted", "revision", "accepted", "rejected", "withdrawn"):
        make_submission(track, state, by=some_author(f"{state}@contoh.id"))
    make_submission(track, "accepted", accepted_as="poster", by=some_author("poster@contoh.id"))
    for state in ("invited", "accepted", "declined", "removed"):
        make_reviewer(edition, state, email=f"r-{state}@contoh.id")
    gone = some_author("pergi@contoh.id", is_active=False)
    make_submission(track, "rejected", by=gone)
    CommitteeMember.objects.create(edition=edition, role="member", name="Tanpa akun")
    found = {name: {who.email for who in group.members(edition, ())} for name, group in GROUPS.items()}
    for state in ("draft", "submitted", "revision", "rejected", "withdrawn"):
        assert found[f"penulis-{state}"] == {f"{state}@contoh.id"}
    assert found["penulis-accepted"] == {"accepted@contoh.id", "poster@contoh.id"}
    assert (found["penulis-lisan"], found["penulis-poster"]) == ({"accepted@contoh.id"}, {"poster@contoh.id"})
    for state in ("invited", "accepted", "declined"):
        assert found[f"penelaah-{state}"] == {f"r-{state}@contoh.id"}
    assert found["panitia"] == {member.user.email for member in edition.committee.filter(user__isnull=False)}


def test_statements_stay_the_same(edition: Edition, django_assert_num_queries: Any) -> None:
    track, by = make_track(edition), committee(edition, "chair")
    texts = {"id": Wording("{number}", "{title} {track}")}
    for _ in range(3):
        make_submission(track, "accepted")
    with django_assert_num_queries(1):
        assert len(circulars.drafts(edition, "penulis-accepted", texts, by=by)) == 3


def test_pressed_twice_nobody_gets_two_and_changes_are_looked_at_again(edition: Edition) -> None:
    track, by = make_track(edition), committee(edition, "chair")
    make_submission(track, "accepted")
    assert len(write(edition, "penulis-accepted")) == 1
    assert len(write(edition, "penulis-accepted")) == 1
    seen = circulars.digest(circulars.drafts(edition, "penulis-accepted", PLAIN, by=by))
    make_submission(track, "accepted")
    with pytest.raises(ChangedMeanwhile):
        circulars.write(edition, "penulis-accepted", PLAIN, by=by, seen=seen)
    entry = LogEntry.objects.get(action="letter.circular_written")
    assert entry.changes == {"count": [None, 1], "group": [None, "penulis-accepted"]}


def test_it_leaves_from_the_outbox_like_any_letter(edition: Edition) -> None:
    make_submission(make_track(edition), "accepted")
    (letter,) = write(edition, "penulis-accepted")
    assert letters.send(letter, by=committee(edition, "secretary"), seen=0).state == "sent"


@pytest.mark.parametrize("role", [*CommitteeRole.values, "", "administrator"])
def test_who_may(role: str, edition: Edition) -> None:
    make_submission(make_track(edition), "accepted")
    if role in CommitteeRole.values:
        by = committee(edition, role)
    else:
        by = make_user("lain@contoh.id", role=role or "researcher")
    client = Client()
    client.force_login(by)
    may = role in WRITERS or role == "administrator"
    page = reverse("conferences:write_circular", args=[edition.slug])
    assert client.get(page).status_code == (200 if may else 403)
    if may:
        assert len(write(edition, "panitia", by=by)) >= (role != "administrator")
    else:
        with pytest.raises(PermissionDenied):
            write(edition, "penulis-accepted", by=by)
    Edition.objects.filter(pk=edition.pk).update(state="archived")
    assert client.post(page, {}).status_code == 403


class TestPage:
    DATA = {"group": "penulis-accepted", "subject_id": "Kabar", "body_id": "Yth. {name}, kiriman {number} <b>"}

    @pytest.fixture
    def desk(self, edition: Edition) -> Client:
        client = Client()
        client.force_login(committee(edition, "secretary"))
        return client

    def test_looked_at_then_written(self, edition: Edition, desk: Client) -> None:
        make_submission(make_track(edition), "accepted")
        page = reverse("conferences:write_circular", args=[edition.slug])
        shown = desk.post(page, self.DATA | {"go": "lihat"})
        assert shown.status_code == 200 and "&lt;b&gt;" in shown.content.decode()
        assert not Letter.objects.exists()
        send = self.DATA | {"go": "tulis", "seen": shown.context["seen"]}
        again = desk.post(page, send | {"body_id": "Lain sama sekali"})
        assert again.status_code == 409 and "Lain sama sekali" in again.content.decode()
        assert not Letter.objects.exists()
        assert desk.post(page, send).status_code == 302
        assert Letter.objects.get().body.endswith("<b>")
        assert page in desk.get(reverse("conferences:desk_outbox", args=[edition.slug])).content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"group": "x"},
            {"group": "panitia"},  # has no {number}
            {"body_id": "{nama}"},
            {"body_id": "{"},
            {"subject_id": ""},
            {"subject_en": "Only a subject"},
            {"body_id": "a" * 10_001},
        ],
    )
    def test_bad_input_is_kept_and_said(self, edition: Edition, desk: Client, wrong: dict[str, str]) -> None:
        page = reverse("conferences:write_circular", args=[edition.slug])
        answer = desk.post(page, self.DATA | {"go": "tulis"} | wrong)
        assert answer.status_code == 422
        assert next(iter(wrong.values()))[:50] in answer.content.decode() or wrong == {"group": "x"}

    def test_an_empty_group_writes_nothing(self, edition: Edition, desk: Client) -> None:
        page = reverse("conferences:write_circular", args=[edition.slug])
        shown = desk.post(page, self.DATA)
        assert "tulis" not in shown.content.decode().split('class="form-actions"')[-1].split("Batal")[0]
