"""The programme in public: who sees it, what it says, filters, what is on now, what it costs."""

import datetime
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conferences.models import CommitteeRole, Edition, Paper, ProgrammeItem, Submission
from conferences.queries.programme_public import programme_of
from conferences.states import EditionState, SubmissionState
from tests.conferences.conftest import Clock
from tests.factories.accounts import make_user
from tests.factories.conferences import committee, make_edition
from tests.factories.programme_public import (
    add_item,
    add_room,
    add_session,
    at,
    make_material,
    make_programme,
    publish_schedule,
)
from tests.factories.publications import make_output, withdraw

pytestmark = pytest.mark.django_db


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return b"".join(response).decode(errors="replace")


def here(edition: Edition) -> str:
    return f"/konferensi/{edition.slug}/jadwal"


def paths_of(edition: Edition) -> list[str]:
    """Every public address of the programme."""
    item = ProgrammeItem.objects.filter(session__edition=edition, submission__isnull=False).first()
    session = edition.sessions.first()
    assert item and session
    material = item.submission.materials.first() or make_material(item.submission)  # type: ignore[union-attr]
    tails = (
        "/", "/cetak/", f"/sesi/{session.pk}/", f"/{item.key}/", f"/{item.key}.ics", ".ics", ".json", ".xml",
        ".frab.json", f"/materi/{material.pk}.pdf",
    )  # fmt: skip
    return [here(edition) + tail for tail in tails]


class TestWhoSees:
    @pytest.mark.parametrize("state", list(EditionState))
    @pytest.mark.parametrize("role", [None, "researcher", "administrator", "other-chair", "member", "chair"])
    def test_every_address_and_role(self, client: Client, role: str | None, state: str) -> None:
        edition = make_programme(state=state)
        publish_schedule(edition)
        if role == "other-chair":
            client.force_login(committee(make_edition(EditionState.DRAFT), CommitteeRole.CHAIR))
        elif role in ("member", "chair"):
            client.force_login(committee(edition, role))
        elif role:
            client.force_login(make_user(role=role))
        is_seen = state != EditionState.DRAFT or role in ("administrator", "member", "chair")
        for path in paths_of(edition):
            sees = is_seen
            if path.endswith(".pdf") and state == EditionState.DRAFT:
                sees = role in ("administrator", "chair")  # slides of what is in preparation: the committee alone
            response = client.get(path)
            assert response.status_code == (200 if sees else 404), path
            if state == EditionState.DRAFT and sees:
                assert response["Cache-Control"] == "private, no-store"
            b"".join(response)
            assert client.post(path).status_code == 405 or not is_seen

    def test_before_one_is_published_it_says_so(self, client: Client) -> None:
        edition = make_programme()
        assert "Jadwal belum diterbitkan" in html_of(client, f"{here(edition)}/")
        assert f"{here(edition)}/" not in html_of(client, f"/konferensi/{edition.slug}/")
        for tail in ("/cetak/", ".ics", ".json", ".xml", ".frab.json"):
            html_of(client, here(edition) + tail, 404)
        publish_schedule(edition)  # and what was kept for anonymous readers is drawn anew
        assert "Pembukaan" in html_of(client, f"{here(edition)}/")
        assert f'href="{here(edition)}/"' in html_of(client, f"/konferensi/{edition.slug}/")

    def test_what_the_desk_works_on_is_not_shown_before_it_is_published(self, client: Client) -> None:
        edition = make_programme()
        publish_schedule(edition)
        add_session(edition, at(edition, 16), title_id="Belum terbit")
        assert "Belum terbit" not in html_of(client, f"{here(edition)}/")
        publish_schedule(edition)
        html = html_of(client, f"{here(edition)}/")
        assert "Belum terbit" in html and "Versi 2" in html

    def test_what_is_not_there(self, client: Client) -> None:
        edition, other = make_programme(), make_programme()
        publish_schedule(edition), publish_schedule(other)
        foreign = ProgrammeItem.objects.filter(session__edition=other).first()
        assert foreign
        for tail in (
            f"/{foreign.key}/", f"/{foreign.key}.ics", f"/sesi/{foreign.session_id}/", "/sesi/99999999999999999999/",
            "/materi/99999999999999999999.pdf", "/bukan-uuid/", "/saya/rahasia.ics",
        ):  # fmt: skip
            html_of(client, here(edition) + tail, 404)


