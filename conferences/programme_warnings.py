"""What does not fit in the working programme. Warnings stop nothing; they are shown before it is published."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Edition, ProgrammeItem, ProgrammeSession, SessionKind, Submission
from conferences.programme_people import MINUTE, Engagement, People, addresses_in
from conferences.queries.programme import Working, addresses_of_users, day_of
from conferences.states import SubmissionState


class Problem(models.TextChoices):
    """In the order in which they are shown."""

    TWO_PLACES = "two_places", gettext_lazy("Somebody in two places at once")
    CHAIR_TWICE = "chair_twice", gettext_lazy("Somebody chairs two sessions at once")
    CHAIR_OWN = "chair_own", gettext_lazy("Somebody chairs the session in which they present")
    UNAVAILABLE = "unavailable", gettext_lazy("Somebody who cannot come at that time")
    ROOM_TWICE = "room_twice", gettext_lazy("Two sessions in one room at once")
    ROOM_SMALL = "room_small", gettext_lazy("A room that is too small")
    OUTSIDE = "outside", gettext_lazy("Something outside its session")
    ITEMS_OVERLAP = "items_overlap", gettext_lazy("Two things at once in one session")
    OTHER_DAY = "other_day", gettext_lazy("A session outside the days of the conference")
    NOT_ACCEPTED = "not_accepted", gettext_lazy("Placed, but withdrawn or not accepted")
    NOT_PLACED = "not_placed", gettext_lazy("Accepted, but not placed")


@dataclass(frozen=True, slots=True)
class Warning:
    problem: Problem
    text: str  # who and what
    when: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    label: str
    warnings: list[Warning]


def grouped(warnings: Iterable[Warning]) -> list[Group]:
    found: dict[Problem, list[Warning]] = {problem: [] for problem in Problem}
    for warning in warnings:
        found[warning.problem].append(warning)
    return [Group(str(problem.label), rows) for problem, rows in found.items() if rows]


def warnings_of(working: Working) -> list[Warning]:
    """All of them, by kind and then by time; in as many statements as `working` and the accounts need."""
    return _Checker(working).run()


class _Checker:
    def __init__(self, working: Working) -> None:
        self.working, self.edition, self.sessions = working, working.edition, working.sessions
        addresses = addresses_in(self.sessions, working.unavailable)
        self.people = People(addresses_of_users(addresses))
        self.engagements = sorted(self.people.engagements(self.sessions), key=lambda one: one.starts_at)

    def run(self) -> list[Warning]:
        checks: tuple[Callable[[], Iterator[Warning]], ...] = (
            self._at_once, self._own_session, self._unavailable, self._rooms, self._seats, self._outside,
            self._items_at_once, self._other_days, self._not_accepted, self._not_placed,
        )  # fmt: skip
        return [warning for check in checks for warning in dict.fromkeys(check())]

    def _warn(self, problem: Problem, text: str, session: ProgrammeSession, *span: datetime.datetime) -> Warning:
        starts_at, ends_at = span or (session.starts_at, session.ends_at)
        url = reverse("conferences:desk_session", args=[self.edition.slug, session.pk])
        return Warning(problem, text, span_text(starts_at, ends_at, self.edition), url)

    def _at_once(self) -> Iterator[Warning]:
        """Each pair of engagements that overlap, of one person, in two sessions."""
        for one, other in _overlapping(self.engagements):
            if one.session.pk == other.session.pk or not one.who.is_same(other.who):
                continue
            is_twice = one.chairs and other.chairs
            text = _("%(who)s: %(one)s, and %(other)s")
            words = {"who": one.who.name, "one": _does(one), "other": _does(other)}
            problem = Problem.CHAIR_TWICE if is_twice else Problem.TWO_PLACES
            span = max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at)
            yield self._warn(problem, text % words, other.session, *span)

    def _own_session(self) -> Iterator[Warning]:
        chairs = [one for one in self.engagements if one.chairs]
        by_session: dict[int, list[Engagement]] = {}
        for chair in chairs:
            by_session.setdefault(chair.session.pk, []).append(chair)
        for talk in self.engagements:
            for chair in by_session.get(talk.session.pk, []):
                if not talk.chairs and chair.who.is_same(talk.who):
                    text = _("%(who)s chairs “%(session)s” and presents there: %(item)s")
                    words = {"who": chair.who.name, "session": chair.session, "item": title_of(talk.item)}
                    yield self._warn(Problem.CHAIR_OWN, text % words, talk.session, talk.starts_at, talk.ends_at)

    def _unavailable(self) -> Iterator[Warning]:
        for row in self.working.unavailable:
            who = self.people.unavailable(row)
            for one in self.engagements:
                if one.overlaps(row.starts_at, row.ends_at) and one.who.is_same(who):
                    cannot = span_text(row.starts_at, row.ends_at, self.edition)
                    text = _("%(who)s cannot come %(when)s: %(what)s")
                    words = {"who": one.who.name, "when": cannot, "what": _does(one)}
                    yield self._warn(Problem.UNAVAILABLE, text % words, one.session, one.starts_at, one.ends_at)

    def _rooms(self) -> Iterator[Warning]:
        for one, other in _overlapping(self.sessions):
            if _share_room(one, other):
                text = _("%(room)s: “%(one)s” and “%(other)s”")
                room = one.room or other.room or _("all rooms")
                words = {"room": room, "one": one, "other": other}
                span = max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at)
                yield self._warn(Problem.ROOM_TWICE, text % words, other, *span)

    def _seats(self) -> Iterator[Warning]:
        """What is expected; at a plenary at least everybody whose registration is confirmed."""
        for session in self.sessions:
            expected = session.expected or 0
            if session.kind == SessionKind.PLENARY:
                expected = max(expected, self.working.confirmed)
            if session.room and session.room.capacity and expected > session.room.capacity:
                text = _("“%(session)s”: %(expected)s people expected, %(seats)s seats in %(room)s")
                words = {"session": session, "expected": expected, "seats": session.room.capacity, "room": session.room}
                yield self._warn(Problem.ROOM_SMALL, text % words, session)

    def _outside(self) -> Iterator[Warning]:
        for session in self.sessions:
            for item in session.items.all():
                ends_at = item.starts_at + item.minutes * MINUTE
                if item.starts_at < session.starts_at or ends_at > session.ends_at:
                    text = _("%(item)s does not lie within “%(session)s”")
                    words = {"item": title_of(item), "session": session}
                    yield self._warn(Problem.OUTSIDE, text % words, session, item.starts_at, ends_at)

    def _items_at_once(self) -> Iterator[Warning]:
        for session in self.sessions:
            if session.kind == SessionKind.POSTERS:
                continue
            spans = [
                _Span(item.starts_at, item.starts_at + item.minutes * MINUTE, item) for item in session.items.all()
            ]
            for one, other in _overlapping(spans):
                text = _("“%(session)s”: %(one)s, and %(other)s")
                words = {"session": session, "one": title_of(one.item), "other": title_of(other.item)}
                span = max(one.starts_at, other.starts_at), min(one.ends_at, other.ends_at)
                yield self._warn(Problem.ITEMS_OVERLAP, text % words, session, *span)

    def _other_days(self) -> Iterator[Warning]:
        for session in self.sessions:
            if not self.edition.starts_on <= day_of(session, self.edition) <= self.edition.ends_on:
                yield self._warn(Problem.OTHER_DAY, f"“{session}”", session)

    def _not_accepted(self) -> Iterator[Warning]:
        for session in self.sessions:
            for item in session.items.all():
                if item.submission and item.submission.state != SubmissionState.ACCEPTED:
                    text = _("%(item)s in “%(session)s” is %(state)s")
                    state = item.submission.get_state_display()
                    words = {"item": title_of(item), "session": session, "state": state}
                    ends_at = item.starts_at + item.minutes * MINUTE
                    yield self._warn(Problem.NOT_ACCEPTED, text % words, session, item.starts_at, ends_at)

    def _not_placed(self) -> Iterator[Warning]:
        for submission in self.working.unplaced:
            names = ", ".join(who.name for who in self.people.presenters(submission))
            text = f"{_numbered(submission)} ({names})"
            url = reverse("conferences:desk_submission", args=[self.edition.slug, submission.pk])
            yield Warning(Problem.NOT_PLACED, text, "", url)


@dataclass(frozen=True, slots=True)
class _Span:
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    item: ProgrammeItem


T = TypeVar("T", Engagement, ProgrammeSession, _Span)


def _overlapping(things: Iterable[T]) -> Iterator[tuple[T, T]]:
    """Pairs that share time; what ends when the other begins does not."""
    running: list[T] = []
    for thing in sorted(things, key=lambda one: one.starts_at):
        running = [one for one in running if one.ends_at > thing.starts_at]
        for one in running:
            yield one, thing
        running.append(thing)


def _share_room(one: ProgrammeSession, other: ProgrammeSession) -> bool:
    """A session without a room takes all of them; only posters are looked at in breaks."""
    if one.room_id and other.room_id:
        return one.room_id == other.room_id
    kinds = {one.kind, other.kind}
    return not (SessionKind.BREAK in kinds and kinds & {SessionKind.POSTERS, SessionKind.OTHER})


def _does(one: Engagement) -> str:
    place = str(one.session.room or _("all rooms"))
    if one.item is None:
        return _("chairs “%(session)s” (%(room)s)") % {"session": one.session, "room": place}
    return _("presents %(item)s (%(room)s)") % {"item": title_of(one.item), "room": place}


def title_of(item: ProgrammeItem | None) -> str:
    if item is None:
        return ""
    if item.submission:
        return _numbered(item.submission)
    return f"“{item.title or (item.speaker.topic if item.speaker else '') or item.speaker}”"


def _numbered(submission: Submission) -> str:
    return f"#{submission.number} “{submission.title}”"


def span_text(starts_at: datetime.datetime, ends_at: datetime.datetime, edition: Edition) -> str:
    """'8 Februari 2027, 09.00–10.30 WIB'."""
    first, last = starts_at.astimezone(edition.tz), ends_at.astimezone(edition.tz)
    begins = f"{date_format(first, 'DATE_FORMAT')}, {date_format(first, 'TIME_FORMAT')}"
    ends = date_format(last, "TIME_FORMAT")
    if first.date() != last.date():
        ends = f"{date_format(last, 'DATE_FORMAT')}, {ends}"
    return f"{begins}–{ends} {edition.get_zone_display()}"


__all__ = ["Problem", "Warning", "grouped", "span_text", "title_of", "warnings_of"]
