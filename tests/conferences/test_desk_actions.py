"""Editions, dates, committee, lists and copies: what their actions do and refuse."""

import datetime
import zoneinfo
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.actions import delete_account
from accounts.models import LogEntry, User
from accounts.queries import log_of
from conferences import parts
from conferences.actions import cloning, committee, dates, editions
from conferences.actions import parts as actions
from conferences.actions.editions_common import Conflict, stamp
from conferences.differences import passages
from conferences.models import (
    CallQuestion,
    CommitteeMember,
    CommitteeRole,
    Criterion,
    DateKind,
    Edition,
    Host,
    ImportantDate,
    LetterText,
    News,
    SitePage,
    Sponsor,
    Track,
)
from conferences.parts import PARTS, Part
from conferences.readiness import readiness, unmet
from conferences.rules.committee import may_change_state
from conferences.states import EDITION_TRANSITIONS, EditionState
from evidence.checks import Incomplete
from publications.states import IllegalTransition
from taxonomy.models import Pillar, Pmks
from tests.factories.accounts import make_organisation, make_user
from tests.factories.conferences import committee as on_committee
from tests.factories.conferences import make_edition, make_series, make_submission, make_track, set_date
from tests.factories.desk import chair_of, make_row, ready_edition, sent_mails

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
JAKARTA = zoneinfo.ZoneInfo("Asia/Jakarta")
STEPS: dict[str, tuple[Callable[..., Edition], str, str]] = {
    "publish": (editions.publish, "draft", "public"),
    "archive": (editions.archive, "public", "archived"),
    "reopen": (editions.reopen, "archived", "public"),
}


def administrator() -> Any:
    return make_user("admin@contoh.id", role="administrator", name="Wayan Admin")


def in_state(state: str) -> Edition:
    edition = ready_edition()
    Edition.objects.filter(pk=edition.pk).update(state=state)
    edition.refresh_from_db()
    return edition


