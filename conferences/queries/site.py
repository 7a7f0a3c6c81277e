"""What the public site of a conference shows, each part read once and in a fixed number of statements."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from conferences import phases, wording
from conferences.models import (
    CallQuestion,
    CallTemplate,
    CallTheme,
    CommitteeMember,
    CommitteeRole,
    DateKind,
    Edition,
    Host,
    ImportantDate,
    News,
    Photo,
    RegistrationTerms,
    Series,
    SitePage,
    Speaker,
    Sponsor,
    Track,
    Volume,
)
from conferences.queries.papers import public_papers
from conferences.queries.programme_public import has_schedule
from conferences.states import EditionState, VolumeState
from publications.queries.rows import Row, output_rows

LATEST_NEWS = 3
NEXT_DATES = 4
RELATED_NEWS = 4
ROLE_ORDER = (
    CommitteeRole.STEERING, CommitteeRole.CHAIR, CommitteeRole.PROGRAMME_CHAIR, CommitteeRole.TRACK_CHAIR,
    CommitteeRole.SECRETARY, CommitteeRole.REGISTRATION, CommitteeRole.EDITOR, CommitteeRole.MEMBER,
)  # fmt: skip

_PASSED = """
    SELECT (SELECT count(*) FROM conferences_importantdate WHERE at <= %(now)s),
           (SELECT count(*) FROM conferences_news WHERE published_at <= %(now)s)
