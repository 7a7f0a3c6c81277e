"""The sample editions: the third conference of 2014 as an archive, and one in review on the day of loading.

Of the third only its number, date, city, participants and host are facts; everything else is invented and says so.
"""

import datetime
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import timezone, translation

from accounts.models import Organisation, User
from conferences.demo.accounts import ACCOUNTS, user_of
from conferences.demo.pictures import add_photo
from conferences.models import (
    CallQuestion,
    CallTemplate,
    CallTheme,
    CommitteeMember,
    Edition,
    Host,
    ImportantDate,
    News,
    Photo,
    Series,
    SitePage,
    Speaker,
    Sponsor,
    Track,
)
from conferences.states import EditionState
from evidence.queries.themes import Theme, themes
from publications.models import Blob
from taxonomy.models import Pillar, Pmks, Service

FILE = Path(__file__).parent / "editions.json"
FIRST_YEAR = 2011  # the third was in 2014, one a year
THEMES_TAKEN = 5
COPIED = {
    "edition": (
        "title_id", "title_en", "theme_id", "theme_en", "summary_id", "summary_en", "venue", "address", "city",
        "is_online", "online_url", "contact_email",
    ),
    "track": (
        "code", "name_id", "name_en", "about_id", "about_en", "wants", "words_min", "words_max", "pages_max",
    ),
    "news": ("slug", "kind", "title_id", "title_en", "lede_id", "lede_en", "body_id", "body_en"),
    "speaker": ("name", "affiliation", "is_keynote", "topic_id", "topic_en", "about_id", "about_en"),
    "question": (
        "label_id", "label_en", "help_id", "help_en", "kind", "is_required", "words_max", "for_reviewers",
    ),
}  # fmt: skip
Record = dict[str, Any]


def current() -> Edition:
    """The sample edition that is being reviewed; for those who add submissions and reviews to it."""
    return Edition.objects.get(is_sample=True, state=EditionState.PUBLIC, series__slug="knpks")


def archive() -> Edition:
    """The third conference, of 2014."""
    return Edition.objects.get(is_sample=True, slug="knpks-2014")