class TestStates:
    @pytest.mark.parametrize("step", STEPS)
    @pytest.mark.parametrize("state", list(EditionState))
    def test_each_step_from_each_state(self, step: str, state: str) -> None:
        act, before, after = STEPS[step]
        edition = in_state(state)
        if state == before:
            assert act(edition, by=chair_of(edition)).state == after
            assert log_of(edition)[0].changes["state"]
        else:
            with pytest.raises(IllegalTransition):
                act(edition, by=chair_of(edition))
        edition.refresh_from_db()
        assert edition.state == (after if state == before else state)

    def test_the_steps_are_the_table(self) -> None:
        walked = {(before, after) for _act, before, after in STEPS.values()}
        assert walked == {(before, after) for before, many in EDITION_TRANSITIONS.items() for after in many}

    @pytest.mark.parametrize(
        "role", ["secretary", "programme_chair", "track_chair", "editor", "registration", "member"]
    )
    @pytest.mark.parametrize("step", STEPS)
    def test_only_chairs_move_it(self, step: str, role: str) -> None:
        act, before, _after = STEPS[step]
        edition = in_state(before)
        with pytest.raises(PermissionDenied):
            act(edition, by=on_committee(edition, role))

    def test_not_public_before_it_is_complete(self) -> None:
        edition = make_edition("draft", theme_id="", city="")
        with pytest.raises(Incomplete) as incomplete:
            editions.publish(edition, by=chair_of(edition))
        assert len(incomplete.value.missing) == 5  # theme, summary, place, host, track
        assert not unmet(ready_edition())
        assert any(not item.is_met and not item.is_needed for item in readiness(ready_edition()))

    def test_the_database_knows_the_states(self) -> None:
        edition = make_edition("draft")
        for values in ({"state": "gone"}, {"state": "public", "title_id": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Edition.objects.filter(pk=edition.pk).update(**values)

    def test_an_archived_one_refuses_every_change(self) -> None:
        edition = ready_edition()
        page = make_row(parts.PAGES, edition)
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.ARCHIVED)
        chair = chair_of(edition)
        for act in (
            lambda: editions.edit_facts(edition, {"city": "Bogor"}, by=chair),
            lambda: dates.set_dates(edition, {DateKind.DECISIONS: None}, by=chair),
            lambda: actions.add(parts.SPEAKERS, edition, {"name": "x"}, by=chair),
            lambda: actions.edit(parts.PAGES, page, {"title_id": "x"}, by=chair),
            lambda: actions.move(parts.PAGES, page, up=True, by=chair),
            lambda: actions.remove(parts.PAGES, page, by=chair),
            lambda: committee.invite(edition.committee.get(), "a@contoh.id", by=chair),
            lambda: make_row(parts.PHOTOS, edition),
        ):
            with pytest.raises(PermissionDenied):
                act()


class TestEditions:
    def test_an_administrator_begins_and_a_chair_accepts(self) -> None:
        series = editions.add_series({"slug": "kesos", "name_id": "Konferensi Kesos"}, by=administrator())
        day = datetime.date(2027, 11, 24)
        data = {
            "series": series,
            "number": 4,
            "slug": "kesos-2027",
            "title_id": "Keempat",
            "starts_on": day,
            "ends_on": day,
        }
        by = make_user("admin2@contoh.id", role="administrator")
        edition = editions.add_edition(data, by=by, chair_name="Dr. Ketut", chair_email="Ketut@Contoh.id")
        (mail,) = sent_mails()
        assert mail.to == ["ketut@contoh.id"]
        assert "/panitia/" in mail.body
        ketut = make_user("ketut@contoh.id")
        committee.accept(edition.committee.get(), by=ketut)
        assert editions.edit_facts(edition, {"city": "Depok"}, by=ketut).city == "Depok"
        with pytest.raises(PermissionDenied):
            editions.add_edition(data, by=ketut, chair_name="x", chair_email="x@contoh.id")
        with pytest.raises(PermissionDenied):
            editions.add_series({"slug": "x", "name_id": "x"}, by=ketut)

    def test_two_windows(self) -> None:
        edition = make_edition()
        base = editions.edition_stamp(edition)
        editions.edit_facts(edition, {"city": "Bogor"}, by=chair_of(edition), base=base)
        with pytest.raises(Conflict) as conflict:
            editions.edit_facts(edition, {"city": "Depok"}, by=chair_of(edition), base=base)
        assert conflict.value.fresh.city == "Bogor"
        assert conflict.value.fresh.revision == 1

    def test_an_address_stays_once_it_was_public(self) -> None:
        edition = make_edition()
        with pytest.raises(editions.AddressStays):
            editions.edit_facts(edition, {"slug": "lain"}, by=chair_of(edition))
        draft = make_edition("draft")
        assert editions.edit_facts(draft, {"slug": "lain"}, by=chair_of(draft)).slug == "lain"
        with pytest.raises(editions.AddressStays):
            editions.edit_series(edition.series, {"slug": "lain"}, by=administrator())

    def test_in_another_zone_the_clock_stays(self) -> None:
        edition = make_edition()
        set_date(edition, DateKind.SUBMISSIONS_CLOSE, datetime.datetime(2027, 3, 5, 23, 59, tzinfo=JAKARTA))
        moved = editions.edit_facts(edition, {"zone": "Asia/Jayapura"}, by=chair_of(edition))
        at = moved.dates.get(kind=DateKind.SUBMISSIONS_CLOSE).at
        assert f"{at.astimezone(moved.tz):%d %H:%M}" == "05 23:59"
        assert at == datetime.datetime(2027, 3, 5, 21, 59, tzinfo=JAKARTA)

    def test_the_log_tells_each_field(self) -> None:
        edition = make_edition()
        editions.edit_facts(edition, {"city": "Bogor", "venue": "Aula"}, by=chair_of(edition))
        entry = log_of(edition)[0]
        assert entry.changes == {"venue": ["Gedung Contoh", "Aula"], "city": ["Jakarta", "Bogor"]}


class TestDates:
    def test_refused_where_impossible(self) -> None:
        edition = make_edition()
        now = timezone.now()
        with pytest.raises(dates.WrongOrder):
            dates.set_dates(
                edition,
                {DateKind.CALL_OPENS: now, DateKind.SUBMISSIONS_CLOSE: now},
                by=chair_of(edition),
            )
        with pytest.raises(dates.WrongOrder):  # with the date that is stored already
            early = now - datetime.timedelta(days=31)
            dates.set_dates(edition, {DateKind.SUBMISSIONS_CLOSE: early}, by=chair_of(edition))

    @pytest.mark.parametrize(("state", "is_kept"), [("public", True), ("draft", False)])
    def test_putting_off_keeps_the_old_moment(self, state: str, is_kept: bool) -> None:
        edition = make_edition(state)
        kind = DateKind.SUBMISSIONS_CLOSE
        first = edition.dates.get(kind=kind).at
        later = first + datetime.timedelta(days=7)
        dates.set_dates(edition, {kind: later}, by=chair_of(edition))
        date = edition.dates.get(kind=kind)
        assert (date.at, date.was_at) == (later, first if is_kept else None)
        dates.set_dates(edition, {kind: first}, by=chair_of(edition))
        assert edition.dates.get(kind=kind).was_at is None

    def test_taken_away_and_two_windows(self) -> None:
        edition = make_edition()
        base = dates.date_stamp(edition)
        dates.set_dates(edition, {DateKind.DECISIONS: None}, by=chair_of(edition), base=base)
        assert not ImportantDate.objects.filter(edition=edition, kind=DateKind.DECISIONS).exists()
        with pytest.raises(Conflict):
            dates.set_dates(edition, {DateKind.DECISIONS: timezone.now()}, by=chair_of(edition), base=base)


class TestCommittee:
    def test_the_last_chair_stays(self) -> None:
        edition = make_edition()
        chair = chair_of(edition)
        member = edition.committee.get()
        for act in (
            lambda: actions.remove(parts.COMMITTEE, member, by=chair),
            lambda: actions.edit(parts.COMMITTEE, member, {"role": "member"}, by=chair),
        ):
            with pytest.raises(committee.LastChair):
                act()
        other = make_user("dua@contoh.id", is_active=False)
        on_committee(edition, "chair", user=other)
        with pytest.raises(committee.LastChair):  # one who cannot sign in is no chair
            actions.remove(parts.COMMITTEE, member, by=chair)
        on_committee(edition, "chair", user=make_user("tiga@contoh.id"))
        actions.remove(parts.COMMITTEE, member, by=chair)
        assert edition.committee.count() == 2

    @pytest.mark.parametrize("role", ["chair", "programme_chair", "track_chair", "secretary", "editor", "registration"])
    def test_a_secretary_gives_no_role_that_opens_something(self, role: str) -> None:
        edition = make_edition()
        secretary = on_committee(edition, "secretary")
        with pytest.raises(PermissionDenied):
            actions.add(parts.COMMITTEE, edition, {"role": role, "name": "x"}, by=secretary)
        member = actions.add(parts.COMMITTEE, edition, {"role": "member", "name": "x"}, by=secretary)
        with pytest.raises(PermissionDenied):
            actions.edit(parts.COMMITTEE, member, {"role": role}, by=secretary)
        with pytest.raises(PermissionDenied):
            actions.remove(parts.COMMITTEE, CommitteeMember.objects.get(user=secretary), by=secretary)

    def test_an_invitation_belongs_to_its_address(self) -> None:
        edition = make_edition()
        member = make_row(parts.COMMITTEE, edition)
        committee.invite(member, "Made@Contoh.id", by=chair_of(edition))
        made, stranger = make_user("made@contoh.id"), make_user("lain@contoh.id")
        with pytest.raises(committee.NotInvited):
            committee.accept(member, by=stranger)
        member = committee.accept(member, by=made)
        assert (member.user, member.invited_email) == (made, "")
        with pytest.raises(committee.NotInvited):
            committee.accept(member, by=made)
        with pytest.raises(committee.NotInvited):
            committee.invite(member, "lain@contoh.id", by=chair_of(edition))
        assert "made@contoh.id" not in str(list(LogEntry.objects.values_list("changes", flat=True)))

    def test_an_address_that_is_not_confirmed_is_nobodys(self) -> None:
        edition = make_edition()
        member = make_row(parts.COMMITTEE, edition)
        committee.invite(member, "made@contoh.id", by=chair_of(edition))
        made = make_user("made@contoh.id")
        made.emailaddress_set.update(verified=False)
        with pytest.raises(committee.NotInvited):
            committee.accept(member, by=made)

    def test_declined_and_invited_elsewhere(self) -> None:
        edition = make_edition()
        member = make_row(parts.COMMITTEE, edition)
        committee.invite(member, "satu@contoh.id", by=chair_of(edition))
        committee.invite(member, "dua@contoh.id", by=chair_of(edition))
        with pytest.raises(committee.NotInvited):
            committee.accept(member, by=make_user("satu@contoh.id"))
        member = committee.decline(member, by=make_user("dua@contoh.id"))
        assert (member.user, member.invited_email) == (None, "")

    def test_a_deleted_account_leaves_a_name(self) -> None:
        edition = make_edition()
        made = make_user("made@contoh.id")
        on_committee(edition, "secretary", user=made)
        invited = make_row(parts.COMMITTEE, edition)
        committee.invite(invited, "made@contoh.id", by=chair_of(edition))
        delete_account(made)
        invited.refresh_from_db()
        assert invited.invited_email == ""
        assert edition.committee.get(role="secretary").user is None

    def test_not_too_many_mails(self, monkeypatch: Any) -> None:
        monkeypatch.setattr(committee, "MOST_INVITED_A_DAY", 1)
        edition = make_edition()
        member = make_row(parts.COMMITTEE, edition)
        committee.invite(member, "satu@contoh.id", by=chair_of(edition))
        with pytest.raises(committee.TooManyInvited):
            committee.invite(member, "dua@contoh.id", by=chair_of(edition))


class TestLists:
    @pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
    def test_each_is_added_edited_and_removed_with_a_log(self, part: Part) -> None:
        edition = make_edition()
        row = make_row(part, edition)
        name = next(
            name
            for name in ("organisation", "name", "title_id", "alt_id", "name_id", "label_id")
            if name in part.scalars
        )
        value = make_organisation("Lain") if name == "organisation" else "Kata baru"
        row = actions.edit(part, row, {name: value}, by=chair_of(edition))
        assert getattr(row, name) == value
        entry = log_of(edition)[0]
        assert entry.action == f"edition.{part.key}_edited"
        assert entry.changes[f"{part.key}.{name}"][1] == str(value)
        actions.remove(part, row, by=chair_of(edition))
        assert log_of(edition)[0].action == f"edition.{part.key}_removed"
        assert not part.model.objects.filter(pk=row.pk).exists()

    @pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])
    def test_two_windows(self, part: Part) -> None:
        edition = make_edition()
        row = make_row(part, edition)
        base = stamp(row, part.scalars, part.many)
        name = next(
            name for name in ("is_co_host", "name", "title_id", "alt_id", "name_id", "label_id") if name in part.scalars
        )
        value = True if name == "is_co_host" else "Satu"
        actions.edit(part, row, {name: value}, by=chair_of(edition), base=base)
        with pytest.raises(Conflict):
            actions.edit(part, row, {name: value}, by=chair_of(edition), base=base)

    def test_order(self) -> None:
        edition = make_edition()
        rows = [make_row(parts.PAGES, edition, title_id=title) for title in "ABC"]
        assert actions.move(parts.PAGES, rows[2], up=True, by=chair_of(edition))
        assert not actions.move(parts.PAGES, rows[0], up=True, by=chair_of(edition))
        assert not actions.move(parts.PAGES, rows[1], up=False, by=chair_of(edition))
        assert [page.title_id for page in edition.pages.all()] == ["A", "C", "B"]

    def test_a_co_host_does_not_pass_a_host(self) -> None:
        edition = make_edition()
        make_row(parts.HOSTS, edition)
        second = make_row(parts.HOSTS, edition, organisation=make_organisation("Mitra"), is_co_host=True)
        assert not actions.move(parts.HOSTS, second, up=True, by=chair_of(edition))

    def test_addresses_come_from_the_first_title(self) -> None:
        edition = make_edition()
        pages = [make_row(parts.PAGES, edition, title_id="Tempat & hotel") for _ in range(2)]
        assert [page.slug for page in pages] == ["tempat-hotel", "tempat-hotel-2"]
        assert actions.edit(parts.PAGES, pages[0], {"title_id": "Lain"}, by=chair_of(edition)).slug == "tempat-hotel"
        assert make_row(parts.PAGES, edition, title_id="会议").slug == "halaman"

    def test_nothing_of_another_edition(self) -> None:
        edition, other = make_edition(), make_edition()
        with pytest.raises(PermissionDenied):
            make_row(parts.NEWS, edition, related=[make_row(parts.NEWS, other)])
        with pytest.raises(PermissionDenied):
            make_row(parts.SPEAKERS, edition, photo=make_row(parts.PHOTOS, other))

    def test_a_track_with_submissions_stays(self) -> None:
        edition = make_edition()
        track = make_track(edition)
        make_submission(track)
        with pytest.raises(actions.InUse), transaction.atomic():
            actions.remove(parts.TRACKS, track, by=chair_of(edition))
        assert Track.objects.filter(pk=track.pk).exists()

    def test_related_news_is_shown_both_ways(self) -> None:
        edition = make_edition()
        first = make_row(parts.NEWS, edition)
        second = make_row(parts.NEWS, edition, related=[first])
        assert list(first.related.all()) == [second]

    def test_long_texts_are_logged_by_what_differs(self) -> None:
        edition = make_edition()
        before = "Awal. " * 200 + "lama" + " akhir." * 200
        page = make_row(parts.PAGES, edition, body_id=before)
        actions.edit(parts.PAGES, page, {"body_id": before.replace("lama", "baru")}, by=chair_of(edition))
        old, new = log_of(edition)[0].changes["sitepage.body_id"]
        assert "lama" in old and "baru" in new
        assert len(new) < 100
        assert passages("aa", "aaa") == ("aa", "aaa")


