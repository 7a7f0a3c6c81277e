"""The public site: who sees what in which state, what the hour changes, what it costs."""

import datetime
import json
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conferences.models import CommitteeRole, DateKind, Edition, ImportantDate, News
from conferences.states import EditionState
from tests.factories.accounts import make_user
from tests.factories.conference_site import make_news, make_paper, make_photo, make_site, paths_of
from tests.factories.conferences import DAY, committee, make_edition, make_series, set_date
from tests.factories.publications import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
ROLES = [None, "researcher", "policymaker", "curator", "administrator", "other-chair", "member", "chair"]
MAY_SEE_DRAFT = ("administrator", "member", "chair")


def html_of(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return b"".join(response).decode(errors="replace")  # of files, too


def sign_in(client: Client, role: str | None, edition: Edition) -> None:
    if role == "other-chair":
        client.force_login(committee(make_edition(EditionState.DRAFT), CommitteeRole.CHAIR))
    elif role in ("member", "chair"):
        client.force_login(committee(edition, role))
    elif role:
        client.force_login(make_user(role=role))


class TestWhoSees:
    @pytest.mark.parametrize("state", list(EditionState))
    @pytest.mark.parametrize("role", ROLES)
    def test_every_address_and_role(self, client: Client, role: str | None, state: str) -> None:
        edition = make_site(state)
        sign_in(client, role, edition)
        is_seen = state != EditionState.DRAFT or role in MAY_SEE_DRAFT
        paths = paths_of(edition)
        assert len(paths) == 15
        for path in paths:
            response = client.get(path)
            assert response.status_code == (200 if is_seen else 404), path
            is_kept_private = response.get("Cache-Control") == "private, no-store"
            assert is_kept_private == (is_seen and state == EditionState.DRAFT), path
            b"".join(response)

    def test_they_are_only_read_and_a_draft_is_as_hidden_in_english(self, client: Client) -> None:
        public, draft = make_site(), make_site(EditionState.DRAFT)
        for path in paths_of(public):
            assert client.post(path).status_code == 405
        for path in paths_of(draft):
            html_of(client, f"/en{path}", 404)

    @pytest.mark.parametrize("path", ["/konferensi/", "/en/konferensi/", "/", "/en/"])
    def test_a_draft_is_on_no_list(self, client: Client, path: str) -> None:
        edition = make_site(EditionState.DRAFT, title_id="Rahasia", title_en="Rahasia")
        assert "Rahasia" not in html_of(client, path)
        client.force_login(make_user())
        assert "Rahasia" not in html_of(client, path)
        client.force_login(committee(edition, CommitteeRole.MEMBER))
        assert ("Rahasia" in html_of(client, path)) == ("konferensi" in path)

    def test_what_is_no_longer_public_is_gone_from_kept_pages(self, client: Client) -> None:
        edition = make_site()
        path = f"/konferensi/{edition.slug}/"
        html_of(client, path)
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.DRAFT)
        html_of(client, path, 404)

    def test_things_of_another_edition_are_not_there(self, client: Client) -> None:
        edition, other = make_site(), make_site()
        here = f"/konferensi/{edition.slug}/"
        for path in (
            f"foto/{other.photos.first().pk}/",
            f"berita/{other.news.first().slug}/",
            f"berita/{'x' * 300}/",
            "h/tidak-ada/",
            "undangan/tidak-ada.docx",
            "foto/99999999999999999999/",
        ):
            html_of(client, here + path, 404)