def load_editions() -> int:
    """Both, with everything that their sites show; returns how many."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    series = Series.objects.get_or_create(slug=content["series"]["slug"], defaults=content["series"])[0]
    users = {account.email: user_of(account) for account, _ in ACCOUNTS}
    held = datetime.date(2014, 11, 25)
    _EditionLoader(series, content["archive"], users, timezone.localdate()).load(held, held, EditionState.ARCHIVED)
    loader = _EditionLoader(series, _named(content["current"]), users, timezone.localdate())
    first, last = content["current"]["days"]
    loader.load(loader.day(first), loader.day(last), EditionState.PUBLIC)
    loader.load_call()
    return 2


def _named(record: Record) -> Record:
    """With the number and the address of the year in which it takes place."""
    year = (timezone.localdate() + datetime.timedelta(days=record["days"][0])).year
    number = year - FIRST_YEAR
    return record | {
        "number": number,
        "slug": f"knpks-{year}",
        "title_id": f"Konferensi Nasional Penelitian Kesejahteraan Sosial ke-{number}",
        "title_en": f"{_ordinal(number)} National Conference on Social-Welfare Research",
    }


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _copied(kind: str, record: Record) -> Record:
    return {name: record[name] for name in COPIED[kind] if name in record}


class _EditionLoader:
    def __init__(self, series: Series, record: Record, users: dict[str, User], today: datetime.date) -> None:
        self.series, self.record, self.users, self.today = series, record, users, today

    def load(self, first: datetime.date, last: datetime.date, state: str) -> None:
        record = self.record
        self.edition = Edition.objects.create(
            series=self.series, number=record["number"], slug=record["slug"], starts_on=first, ends_on=last,
            state=state, is_sample=True, **_copied("edition", record),
        )  # fmt: skip
        self._hosts()
        self._dates()
        self.tracks = {raw["code"]: self._track(place, raw) for place, raw in enumerate(record["tracks"])}
        self._committee()
        self._pages()
        self.photos = {raw["key"]: self._photo(place, raw) for place, raw in enumerate(record["photos"])}
        self._speakers()
        self._news()

    def load_call(self) -> None:
        """Questions, templates, and themes from the evidence gaps of the sample findings."""
        for place, raw in enumerate(self.record["questions"]):
            CallQuestion.objects.create(edition=self.edition, position=place, **_copied("question", raw))
        for place, raw in enumerate(self.record["templates"]):
            self._template(place, raw)
        for place, theme in enumerate(list(_best_of_each_kind().values())[:THEMES_TAKEN]):
            self._theme(place, theme)

    def day(self, days: int) -> datetime.date:
        return self.today + datetime.timedelta(days=days)

    def _moment(self, days: int, time: str) -> datetime.datetime:
        at = datetime.time.fromisoformat(time)
        return datetime.datetime.combine(self.day(days), at, self.edition.tz)

    def _hosts(self) -> None:
        for is_co_host, codes in enumerate((self.record["hosts"], self.record.get("co_hosts", []))):
            for place, code in enumerate(codes):
                unit = Organisation.objects.get(code=code)
                Host.objects.create(
                    edition=self.edition, organisation=unit, is_co_host=bool(is_co_host), position=place
                )

    def _dates(self) -> None:
        for raw in self.record.get("dates", []):
            ImportantDate.objects.create(
                edition=self.edition,
                kind=raw["kind"],
                at=self._moment(raw["days"], raw["time"]),
                was_at=self._moment(raw["was"], raw["time"]) if "was" in raw else None,
                label_id=raw.get("label_id", ""),
                label_en=raw.get("label_en", ""),
            )

    def _track(self, place: int, raw: Record) -> Track:
        track = Track.objects.create(edition=self.edition, position=place, **_copied("track", raw))
        track.pmks.set(Pmks.objects.filter(code__in=raw["pmks"]))
        track.pillars.set(Pillar.objects.filter(code__in=raw["pillars"]))
        return track

    def _committee(self) -> None:
        for place, raw in enumerate(self.record["committee"]):
            member = CommitteeMember.objects.create(
                edition=self.edition, role=raw["role"], name=raw["name"], affiliation=raw["affiliation"],
                user=self.users.get(raw.get("account", "")), position=place,
            )  # fmt: skip
            member.tracks.set([self.tracks[code] for code in raw.get("tracks", [])])

    def _pages(self) -> None:
        for place, raw in enumerate(self.record["pages"]):
            SitePage.objects.create(edition=self.edition, position=place, **raw)

    def _photo(self, place: int, raw: Record) -> Photo:
        texts = {"alt_id": raw["alt_id"], "alt_en": raw["alt_en"], "credit": "Gambar contoh"}
        return add_photo(self.edition, raw["key"], position=place, **texts)

    def _drawn(self, name: str, alt: str) -> Photo:
        return add_photo(self.edition, name, alt_id=alt, alt_en=alt, in_gallery=False)

    def _speakers(self) -> None:
        for place, raw in enumerate(self.record.get("speakers", [])):
            photo = self._drawn(raw["photo"], raw["name"])
            Speaker.objects.create(edition=self.edition, position=place, photo=photo, **_copied("speaker", raw))
        for place, raw in enumerate(self.record.get("sponsors", [])):
            notes = {name: raw[name] for name in ("name", "note_id", "note_en")}
            logo = self._drawn(raw["logo"], raw["name"])
            Sponsor.objects.create(edition=self.edition, position=place, logo=logo, **notes)

    def _news(self) -> None:
        made: dict[str, News] = {}
        for raw in self.record["news"]:
            day = datetime.date.fromisoformat(raw["on"]) if "on" in raw else self.day(raw["days"])
            news = News.objects.create(
                edition=self.edition,
                published_at=datetime.datetime.combine(day, datetime.time(9), self.edition.tz),
                photo=self.photos.get(raw.get("photo", "")),
                **_copied("news", raw),
            )
            news.related.set([made[slug] for slug in raw.get("related", [])])
            made[news.slug] = news

    def _template(self, place: int, raw: Record) -> None:
        document = docx.Document()
        for level, heading in enumerate(raw["headings"]):
            document.add_heading(heading, 1 if level else 0)
            document.add_paragraph("Tulis di sini.")
        target = io.BytesIO()
        document.save(target)
        blob = Blob(
            size=target.tell(),
            sha256=hashlib.sha256(target.getvalue()).hexdigest(),
            mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        )
        blob.content.save("", ContentFile(target.getvalue()), save=False)
        blob.save()
        texts = {name: raw[name] for name in ("name", "label_id", "label_en")}
        track = self.tracks.get(raw.get("track", ""))
        CallTemplate.objects.create(edition=self.edition, track=track, blob=blob, position=place, **texts)

    def _theme(self, place: int, theme: Theme) -> None:
        column = theme.column
        names = {language: _theme_name(theme, language) for language in ("id", "en")}
        CallTheme.objects.create(
            edition=self.edition,
            position=place,
            pmks=Pmks.objects.get(pk=theme.pmks.pk),
            service=Service.objects.get(pk=column.pk) if column and theme.axis == "service" else None,
            text_id=names["id"],
            text_en=names["en"],
            reasons=[reason.kept() for reason in theme.reasons],
        )


def _best_of_each_kind() -> dict[int, Theme]:
    """The first theme of each PMKS, those with most points first."""
    found: dict[int, Theme] = {}
    for theme in themes():
        if theme.axis == "service":
            found.setdefault(theme.pmks.pk, theme)
    return found


def _theme_name(theme: Theme, language: str) -> str:
    with translation.override(language):
        return f"{theme.column} – {theme.pmks}" if theme.column else str(theme.pmks)