class TestWhatItShows:
    def test_days_sessions_items_people(self, client: Client) -> None:
        edition = make_programme(title_en="Sample")
        publish_schedule(edition)
        html = html_of(client, f"{here(edition)}/")
        for told in ("Pembukaan", "Rehat kopi", "09.00–10.00", "Aula", "Dr. Ketua", "Siti Rahmawati", "P-01", "WIB"):
            assert told in html
        assert "9:00–10:00" not in html and "09:00–10:00" in html_of(client, f"/en{here(edition)}/")

    def test_an_item_with_its_slots_materials_and_paper(self, client: Client) -> None:
        edition = make_programme()
        publish_schedule(edition)
        item = edition.sessions.get(kind="posters").items.get()
        path = f"{here(edition)}/{item.key}/"
        html = html_of(client, path)
        assert html.count("Papan P-01") == 1 and "11.00–11.20" in html and "Penelitian ini menilai" in html
        assert "Salindia dan poster" not in html
        material = make_material(item.submission)
        paper = Paper.objects.create(edition=edition, submission=item.submission, output=make_output(), position=1)
        html = html_of(client, path)
        assert f"/jadwal/materi/{material.pk}.pdf" in html and f"/publikasi/{paper.output.public_id}/" in html
        withdraw(paper.output)
        assert f"/publikasi/{paper.output.public_id}/" not in html_of(client, path)

    def test_a_withdrawn_submission_is_told_and_its_slides_vanish(self, client: Client) -> None:
        edition = make_programme()
        publish_schedule(edition)
        submission = edition.sessions.get(kind="posters").items.get().submission
        material = make_material(submission)
        key = submission.programme_items.first().key
        path, file = f"{here(edition)}/{key}/", f"{here(edition)}/materi/{material.pk}.pdf"
        assert "materi/" in html_of(client, path) and html_of(client, file)
        now = datetime.datetime.now(datetime.UTC)
        Submission.objects.filter(pk=submission.pk).update(state=SubmissionState.WITHDRAWN, withdrawn_at=now)
        assert "materi/" not in html_of(client, path) and "Penulis menariknya" in html_of(client, path)
        html_of(client, file, 404)
        assert "ditarik" in html_of(client, f"{here(edition)}/")
        assert "STATUS:CANCELLED" in html_of(client, f"{here(edition)}/{key}.ics")

    def test_what_was_typed_cannot_run(self, client: Client) -> None:
        bad = "<script>alert(1)</script>"
        edition = make_edition(title_id=bad)
        session = add_session(edition, at(edition), title_id=bad, about_id=bad, room=add_room(edition, bad), chair=bad)
        add_item(session, title_id=bad, external={"abstract": bad, "persons": [{"public_name": bad}], "type": bad})
        add_item(session, title_id="Lain")
        publish_schedule(edition, note_id=bad)
        key = session.items.first().key
        for tail in ("/", "/cetak/", f"/sesi/{session.pk}/", f"/{key}/"):
            html = html_of(client, here(edition) + tail)
            assert bad not in html and "&lt;script&gt;" in html


class TestFilters:
    @pytest.fixture
    def edition(self) -> Edition:
        edition = make_programme(times=2)
        publish_schedule(edition)
        return edition

    def shown(self, client: Client, edition: Edition, query: str) -> set[str]:
        html = html_of(client, f"{here(edition)}/?{query}")
        ids = {int(pk) for pk in re.findall(r'<li class="session[^"]*" id="sesi-(\d+)"', html)}
        return set(edition.sessions.filter(pk__in=ids).values_list("title_id", flat=True))

    def test_by_day_room_track_and_person(self, client: Client, edition: Edition) -> None:
        everything = set(edition.sessions.values_list("title_id", flat=True))
        parallel = set(edition.sessions.filter(kind="parallel").values_list("title_id", flat=True))
        second_day = (edition.starts_on + datetime.timedelta(days=1)).isoformat()
        hall = edition.rooms.get(name_id="Aula")
        track = edition.tracks.get()
        assert self.shown(client, edition, "") == everything
        assert self.shown(client, edition, f"hari={second_day}") == {"Sesi poster"}
        in_hall = set(edition.sessions.filter(room=hall).values_list("title_id", flat=True))
        assert self.shown(client, edition, f"ruang={hall.pk}") == in_hall | {"Rehat kopi"}
        assert self.shown(client, edition, f"bidang={track.code}") == parallel
        assert self.shown(client, edition, "orang=prof-tamu") == {"Pembukaan"}
        assert self.shown(client, edition, "orang=dr-moderator") == parallel
        assert self.shown(client, edition, f"orang=dr-moderator&ruang={hall.pk}") == parallel & in_hall
        assert self.shown(client, edition, f"orang=prof-tamu&hari={second_day}") == set()

    @pytest.mark.parametrize("query", ["hari=kemarin", "ruang=0", "ruang=x", "bidang=%00", "orang=%F0%9F", "hari=&x=1"])
    def test_what_it_does_not_have_is_left_out(self, client: Client, edition: Edition, query: str) -> None:
        assert len(self.shown(client, edition, query)) == edition.sessions.count()

    def test_the_address_holds_the_state(self, client: Client, edition: Edition) -> None:
        html = html_of(client, f"{here(edition)}/?orang=prof-tamu")
        assert '<option value="prof-tamu" selected>' in html
        assert f'href="{here(edition)}/?hari={edition.starts_on.isoformat()}&amp;orang=prof-tamu"' in html
        assert f"{here(edition)}.ics?orang=prof-tamu" in html and f"{here(edition)}/cetak/?orang=prof-tamu" in html
        assert "Sesi poster" not in html_of(client, f"{here(edition)}/cetak/?orang=prof-tamu")


