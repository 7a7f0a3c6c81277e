"""What an edition's site shows: pages, news, speakers, sponsors, photographs, the call's things."""

import datetime
import itertools
from typing import Any

from django.utils import timezone

from conferences.demo.pictures import add_photo
from conferences.models import (
    CallQuestion,
    CallTemplate,
    CallTheme,
    CommitteeRole,
    Edition,
    Host,
    News,
    Paper,
    Photo,
    SitePage,
    Speaker,
    Sponsor,
)
from conferences.states import EditionState
from taxonomy.models import Pillar, Pmks, Service
from tests.factories.accounts import make_organisation
from tests.factories.conferences import committee, make_edition, make_track
from tests.factories.publications import make_blob, make_output

_numbers = itertools.count(1)
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def make_photo(edition: Edition, name: str = "mark-1", **fields: Any) -> Photo:
    return add_photo(edition, name, **{"alt_id": "Gambar contoh", "alt_en": "Sample drawing", **fields})


def make_news(edition: Edition, slug: str = "", *, at: datetime.datetime | None = None, **fields: Any) -> News:
    """Out since yesterday unless `at` says otherwise."""
    number = next(_numbers)
    texts = {"title_id": f"Berita {number}", "title_en": f"News {number}", "body_id": "Isi **berita**."}
    published = {"published_at": at or timezone.now() - datetime.timedelta(days=1)}
    return News.objects.create(edition=edition, slug=slug or f"berita-{number}", **{**texts, **published, **fields})


def make_page(edition: Edition, slug: str = "tentang", **fields: Any) -> SitePage:
    texts = {"title_id": "Tentang", "title_en": "About", "body_id": "## Isi\n\nTeks.", "body_en": "## Text\n\nWords."}
    return SitePage.objects.create(edition=edition, slug=slug, **{**texts, **fields})


def make_paper(edition: Edition) -> Paper:
    """A public output that was given at it."""
    return Paper.objects.create(edition=edition, output=make_output(), position=edition.papers.count() + 1)


def make_site(state: str = EditionState.PUBLIC, times: int = 1, **fields: Any) -> Edition:
    """An edition with everything that a site has; `times` as much of each."""
    edition = make_edition(state, **fields)
    Host.objects.create(edition=edition, organisation=make_organisation(f"Kementerian Contoh {edition.pk}"))
    for number in range(times):
        track = make_track(edition, pmks=["PMKS-08", "PMKS-09"])
        track.pillars.set(Pillar.objects.all()[:2])
        committee(edition, CommitteeRole.TRACK_CHAIR, tracks=[track])
        make_page(edition, f"halaman-{number}")
        news = make_news(edition, photo=make_photo(edition))
        news.related.set(News.objects.filter(edition=edition).exclude(pk=news.pk))
        Speaker.objects.create(edition=edition, name=f"Pembicara {number}", photo=make_photo(edition, in_gallery=False))
        Sponsor.objects.create(edition=edition, name=f"Pendukung {number}", logo=make_photo(edition, in_gallery=False))
        CallQuestion.objects.create(edition=edition, label_id=f"Pertanyaan {number}?", track=track)
        CallTemplate.objects.create(
            edition=edition, name=f"templat-{number}.docx", label_id="Templat", blob=make_blob(b"PK\x03\x04", DOCX)
        )
        CallTheme.objects.create(
            edition=edition, text_id=f"Tema {number}", pmks=Pmks.objects.get(code="PMKS-08"),
            service=Service.objects.first(), reasons=[{"why": "empty_cell", "number": 1, "text": "Sel kosong"}],
        )  # fmt: skip
    committee(edition, CommitteeRole.CHAIR)
    return edition


def paths_of(edition: Edition) -> list[str]:
    """Every address of its site."""
    here = f"/konferensi/{edition.slug}/"
    news, page, photo = edition.news.first(), edition.pages.first(), edition.photos.first()
    names = (
        "", "undangan/", "tanggal/", "tanggal.ics", "panitia-penyelenggara/", "pembicara/", "berita/", "berita.atom",
        "makalah/", "foto/",
    )  # fmt: skip
    found = [here + name for name in names]
    if news and page and photo:
        found += [f"{here}berita/{news.slug}/", f"{here}h/{page.slug}/"]
        found += [f"{here}foto/{photo.pk}/", f"{here}foto/{photo.pk}/kecil/"]
    return found + [f"{here}undangan/{template.name}" for template in edition.templates.all()[:1]]