class TestClone:
    def source(self) -> Edition:
        edition = ready_edition(
            number=3, starts_on=datetime.date(2026, 11, 24), ends_on=datetime.date(2026, 11, 25), zone="Asia/Makassar"
        )
        track = edition.tracks.get()
        track.pmks.set(Pmks.objects.all()[:2])
        track.pillars.set(Pillar.objects.all()[:1])
        Criterion.objects.create(track=track, label_id="Kebaruan", anchors_id=["a"] * 5, anchors_en=["a"] * 5)
        CallQuestion.objects.create(edition=edition, track=track, label_id="Sumber dana?")
        CallQuestion.objects.create(edition=edition, label_id="Datang sendiri?")
        LetterText.objects.create(edition=edition, kind="decision", language="id", subject="s", body="b")
        on_committee(edition, "track_chair", tracks=[track])
        make_row(parts.PAGES, edition)
        make_row(parts.NEWS, edition)
        make_row(parts.SPEAKERS, edition)
        make_row(parts.SPONSORS, edition, logo=make_row(parts.PHOTOS, edition, in_gallery=False))
        make_row(parts.PHOTOS, edition)
        make_submission(track)
        set_date(edition, DateKind.SUBMISSIONS_CLOSE, datetime.datetime(2026, 8, 31, 23, 59, tzinfo=edition.tz))
        edition.dates.filter(kind=DateKind.DECISIONS).update(was_at=timezone.now())
        Edition.objects.filter(pk=edition.pk).update(state=EditionState.ARCHIVED)
        return Edition.objects.get(pk=edition.pk)

    def data(self, **changes: Any) -> dict[str, Any]:
        return {
            "number": 4, "slug": "edisi-4", "title_id": "Keempat", "title_en": "", "theme_id": "Tema baru",
            "theme_en": "", "starts_on": datetime.date(2027, 11, 24), "with_sponsors": False,
        } | changes  # fmt: skip

    def test_what_stays_and_what_does_not(self) -> None:
        source = self.source()
        made = cloning.clone(source, self.data(), by=administrator())
        assert (made.state, made.cloned_from, made.revision) == (EditionState.DRAFT, source, 0)
        assert (made.city, made.zone, made.summary_id, made.theme_id) == (
            source.city,
            source.zone,
            source.summary_id,
            "Tema baru",
        )
        for model in (Host, SitePage, LetterText, CallQuestion, CommitteeMember, Track):
            assert model.objects.filter(edition=made).count() == model.objects.filter(edition=source).count() > 0
        track, old = made.tracks.get(), source.tracks.get()
        assert set(track.pmks.all()) == set(old.pmks.all())
        assert set(track.pillars.all()) == set(old.pillars.all())
        assert track.criteria.get().label_id == "Kebaruan"
        assert CallQuestion.objects.get(edition=made, label_id="Sumber dana?").track == track
        assert CommitteeMember.objects.get(edition=made, role="track_chair").tracks.get() == track
        for gone in (News.objects, Sponsor.objects, made.photos, made.speakers, made.submissions, made.reviewers):
            assert not gone.filter(edition=made).exists()
        assert log_of(made)[0].action == "edition.cloned"

    def test_dates_keep_weekday_and_hour(self) -> None:
        source = self.source()
        made = cloning.clone(source, self.data(), by=administrator())
        assert made.starts_on == datetime.date(2027, 11, 23)  # a Tuesday, as the year before
        assert made.ends_on - made.starts_on == source.ends_on - source.starts_on
        old = {date.kind: date.at for date in source.dates.all()}
        for date in made.dates.all():
            assert date.was_at is None
            assert (date.at - old[date.kind]).days == 52 * 7
            assert date.at.astimezone(made.tz).time() == old[date.kind].astimezone(made.tz).time()

    @pytest.mark.parametrize(("day", "first"), [(20, 23), (26, 23), (27, 30), (29, 30)])
    def test_the_nearest_week(self, day: int, first: int) -> None:
        source = make_edition(starts_on=datetime.date(2026, 11, 24), ends_on=datetime.date(2026, 11, 25))
        assert cloning.shift_to(source, datetime.date(2027, 11, day)).starts_on == datetime.date(2027, 11, first)

    def test_sponsors_come_with_their_logos(self) -> None:
        made = cloning.clone(self.source(), self.data(with_sponsors=True), by=administrator())
        sponsor = Sponsor.objects.get(edition=made)
        assert sponsor.logo is not None
        assert sponsor.logo.edition == made
        assert made.photos.count() == 1

    def test_its_chair_is_chair_of_the_next(self) -> None:
        source = self.source()
        chair = chair_of(source)
        made = cloning.clone(source, self.data(), by=chair)
        assert may_change_state(User.objects.get(pk=chair.pk), made)

    def test_the_old_one_is_as_it_was(self) -> None:
        source = self.source()
        before = [list(model.objects.filter(edition=source).values()) for model in (Track, SitePage, Host)]
        cloning.clone(source, self.data(), by=administrator())
        assert before == [list(model.objects.filter(edition=source).values()) for model in (Track, SitePage, Host)]

    @pytest.mark.parametrize("role", [role for role in CommitteeRole.values if role != "chair"])
    def test_nobody_else(self, role: str) -> None:
        source = self.source()
        with pytest.raises(PermissionDenied):
            cloning.clone(source, self.data(), by=on_committee(source, role))
        assert connection.in_atomic_block
        assert Edition.objects.filter(series=make_series()).count() == 1
