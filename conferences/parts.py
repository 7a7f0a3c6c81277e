"""What organisers keep as lists: each list's address, table and fields."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conferences import models
from conferences.rules.committee import may_organise
from conferences.rules.desk import may_read_site_desk
from conferences.rules.programme import may_make_schedule, may_open_schedule

Rule = Callable[[User, models.Edition], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """`address`: in /panitia/<slug>/<address>/; `fixed`: values that all its rows have."""

    name: str
    address: str
    model: Any
    label: "str | Promise"
    one: "str | Promise"
    new: "str | Promise"
    scalars: tuple[str, ...]
    many: tuple[str, ...] = ()
    is_ordered: bool = True
    has_slug: bool = False
    fixed: Mapping[str, Any] = field(default_factory=dict)
    group: str = ""  # a field by which the list is ordered before the position
    may_read: Rule = may_read_site_desk
    may_change: Rule = may_organise
    is_private: bool = False  # the log tells that something changed, not what

    @property
    def url_name(self) -> str:
        return f"conferences:desk_{self.name}"

    @property
    def key(self) -> str:
        """How the log calls it."""
        return str(self.model._meta.model_name)


def _pair(name: str) -> tuple[str, str]:
    return f"{name}_id", f"{name}_en"


HOSTS = Part(
    "hosts", "penyelenggara", models.Host, _("Hosts"), _("host"), _("Add a host"),
    ("organisation", "is_co_host"),
    group="is_co_host",
)  # fmt: skip
OTHER_DATES = Part(
    "other_dates", "tanggal-lain", models.ImportantDate, _("Other dates"), _("another date"), _("Add a date"),
    (*_pair("label"), "at"), is_ordered=False, fixed={"kind": models.DateKind.OTHER},
)  # fmt: skip
COMMITTEE = Part(
    "committee", "susunan", models.CommitteeMember, _("Committee"), _("committee member"), _("Add somebody"),
    ("role", "name", "affiliation", "is_listed"), ("tracks",),
)  # fmt: skip
TRACKS = Part(
    "tracks", "bidang", models.Track, _("Tracks"), _("track"), _("Add a track"),
    ("code", *_pair("name"), *_pair("about")), ("pmks", "pillars"),
)  # fmt: skip
PAGES = Part(
    "pages", "halaman", models.SitePage, _("Pages"), _("page"), _("Add a page"),
    (*_pair("title"), *_pair("body"), "in_menu"), has_slug=True,
)  # fmt: skip
NEWS = Part(
    "news", "berita", models.News, _("News"), _("news"), _("Write news"),
    ("kind", *_pair("title"), *_pair("lede"), *_pair("body"), "photo", "published_at"), ("related",),
    is_ordered=False, has_slug=True,
)  # fmt: skip
SPEAKERS = Part(
    "speakers", "pembicara", models.Speaker, _("Speakers"), _("speaker"), _("Add a speaker"),
    ("name", "affiliation", *_pair("topic"), *_pair("about"), "is_keynote", "photo"), group="is_keynote",
)  # fmt: skip
SPONSORS = Part(
    "sponsors", "sponsor", models.Sponsor, _("Sponsors"), _("sponsor"), _("Add a sponsor"),
    ("name", "url", *_pair("note"), "logo"),
)  # fmt: skip
PHOTOS = Part(
    "photos", "foto", models.Photo, _("Photographs"), _("photograph"), _("Add a photograph"),
    (*_pair("alt"), "credit", "in_gallery"),
)  # fmt: skip
ROOMS = Part(
    "rooms", "jadwal/ruang", models.Room, _("Rooms"), _("room"), _("Add a room"),
    (*_pair("name"), "place", "capacity", "online_url"),
    may_read=may_open_schedule, may_change=may_make_schedule,
)  # fmt: skip
UNAVAILABLE = Part(
    "unavailable", "jadwal/berhalangan", models.Unavailability, _("Who cannot come when"),
    _("time when somebody cannot come"), _("Add somebody"),
    ("name", "email", "starts_at", "ends_at", "note"),
    is_ordered=False, may_read=may_open_schedule, may_change=may_make_schedule, is_private=True,
)  # fmt: skip
PARTS = (HOSTS, OTHER_DATES, COMMITTEE, TRACKS, PAGES, NEWS, SPEAKERS, SPONSORS, PHOTOS)
