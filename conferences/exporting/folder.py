"""Writes the static copy of an edition. The same content gives the same bytes, so that copies can be compared."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from conferences.describing import dates_calendar
from conferences.exporting.facts import edition_facts
from conferences.exporting.links import SHARED, StaticCopy, page_name
from conferences.exporting.names import VOLUME_FILE, material_name, photo_name, template_name
from conferences.exporting.pages import drawn_pages
from conferences.exporting.printed import printed
from conferences.models import Edition
from conferences.queries.programme_public import beside, programme_of
from conferences.queries.site import CopiedSite, Site, photos_of
from conferences.queries.volume_page import volume_page
from conferences.schedules.calendars import programme_calendar
from conferences.schedules.facts import SCHEMA as PROGRAMME_SCHEMA
from conferences.schedules.facts import programme_facts
from conferences.schedules.frab_files import as_json, as_xml
from conferences.schedules.frab_values import told
from kesos_repo.bundle import joined_css

LANGUAGES = ("id", "en")
SUMS = "SHA256SUMS"
SCHEMA = Path(__file__).parent / "schema.json"
WAYS_IN = {
    "pages": [("Bahasa Indonesia", "id/index.html", "id"), ("English", "en/index.html", "en")],
    "files": [
        ("PDF (Bahasa Indonesia)", "situs-id.pdf"),
        ("PDF (English)", "situs-en.pdf"),
        ("Kalender (ICS)", "id/tanggal.ics"),
        ("Data (JSON)", "data.json"),
        ("BACA-SAYA.txt", "BACA-SAYA.txt"),
        (SUMS, SUMS),
    ],
}
Piece = tuple[str, bytes]


class NotPublic(ValueError):
    """Only what everybody may see is copied."""


class FolderInUse(ValueError):
    """The folder holds something that is no earlier copy of this edition."""


def export(edition: Edition, folder: Path) -> int:
    """Write the copy into `folder`, new or an earlier copy of the same edition; returns the number of files."""
    if not edition.is_public:
        raise NotPublic(edition.slug)
    _make_room(edition, folder)
    sums = {name: _write(folder / name, content) for name, content in pieces(edition)}
    (folder / SUMS).write_text(_listed(sums), encoding="utf-8")
    return len(sums) + 1


def zipped(edition: Edition) -> bytes:
    """The copy as one file to download, in a folder named after the edition; the same bytes for the same content."""
    if not edition.is_public:
        raise NotPublic(edition.slug)
    target, sums = io.BytesIO(), dict[str, str]()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pieces(edition):
            _pack(archive, f"{edition.slug}/{name}", content)
            sums[name] = hashlib.sha256(content).hexdigest()
        _pack(archive, f"{edition.slug}/{SUMS}", _listed(sums).encode())
    return target.getvalue()


def _pack(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _listed(sums: dict[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def pieces(edition: Edition) -> Iterator[Piece]:
    """Name and content of each file."""
    site = CopiedSite(edition)
    photos = {photo.pk: photo for photo in photos_of(edition)}
    online = f"{settings.SITE_URL}/konferensi/{edition.slug}/"
    copy = StaticCopy(edition.slug, photos, {one.name: one for one in site.templates}, online)
    facts = edition_facts(site)
    yield "data.json", (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
    yield "skema.json", SCHEMA.read_bytes()
    yield from _programme(edition)
    for language in LANGUAGES:
        yield from _in_language(site, copy, language)
    yield "index.html", render_to_string("conferences/export/choice.html", {"edition": edition, **WAYS_IN}).encode()
    yield from _style()
    for photo in photos.values():
        yield f"foto/{photo_name(photo)}", _stored(photo.blob.content)
        if photo.blob.thumbnail:
            yield f"foto/{photo_name(photo, small=True)}", _stored(photo.blob.thumbnail)
    for one in site.templates:
        yield f"berkas/{template_name(one)}", _stored(one.blob.content)
    if (proceedings := volume_page(edition)) and proceedings.file:
        yield VOLUME_FILE, _stored(proceedings.file.blob.content)
    yield (
        "BACA-SAYA.txt",
        render_to_string("conferences/export/readme.txt", {"edition": edition, "copy": copy}).encode(),
    )


def _stored(file: Any) -> bytes:
    """Opened anew: whoever drew the pages may have read and closed it."""
    with file.open("rb") as content:
        return bytes(content.read())


def _programme(edition: Edition) -> Iterator[Piece]:
    """For machines, and the slides and posters that everybody may read."""
    with translation.override("id"):
        programme = programme_of(edition)
        if programme is None:
            return
        around, base = beside(edition), settings.SITE_URL
        facts = programme_facts(programme, around, base)
        frab = told(edition, programme.data, str(programme.schedule.number), base=base, beside=around)
    yield SHARED["programme_json"], (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
    yield "skema-jadwal.json", PROGRAMME_SCHEMA.read_bytes()
    yield SHARED["programme_xml"], as_xml(frab)
    yield SHARED["programme_frab"], as_json(frab)
    for materials in around.materials.values():
        for material in materials:
            yield material_name(material.pk), _stored(material.blob.content)


def _in_language(site: Site, copy: StaticCopy, language: str) -> Iterator[Piece]:
    for name, text in drawn_pages(site, copy, language):
        yield f"{language}/{name}", text.encode()
    with translation.override(language):
        yield f"{language}/tanggal.ics", dates_calendar(site, copy.online)
        if (programme := programme_of(site.edition)) and programme.sessions:
            content = programme_calendar(programme, programme.sessions, settings.SITE_URL)
            yield f"{language}/{page_name('programme_ics')}", content
    yield f"situs-{language}.pdf", printed(site, copy, language)


def _style() -> Iterator[Piece]:
    """The style of the site of today and its fonts with their licences, so that nothing is fetched from elsewhere."""
    static = Path(settings.BASE_DIR) / "static"
    yield "css/kesos.css", joined_css(static / "css").encode()
    for path in sorted((static / "fonts").iterdir()):
        yield f"fonts/{path.name}", path.read_bytes()


def _make_room(edition: Edition, folder: Path) -> None:
    """What an earlier copy wrote goes; anything else in the folder is not ours to delete."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = folder / SUMS
    if not listed.exists():
        if any(folder.iterdir()):
            raise FolderInUse(str(folder))
        return
    if json.loads((folder / "data.json").read_text(encoding="utf-8"))["slug"] != edition.slug:
        raise FolderInUse(str(folder))
    for line in listed.read_text(encoding="utf-8").splitlines():
        path = (folder / line.partition("  ")[2]).resolve()
        if path.is_relative_to(folder.resolve()):
            path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
