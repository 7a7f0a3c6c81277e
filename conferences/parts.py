"""What organisers keep as lists: each list's address, table and fields."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conferences import models


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
PARTS = (HOSTS, OTHER_DATES, COMMITTEE, TRACKS, PAGES, NEWS, SPEAKERS, SPONSORS, PHOTOS)
