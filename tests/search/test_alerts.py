# ruff: noqa: F811 - the fixture `index` is an argument of the tests that use it
"""The pages of what people follow: theirs alone, nothing lost on the way through signing in, stopped by one click."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import delete_account
from accounts.personal_data import personal_data
from search import rules
from search.actions.alerts import TooMany, follow
from search.models import Alert, Digest, Frequency, Told
from search.query.request import SearchRequest
from search.saved import TooLong
from search.unsubscribing import read_token, token_for
from taxonomy.models import Pmks
from tests.factories.accounts import PASSWORD, make_organisation, make_person, make_user
from tests.factories.following import at, evening, follows, published
from tests.factories.publications import withdraw
from tests.search.query.conftest import index  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
NEW = "/akun/ikuti/baru/?q=lansia&pmks=lanjut-usia-telantar"


@pytest.fixture
def user(vocabularies: None) -> Any:
    return make_user()


@pytest.fixture
def signed_in(client: Client, user: Any) -> Client:
    client.force_login(user)
    return client


class TestFollowing:
    def test_through_signing_in_and_back_nothing_is_lost(self, client: Client, user: Any) -> None:
        slug = Pmks.objects.get(code="PMKS-08").slug
        address = f"/akun/ikuti/baru/?q=lansia+desa&pmks={slug}&dari=2015"
        answer = client.get(address)
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [address]
        answer = client.post(answer["Location"], {"login": user.email, "password": PASSWORD})
        assert answer["Location"] == address
        page = client.get(address)
        assert "“lansia desa” · Lanjut Usia" in page.content.decode()
        assert client.post(address, {"frequency": "daily"})["Location"] == "/akun/ikuti/"
        alert = Alert.objects.get()
        assert (alert.user, alert.query, alert.frequency) == (user, f"q=lansia+desa&pmks={slug}&dari=2015", "daily")

    def test_order_and_page_do_not_matter(self, signed_in: Client) -> None:
        for rest in ("", "&halaman=3&urut=terlama"):
            signed_in.post(f"/akun/ikuti/baru/?q=lansia{rest}", {"frequency": "weekly"})
        assert Alert.objects.get().query == "q=lansia"

    def test_again_changes_the_frequency_and_goes_on(self, user: Any) -> None:
        asked = SearchRequest(words="lansia")
        alert = follow(user, asked, Frequency.DAILY)
        Alert.objects.update(is_paused=True)
        assert follow(user, asked, Frequency.WEEKLY) == alert
        alert.refresh_from_db()
        assert (alert.frequency, alert.is_paused) == ("weekly", False)

    def test_without_a_choice_the_page_says_so(self, signed_in: Client) -> None:
        assert signed_in.post(NEW, {}).status_code == 422
        assert not Alert.objects.exists()

    def test_at_most_so_many(self, signed_in: Client, user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("search.actions.alerts.MOST_ALERTS", 2)
        for word in "ab":
            follow(user, SearchRequest(words=word), Frequency.DAILY)
        with pytest.raises(TooMany):
            follow(user, SearchRequest(words="c"), Frequency.DAILY)
        answer = signed_in.post("/akun/ikuti/baru/?q=c", {"frequency": "daily"})
        assert answer.status_code == 422
        follow(user, SearchRequest(words="a"), Frequency.WEEKLY)  # one that is there is no new one

    def test_what_is_too_long_is_refused(self, user: Any) -> None:
        chosen = tuple(("lembaga", str(10**12 + number)) for number in range(99))
        with pytest.raises(TooLong):
            follow(user, SearchRequest(chosen=chosen), Frequency.DAILY)

    def test_a_closed_account_follows_nothing(self, user: Any) -> None:
        user.is_active = False
        assert not rules.may_follow(user)


class TestTheList:
    def test_change_pause_go_on_delete(self, signed_in: Client, user: Any) -> None:
        alert = follows(user, "lansia")

        def do(**data: str) -> None:
            assert signed_in.post(f"/akun/ikuti/{alert.pk}/ubah/", data)["Location"] == "/akun/ikuti/"

        do(do="frequency", frequency="weekly")
        do(do="pause")
        alert.refresh_from_db()
        assert (alert.frequency, alert.is_paused) == ("weekly", True)
        assert "dijeda" in signed_in.get("/akun/ikuti/").content.decode()
        do(do="resume")
        do(do="frequency", frequency="hourly")
        do(do="nonsense")
        alert.refresh_from_db()
        assert (alert.frequency, alert.is_paused) == ("weekly", False)
        assert alert.since > at(0)
        do(do="delete")
        assert not Alert.objects.exists()

    @pytest.mark.parametrize("role", ["researcher", "policymaker", "curator", "administrator"])
    def test_nobody_sees_or_changes_what_others_follow(self, client: Client, user: Any, role: str) -> None:
        alert = follows(user, "rahasia pribadi")
        client.force_login(make_user("lain@example.org", role=role))
        assert client.get(f"/akun/ikuti/{alert.pk}/").status_code == 404
        assert client.post(f"/akun/ikuti/{alert.pk}/ubah/", {"do": "delete"}).status_code == 404
        assert "rahasia pribadi" not in client.get("/akun/ikuti/").content.decode()
        assert Alert.objects.exists()

    @pytest.mark.parametrize("path", ["/akun/ikuti/", NEW, "/akun/ikuti/1/"])
    def test_who_is_not_signed_in_is_sent_to_sign_in(self, client: Client, path: str) -> None:
        assert client.get(path)["Location"].startswith("/akun/masuk/?next=")

    def test_reading_changes_nothing(self, signed_in: Client, user: Any) -> None:
        alert = follows(user, "lansia")
        assert signed_in.get(f"/akun/ikuti/{alert.pk}/ubah/").status_code == 405

    def test_labels_name_authors_organisations_and_terms(self, signed_in: Client, user: Any) -> None:
        person, unit = make_person("Budi Santoso"), make_organisation("Universitas Contoh")
        follows(user, penulis=str(person.pk))
        follows(user, lembaga=str(unit.pk), akses="open", bahasa="id")
        follows(user, pmks="sudah-tiada")
        text = signed_in.get("/akun/ikuti/").content.decode()
        assert "Budi Santoso" in text
        assert "Universitas Contoh · akses terbuka · " in text
        assert "tidak dapat dicari lagi" in text

    def test_the_number_of_statements_is_constant(self, signed_in: Client, user: Any) -> None:
        def statements() -> int:
            with CaptureQueriesContext(connection) as seen:
                assert signed_in.get("/akun/ikuti/").status_code == 200
            return len(seen)

        follows(user, penulis=str(make_person("Satu Orang").pk), lembaga=str(make_organisation().pk))
        one = statements()
        for number in range(4):
            follows(user, f"kata{number}", penulis=str(make_person(f"Orang {number}").pk))
        assert statements() == one

    def test_what_was_sent_without_what_is_no_longer_public(self, signed_in: Client, user: Any, index: Any) -> None:
        alert = follows(user, "lansia")
        published("Lansia tetap", at(0, 10))
        gone = published("Lansia ditarik", at(0, 10))
        index()
        evening(0)
        withdraw(gone)
        text = signed_in.get(f"/akun/ikuti/{alert.pk}/").content.decode()
        assert "Lansia tetap" in text
        assert "Lansia ditarik" not in text
        assert "Tidak lagi publik" in text


class TestStopping:
    def address(self, index: Any, user: Any, which: int) -> str:
        """0: of one alert; 1: of all, as in the header."""
        published("Lansia", at(0, 10))
        index()
        (sent,) = evening(0)
        found = re.findall(r"http://localhost:\d+(/akun/ikuti/berhenti/\S+)", sent.body)
        header = re.search(r"<http://[^/]+(/\S+)>", sent.message()["List-Unsubscribe"])
        assert header and header.group(1) == found[-1]
        return found[0 if which == 0 else -1]

    def test_one_click_without_session_or_csrf(self, user: Any, index: Any) -> None:
        follows(user, "lansia")
        follows(user, "desa")
        address = self.address(index, user, 1)
        stranger = Client(enforce_csrf_checks=True)
        answer = stranger.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 200
        assert not answer.cookies
        assert not Alert.objects.filter(is_paused=False).exists()
        published("Lansia lagi", at(1, 10))
        index()
        assert evening(1) == []

    def test_one_alert_only(self, user: Any, index: Any) -> None:
        alert, other = follows(user, "lansia"), follows(user, "desa")
        address = self.address(index, user, 0)
        client = Client(enforce_csrf_checks=True)
        assert "lansia" in client.get(address).content.decode()
        assert not Alert.objects.filter(is_paused=True).exists(), "opening a link must change nothing"
        assert client.post(address).status_code == 200
        alert.refresh_from_db()
        other.refresh_from_db()
        assert (alert.is_paused, other.is_paused) == (True, False)

    @pytest.mark.parametrize("token", ["x", "WzEsMF0:abc:def", "WzEsMF0"])
    def test_what_is_no_token_stops_nothing(self, client: Client, user: Any, token: str) -> None:
        follows(user, "lansia")
        assert client.get(f"/akun/ikuti/berhenti/{token}/").status_code == 404
        assert client.post(f"/akun/ikuti/berhenti/{token}/").status_code == 404
        assert not Alert.objects.filter(is_paused=True).exists()

    def test_a_token_serves_its_own_person_only(self, client: Client, user: Any) -> None:
        other = make_user("lain@example.org")
        alert = follows(other, "lansia")
        client.post(reverse("following:stop", args=[token_for(user.pk, alert.pk)]))
        client.post(reverse("following:stop", args=[token_for(user.pk)]))
        assert not Alert.objects.filter(is_paused=True).exists()

    def test_tokens_of_other_uses_are_refused(self, user: Any) -> None:
        from django.core import signing

        assert read_token(signing.dumps([user.pk, 0], salt="something else")) is None
        assert read_token(token_for(user.pk, 3)) == (user.pk, 3)

    def test_the_page_is_not_kept_or_indexed(self, client: Client, user: Any) -> None:
        answer = client.get(reverse("following:stop", args=[token_for(user.pk)]))
        assert "no-store" in answer["Cache-Control"]
        assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex", "no-referrer")
        assert user.email not in answer.content.decode()


class TestPersonalData:
    def test_the_copy_holds_it(self, user: Any, index: Any) -> None:
        follows(user, "lansia")
        follows(make_user("lain@example.org"), "lain")
        output = published("Lansia", at(0, 10))
        index()
        evening(0)
        data = personal_data(user)["following"]
        assert [(one["search"], one["told"]) for one in data["searches"]] == [("q=lansia", [output.public_id])]
        assert len(data["mails"]) == 1

    def test_it_goes_with_the_account(self, user: Any, index: Any) -> None:
        other = make_user("lain@example.org")
        for one in (user, other):
            follows(one, "lansia")
        published("Lansia", at(0, 10))
        index()
        evening(0)
        mail.outbox.clear()
        delete_account(user)
        for model, path in ((Alert, "user"), (Digest, "user"), (Told, "alert__user")):
            assert list(model.objects.values_list(path, flat=True)) == [other.pk]


class TestTheButton:
    def drawn(self, user: Any) -> str:
        request = RequestFactory().get("/topik/x/")
        request.user = user
        template = Template('{% load following %}{% follow_button pmks="lanjut-usia-telantar" title="Lansia" %}')
        return template.render(Context({"request": request}))

    def test_for_everybody_it_leads_on_and_reads_nothing(self, django_assert_num_queries: Any) -> None:
        from django.contrib.auth.models import AnonymousUser

        with django_assert_num_queries(0):
            text = self.drawn(AnonymousUser())
        assert 'href="/akun/ikuti/baru/?pmks=lanjut-usia-telantar"' in text
        assert 'href="/cari/atom/?pmks=lanjut-usia-telantar"' in text
        assert "csrf" not in text

    def test_who_follows_sees_it(self, user: Any, django_assert_num_queries: Any) -> None:
        alert = follows(user, pmks="lanjut-usia-telantar")
        with django_assert_num_queries(1):
            assert f'href="/akun/ikuti/#alert-{alert.pk}"' in self.drawn(user)

    def test_curators_can_make_a_collection_of_it(self, user: Any) -> None:
        assert "/kurasi/koleksi/baru/" not in self.drawn(user)
        curator = make_user("kurator@example.org", role="curator")
        assert "/kurasi/koleksi/baru/?pmks=lanjut-usia-telantar" in self.drawn(curator)

    @pytest.mark.parametrize("kind", ["topic", "person", "organisation"])
    def test_pages_have_it_and_name_their_feed(self, client: Client, kind: str) -> None:
        output = published("Lansia", at(0, 10))
        contributor = output.current.contributors.get(family_name="Rahmawati")
        addresses = {
            "topic": (reverse("topics:topic", args=[output.topic_listings.get().pmks.slug]), "pmks"),
            "person": (reverse("people:person", args=[contributor.person_id]), "penulis"),
            "organisation": (reverse("people:organisation", args=[make_organisation(is_confirmed=True).pk]), "lembaga"),
        }
        address, parameter = addresses[kind]
        text = client.get(address).content.decode()
        assert f"/akun/ikuti/baru/?{parameter}=" in text
        assert re.search(rf'<link rel="alternate" type="application/atom\+xml"[^>]*/cari/atom/\?{parameter}=', text)