class TestWhatTheHourChanges:
    def test_the_call_closes_at_midnight_in_jakarta(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        edition = make_site()
        closes = datetime.datetime(2027, 3, 2, tzinfo=edition.tz)
        set_date(edition, DateKind.SUBMISSIONS_CLOSE, closes)
        path = f"/konferensi/{edition.slug}/"
        monkeypatch.setattr(timezone, "now", lambda: closes - datetime.timedelta(microseconds=1))
        assert "Undangan dibuka" in html_of(client, path)
        assert "Undangan dibuka" in html_of(client, path)  # kept
        monkeypatch.setattr(timezone, "now", lambda: closes)
        assert "Undangan sudah ditutup" in html_of(client, path)

    @pytest.mark.parametrize(
        ("zone", "name"), [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")]
    )
    def test_moments_are_told_in_the_zone_of_the_edition(self, client: Client, zone: str, name: str) -> None:
        edition = make_site(zone=zone)
        set_date(edition, DateKind.DECISIONS, datetime.datetime(2027, 3, 1, 23, 59, tzinfo=edition.tz))
        assert f"1 Maret 2027, 23.59 {name}" in html_of(client, f"/konferensi/{edition.slug}/tanggal/")
        assert f"1 March 2027, 23:59 {name}" in html_of(client, f"/en/konferensi/{edition.slug}/tanggal/")

    def test_what_was_put_off_is_struck_through(self, client: Client) -> None:
        edition = make_site()
        before = datetime.datetime(2027, 3, 1, 23, 59, tzinfo=edition.tz)
        ImportantDate.objects.filter(edition=edition, kind=DateKind.DECISIONS).update(
            was_at=before, at=before + 7 * DAY
        )
        for page in ("tanggal/", "undangan/"):
            html = html_of(client, f"/konferensi/{edition.slug}/{page}")
            assert re.search(r"<del>.*1 Maret 2027, 23.59 WIB</del>", html)
            assert "8 Maret 2027, 23.59 WIB" in html

    def test_before_the_call_opens_it_says_when(self, client: Client) -> None:
        edition = make_site(dates={DateKind.CALL_OPENS: 3})
        assert "Undangan belum dibuka" in html_of(client, f"/konferensi/{edition.slug}/undangan/")

    def test_an_archived_edition_takes_nothing(self, client: Client) -> None:
        edition = make_site(EditionState.ARCHIVED)
        html = html_of(client, f"/konferensi/{edition.slug}/")
        assert "Undangan sudah ditutup" in html and "/kirim/" not in html

    def test_news_comes_out_at_its_hour(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        edition = make_site()
        at = timezone.now() + datetime.timedelta(hours=1)
        photo = make_photo(edition, in_gallery=False)
        news = make_news(edition, "nanti", at=at, photo=photo, title_id="Belum waktunya")
        draft = make_news(edition, "naskah", title_id="Belum waktunya")
        News.objects.filter(pk=draft.pk).update(published_at=None)
        here = f"/konferensi/{edition.slug}/"
        pages = (here, f"{here}berita/", f"{here}berita.atom")
        for path in pages:
            assert "Belum waktunya" not in html_of(client, path)
        for path in (f"{here}berita/nanti/", f"{here}berita/naskah/", f"{here}foto/{photo.pk}/"):
            html_of(client, path, 404)
        monkeypatch.setattr(timezone, "now", lambda: at)
        for path in (*pages, f"{here}berita/{news.slug}/"):
            assert "Belum waktunya" in html_of(client, path)
        html_of(client, f"{here}foto/{photo.pk}/")
        html_of(client, f"{here}berita/naskah/", 404)


class TestWhatItShows:
    def test_tracks_lead_to_their_topics(self, client: Client) -> None:
        edition = make_site()
        for page in ("", "undangan/"):
            assert 'href="/topik/lanjut-usia-terlantar/"' in html_of(client, f"/konferensi/{edition.slug}/{page}")

    def test_the_call_tells_what_each_track_asks_for(self, client: Client) -> None:
        edition = make_site()
        edition.tracks.update(words_min=120, words_max=345, pages_max=9, wants="both")
        html = html_of(client, f"/konferensi/{edition.slug}/undangan/")
        for told in ("120 sampai 345 kata", "paling banyak 9 halaman", "Pertanyaan 0?", "templat-0.docx", "Sel kosong"):
            assert told in html
        assert re.search(r"/bukti/temuan/\?pmks=lanjut-usia-terlantar&amp;layanan=[\w-]+", html)
        edition.tracks.update(wants="abstract")
        assert "paling banyak 9 halaman" not in html_of(client, f"/konferensi/{edition.slug}/undangan/")

    def test_related_news_is_shown_both_ways_once_it_is_out(self, client: Client) -> None:
        edition = make_site()
        one, two = make_news(edition, "satu", title_id="Kabar satu"), make_news(edition, "dua", title_id="Kabar dua")
        later = make_news(edition, "nanti", at=timezone.now() + DAY, title_id="Kabar nanti")
        one.related.set([two, later])
        assert "Kabar dua" in html_of(client, f"/konferensi/{edition.slug}/berita/satu/")
        assert "Kabar satu" in html_of(client, f"/konferensi/{edition.slug}/berita/dua/")
        assert "Kabar nanti" not in html_of(client, f"/konferensi/{edition.slug}/berita/satu/")

    def test_the_committee_by_role_without_who_is_not_named(self, client: Client) -> None:
        edition = make_site()
        edition.committee.create(role="member", name="Tak Disebut", is_listed=False)
        edition.committee.create(role="member", name="Belum Menjawab", invited_email="calon@contoh.id")
        html = html_of(client, f"/konferensi/{edition.slug}/panitia-penyelenggara/")
        assert "Panitia Chair" in html and "Tak Disebut" not in html

    def test_the_papers_that_are_public(self, client: Client) -> None:
        edition = make_site()
        here = f"/konferensi/{edition.slug}/"
        assert f"{here}makalah/" not in html_of(client, here)
        counts = []
        for number in (1, 4):
            for _ in range(number):
                make_paper(edition)
            client.get("/gaya/")
            cache.clear()
            with CaptureQueriesContext(connection) as context:
                html_of(client, f"{here}makalah/")
            counts.append(len(context))
        assert counts[0] == counts[1]
        first = edition.papers.first().output
        assert f"/publikasi/{first.public_id}/" in html_of(client, f"{here}makalah/")
        assert f"{here}makalah/" in html_of(client, here)
        withdraw(first)
        assert f"/publikasi/{first.public_id}/" not in html_of(client, f"{here}makalah/")

    def test_what_was_typed_cannot_run(self, client: Client) -> None:
        bad = "<script>alert(1)</script>"
        edition = make_site(title_id=bad, theme_id=bad, summary_id=bad, venue=bad)
        edition.news.update(title_id=bad, body_id=bad)
        edition.pages.update(title_id=bad, body_id=f"[x](javascript:a) {bad}")
        for path in paths_of(edition)[:12]:
            if not path.endswith(".ics"):
                assert bad not in html_of(client, path)

    def test_the_event_for_machines(self, client: Client) -> None:
        edition = make_site(title_id="A </script> B", is_online=True, online_url="https://siaran.contoh.id/")
        html = html_of(client, f"/konferensi/{edition.slug}/")
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert found
        event = json.loads(found[1])
        assert event["@type"] == "Event" and event["name"] == "A </script> B"
        assert event["startDate"] == edition.starts_on.isoformat()
        assert event["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
        assert [place["@type"] for place in event["location"]] == ["Place", "VirtualLocation"]

    def test_english_where_there_is_some_else_indonesian(self, client: Client) -> None:
        edition = make_site(title_en="Sample", theme_en="", theme_id="Hanya Indonesia")
        html = html_of(client, f"/en/konferensi/{edition.slug}/")
        assert '<h1 lang="en">Sample</h1>' in html and 'lang="id">Hanya Indonesia' in html

    def test_the_list_has_the_next_first_and_the_past_by_series(self, client: Client) -> None:
        today = timezone.localdate()
        other = make_series("lain", name_id="Seri Lain", name_en="Other series")
        for title, days, series in (
            ("Ketiga", 90, None),
            ("Kedua", 9, other),
            ("Lampau", -400, other),
            ("Lama", -40, None),
        ):
            fields = {"series": series} if series else {}
            make_edition(title_id=title, starts_on=today + days * DAY, ends_on=today + days * DAY, **fields)
        html = html_of(client, "/konferensi/")
        places = [
            html.index(f">{title}<")
            for title in ("Kedua", "Ketiga", "Konferensi Nasional Contoh", "Lama", "Seri Lain", "Lampau")
        ]
        assert places == sorted(places)

    def test_the_next_conference_stands_on_the_first_page(self, client: Client) -> None:
        edition = make_site(title_id="Konferensi Depan", dates={DateKind.SUBMISSIONS_CLOSE: 2})
        html = html_of(client, "/")
        assert "Konferensi Depan" in html and "Batas kirim" in html
        Edition.objects.filter(pk=edition.pk).update(
            ends_on=timezone.localdate() - DAY, starts_on=timezone.localdate() - DAY
        )
        assert "Konferensi Depan" not in html_of(client, "/")

    def test_files_are_sent_so_that_they_do_no_harm(self, client: Client) -> None:
        edition = make_site()
        here = f"/konferensi/{edition.slug}/"
        picture = client.get(f"{here}foto/{edition.photos.first().pk}/")
        assert picture["Content-Type"] == "image/webp" and "sandbox" in picture["Content-Security-Policy"]
        assert picture["X-Content-Type-Options"] == "nosniff"
        template = client.get(f"{here}undangan/templat-0.docx")
        assert template["Content-Disposition"].startswith("attachment")
        calendar = client.get(f"{here}tanggal.ics")
        assert (
            calendar["Content-Type"].startswith("text/calendar")
            and f"{edition.slug}.ics" in calendar["Content-Disposition"]
        )


class TestCost:
    @pytest.mark.parametrize("place", range(12))
    def test_queries_do_not_grow(self, client: Client, place: int) -> None:
        counts = []
        for times in (1, 6):
            edition = make_site(times=times)
            path = paths_of(edition)[place]
            client.get("/gaya/")
            cache.clear()
            with CaptureQueriesContext(connection) as context:
                html_of(client, path)
            counts.append(len(context))
        assert counts[0] == counts[1] <= 20

    def test_the_list_does_not_grow(self, client: Client) -> None:
        counts: list[Any] = []
        for times in (1, 5):
            for _ in range(times):
                make_site()
                make_site(EditionState.ARCHIVED)
            client.get("/gaya/")
            cache.clear()
            with CaptureQueriesContext(connection) as context:
                html_of(client, "/konferensi/")
            counts.append(len(context))
        assert counts[0] == counts[1]