class TestNowAndNext:
    def times(self, html: str) -> tuple[str, str]:
        found = re.search(r'<section class="programme-now".*?</section>', html, re.S)
        part = found[0] if found else ""
        now, _, coming = part.partition("Berikutnya")
        return now, coming

    def test_around_midnight_in_jakarta(self, client: Client, clock: Clock) -> None:
        """From UTC's view all of this is one day: days are those of the edition."""
        edition = make_edition(starts_on=datetime.date(2027, 3, 1), ends_on=datetime.date(2027, 3, 2))
        late = add_session(edition, at(edition, 23, 30), 30, title_id="Malam")
        add_item(late, 30, title_id="Cerita malam")
        add_item(late, 10, title_id="Penutup hari", starts_at=at(edition, 23, 50))
        add_session(edition, at(edition, 0, 0, day=1), 60, title_id="Dini hari")
        publish_schedule(edition)
        path = f"{here(edition)}/"
        clock(2027, 3, 1, 23, 29)
        now, coming = self.times(html_of(client, path))
        assert "Malam" not in now and "Malam" in coming and "Senin, 1 Maret 2027" in coming
        clock(2027, 3, 1, 23, 59)
        now, coming = self.times(html_of(client, path))  # kept for anonymous readers no longer than it is true
        assert "Malam" in now and "Penutup hari" in now and "Cerita malam" in now
        assert "Dini hari" in coming and "Selasa, 2 Maret 2027" in coming
        clock(2027, 3, 2, 0, 0)
        now, coming = self.times(html_of(client, path))
        assert "Malam" not in now and "Dini hari" in now and not coming
        clock(2027, 3, 2, 1, 0)
        assert "programme-now" not in html_of(client, path)

    @pytest.mark.parametrize("zone", ["Asia/Makassar", "Asia/Jayapura"])
    def test_times_are_of_the_edition(self, client: Client, zone: str) -> None:
        edition = make_edition(zone=zone)
        add_session(edition, at(edition, 0, 30), 30, title_id="Subuh")
        publish_schedule(edition)
        programme = programme_of(edition)
        assert programme and programme.days == [edition.starts_on]
        assert "00.30–01.00" in html_of(client, f"{here(edition)}/")
        assert "00.30–01.00" in html_of(client, f"{here(edition)}/cetak/")


class TestCost:
    @pytest.mark.parametrize("place", range(10))
    def test_queries_do_not_grow(self, client: Client, place: int) -> None:
        counts: list[Any] = []
        for times in (1, 4):
            edition = make_programme(times=times)
            publish_schedule(edition)
            path = paths_of(edition)[place]
            client.get("/gaya/")
            cache.clear()
            with CaptureQueriesContext(connection) as context:
                html_of(client, path)
            counts.append(len(context))
        assert counts[0] == counts[1] <= 22

    def test_nor_for_who_is_signed_in(self, client: Client) -> None:
        counts: list[Any] = []
        client.force_login(make_user())
        for times in (1, 4):
            edition = make_programme(times=times)
            publish_schedule(edition)
            client.get("/gaya/")
            with CaptureQueriesContext(connection) as context:
                html_of(client, f"{here(edition)}/")
            counts.append(len(context))
        assert counts[0] == counts[1]