"""


def moments_passed() -> Hashable:
    """Differs as soon as a deadline passes or news comes out, so that a kept page is never behind the clock."""
    with connection.cursor() as cursor:
        cursor.execute(_PASSED, {"now": timezone.now()})
        return tuple(cursor.fetchone())


# --- the list of editions


@dataclass(frozen=True, slots=True)
class PastOf:
    series: Series
    editions: list[Edition]


@dataclass(frozen=True, slots=True)
class Editions:
    coming: list[Edition]  # the next first
    past: list[PastOf]  # the newest first


def editions(user: Any) -> Editions:
    """All that the reader may see; three statements."""
    hosts = Prefetch("host_rows", Host.objects.select_related("organisation"))
    found = Edition.objects.visible_to(user).select_related("series").prefetch_related("dates", hosts)
    today = timezone.localdate()
    coming = [edition for edition in found if _is_coming(edition, today)]
    past: dict[int, PastOf] = {}
    for edition in found:
        if not _is_coming(edition, today):
            past.setdefault(edition.series_id, PastOf(edition.series, [])).editions.append(edition)
    return Editions(sorted(coming, key=lambda edition: (edition.starts_on, edition.pk)), list(past.values()))


def _is_coming(edition: Edition, today: datetime.date) -> bool:
    return edition.state != EditionState.ARCHIVED and edition.ends_on >= today


def next_edition() -> Edition | None:
    """The public one that takes place next; two statements."""
    coming = Edition.objects.filter(state=EditionState.PUBLIC, ends_on__gte=timezone.localdate())
    return coming.select_related("series").prefetch_related("dates").order_by("starts_on", "pk").first()


# --- one edition


@dataclass(frozen=True, slots=True)
class Call:
    """`state`: "soon", "open", "closed", or "" where there is no call to speak of; `at` the moment it turns."""

    state: str
    at: datetime.datetime | None


def call_of(edition: Edition, at: datetime.datetime | None = None) -> Call:
    now = at or timezone.now()
    opens = phases.date_of(edition, DateKind.CALL_OPENS)
    closes = phases.date_of(edition, DateKind.SUBMISSIONS_CLOSE)
    if closes is None:
        return Call("", None)
    if edition.state == EditionState.ARCHIVED or closes <= now:
        return Call("closed", closes)
    return Call("soon", opens) if opens and now < opens else Call("open", closes)


def registration_phase_of(edition: Edition, at: datetime.datetime | None = None) -> Call:
    """The same for registration; one statement."""
    now = at or timezone.now()
    opens = phases.date_of(edition, DateKind.REGISTRATION_OPENS)
    closes = phases.date_of(edition, DateKind.REGISTRATION_CLOSES)
    if not RegistrationTerms.objects.filter(edition=edition, is_offered=True).exists():
        return Call("", None)
    if edition.state == EditionState.ARCHIVED or closes and closes <= now:
        return Call("closed", closes)
    return Call("open", closes) if phases.is_registration_open(edition, now) else Call("soon", opens)


@dataclass(frozen=True, slots=True)
class DateRow:
    date: ImportantDate
    label: str
    is_past: bool
    is_next: bool

    @property
    def was_put_off(self) -> bool:
        return self.date.was_at is not None and self.date.was_at != self.date.at


def date_rows(edition: Edition, at: datetime.datetime | None = None) -> list[DateRow]:
    """In order; the first that is still to come is the next, unless the edition is over."""
    now, rows, is_next = at or timezone.now(), list[DateRow](), True
    for date in sorted(edition.dates.all(), key=lambda date: (date.at, date.pk)):
        is_past = date.at <= now
        rows.append(DateRow(date, wording.label(date), is_past, is_next and not is_past))
        is_next = is_next and is_past
    return rows


@dataclass(frozen=True, slots=True)
class RoleGroup:
    role: CommitteeRole
    members: list[CommitteeMember]


def news_of(edition: Edition, at: datetime.datetime | None = None) -> QuerySet[News]:
    """What has come out, the newest first."""
    out = News.objects.filter(edition=edition, published_at__lte=at or timezone.now())
    return out.select_related("photo__blob").order_by("-published_at", "-pk")


def photos_of(edition: Edition, at: datetime.datetime | None = None) -> QuerySet[Photo]:
    """What the site shows somewhere: the gallery, and pictures of people, sponsors and news that has come out."""
    shown = Q(in_gallery=True)
    for rows, name in (
        (Speaker.objects.all(), "photo"),
        (Sponsor.objects.all(), "logo"),
        (news_of(edition, at), "photo"),
    ):
        shown |= Q(Exists(rows.order_by().filter(**{name: OuterRef("pk")})))
    return Photo.objects.filter(shown, edition=edition).select_related("blob")


class Site:
    """The parts of one edition's site; `edition` with its series and dates."""

    def __init__(self, edition: Edition, at: datetime.datetime | None = None) -> None:
        self.edition = edition
        self.at = at or timezone.now()

    @cached_property
    def hosts(self) -> list[Host]:
        return list(Host.objects.filter(edition=self.edition).select_related("organisation"))

    @property
    def leading_hosts(self) -> list[Host]:
        return [host for host in self.hosts if not host.is_co_host]

    @property
    def co_hosts(self) -> list[Host]:
        return [host for host in self.hosts if host.is_co_host]

    @cached_property
    def call(self) -> Call:
        return call_of(self.edition, self.at)

    @cached_property
    def registration(self) -> Call:
        return registration_phase_of(self.edition, self.at)

    @cached_property
    def dates(self) -> list[DateRow]:
        return date_rows(self.edition, self.at)

    @property
    def next_dates(self) -> list[DateRow]:
        return [row for row in self.dates if not row.is_past][:NEXT_DATES]

    @cached_property
    def tracks(self) -> list[Track]:
        return list(Track.objects.filter(edition=self.edition).prefetch_related("pmks", "pillars"))

    @cached_property
    def speakers(self) -> list[Speaker]:
        return list(Speaker.objects.filter(edition=self.edition).select_related("photo__blob"))

    @cached_property
    def sponsors(self) -> list[Sponsor]:
        return list(Sponsor.objects.filter(edition=self.edition).select_related("logo__blob"))

    @cached_property
    def committee(self) -> list[RoleGroup]:
        listed = CommitteeMember.objects.filter(edition=self.edition, is_listed=True)
        members = listed.filter(invited_email="").prefetch_related("tracks")  # nobody is named who has yet to agree
        by_role: dict[str, list[CommitteeMember]] = {}
        for member in members:
            by_role.setdefault(member.role, []).append(member)
        return [RoleGroup(role, by_role[role]) for role in ROLE_ORDER if role in by_role]

    @cached_property
    def pages(self) -> list[SitePage]:
        return list(SitePage.objects.filter(edition=self.edition).defer("body_id", "body_en"))

    @property
    def menu_pages(self) -> list[SitePage]:
        return [page for page in self.pages if page.in_menu]

    @cached_property
    def news(self) -> list[News]:
        return list(news_of(self.edition, self.at))

    @property
    def latest_news(self) -> list[News]:
        return self.news[:LATEST_NEWS]

    @cached_property
    def gallery(self) -> list[Photo]:
        return list(Photo.objects.filter(edition=self.edition, in_gallery=True).select_related("blob"))

    @cached_property
    def has_programme(self) -> bool:
        return has_schedule(self.edition)

    @cached_property
    def has_papers(self) -> bool:
        return public_papers(self.edition).exists()

    @cached_property
    def papers(self) -> list[Row]:
        """What was given at it and is public, in the order of the programme."""
        in_order = public_papers(self.edition).order_by("conference_paper__position", "pk")
        return output_rows(list(in_order.values_list("pk", flat=True)))

    @cached_property
    def has_volume(self) -> bool:
        """Whether its proceedings are published."""
        return Volume.objects.filter(edition=self.edition, state=VolumeState.PUBLISHED).exists()

    @cached_property
    def themes(self) -> list[CallTheme]:
        return list(CallTheme.objects.filter(edition=self.edition).select_related("pmks", "service"))

    @cached_property
    def questions(self) -> list[CallQuestion]:
        return list(CallQuestion.objects.filter(edition=self.edition))

    @cached_property
    def templates(self) -> list[CallTemplate]:
        return list(CallTemplate.objects.filter(edition=self.edition).select_related("blob"))


class CopiedSite(Site):
    """As a copy for keeping shows it: nothing of it depends on when it was made, but news that had come out."""

    @cached_property
    def call(self) -> Call:
        closes = phases.date_of(self.edition, DateKind.SUBMISSIONS_CLOSE)
        return Call("closed" if closes else "", closes)

    @cached_property
    def dates(self) -> list[DateRow]:
        return [replace(row, is_past=False, is_next=False) for row in date_rows(self.edition, self.at)]

    @property
    def next_dates(self) -> list[DateRow]:
        return []


def related_news(news: News, at: datetime.datetime | None = None) -> list[News]:
    """What was linked by hand, as far as it has come out."""
    return list(news_of(news.edition, at).filter(related=news)[:RELATED_NEWS])


@dataclass(frozen=True, slots=True)
class TrackCall:
    """What a track asks for; questions and templates of all tracks stand with each."""

    track: Track
    questions: list[CallQuestion]
    templates: list[CallTemplate]


def call_by_track(site: Site) -> list[TrackCall]:
    return [
        TrackCall(
            track,
            [question for question in site.questions if question.track_id in (None, track.pk)],
            [template for template in site.templates if template.track_id in (None, track.pk)],
        )
        for track in site.tracks
    ]
