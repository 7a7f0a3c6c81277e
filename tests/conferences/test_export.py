"""The static copy: whole, self-contained, the same bytes for the same content, and public things only."""

import datetime
import hashlib
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from conferences.exporting import export, zipped
from conferences.exporting.facts import edition_facts
from conferences.exporting.folder import SCHEMA, FolderInUse, NotPublic
from conferences.models import Edition, ImportantDate, News
from conferences.queries.site import Site
from conferences.states import EditionState
from tests.factories.conference_site import make_news, make_paper, make_photo, make_site
from tests.factories.conferences import DAY
from tests.factories.programme_public import make_material, make_programme, publish_schedule

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vocabularies")]
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("series").prefetch_related("dates").get(pk=edition.pk)


def check(value: Any, schema: Any, root: Any, at: str = "") -> None:
    """As much of JSON Schema as ours uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[-1]]
    if "const" in schema:
        assert value == schema["const"], at
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert any(type(value) is TYPES[kind] for kind in kinds), f"{at}: {value!r} is no {kinds}"
    assert "enum" not in schema or value in schema["enum"], at
    if isinstance(value, dict):
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), at
        for name, inner in value.items():
            check(inner, schema["properties"][name], root, f"{at}.{name}")
    if isinstance(value, list):
        for place, inner in enumerate(value):
            check(inner, schema.get("items", {"type": list(TYPES)}), root, f"{at}[{place}]")


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id", ""))
        if src := values.get("src"):
            self.loaded.append(src)
        if tag == "link":
            self.loaded.append(values["href"])
        if tag == "a":
            self.linked.append(values["href"])
        assert tag != "script" and "style" not in values


def test_it_is_whole_and_opens_without_network(tmp_path: Path) -> None:
    edition = make_site(times=2, state=EditionState.ARCHIVED)
    make_paper(edition)
    here = f"/konferensi/{edition.slug}/"
    body = f"[surat]({here}undangan/) [lain](/en{here}h/halaman-1/) [topik](/topik/)"
    edition.news.update(body_id=body)
    export(fresh(edition), tmp_path / "salinan")
    folder = tmp_path / "salinan"
    assert len(list(folder.rglob("*.html"))) == 1 + 2 * (1 + 1 + 1 + 5 + 2 + 2)
    assert_whole(folder)
    assert 'href="undangan.html">surat' in (folder / f"id/berita-{edition.news.first().slug}.html").read_text()


def assert_whole(folder: Path) -> None:
    """Every link of every page leads to a file or a place in it, and every file is listed with its sum."""
    for path in folder.rglob("*.html"):
        found = Links(path.read_text())
        for url in found.loaded:
            assert not re.match(r"\w+:|//|/", url), f"{path}: {url}"
            assert (path.parent / url).is_file(), f"{path}: {url}"
        for url in found.linked:
            name, fragment = urldefrag(url)
            if not re.match(r"https?:|mailto:", url):
                target = (path.parent / name) if name else path
                assert target.is_file() and target.resolve().is_relative_to(folder), f"{path}: {url}"
                if fragment:
                    assert fragment in Links(target.read_text()).ids, f"{path}: {url}"
    for address in re.findall(r"url\(([^)]*)\)", (folder / "css/kesos.css").read_text()):
        assert (folder / "css" / address.strip("\"'")).is_file()
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    listed = {line.split("  ")[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    assert listed | {"SHA256SUMS"} == {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_with_a_programme(tmp_path: Path) -> None:
    edition = make_programme(make_site())
    submission = edition.sessions.get(kind="posters").items.get().submission
    material, hidden = make_material(submission), make_material(submission, "poster", is_public=False)
    here = f"/konferensi/{edition.slug}/jadwal/"
    session, item = edition.sessions.first(), submission.programme_items.first()
    body = f"[sesi]({here}sesi/{session.pk}/) [acara]({here}{item.key}/) [semua]({here})"
    edition.news.update(body_id=body)
    publish_schedule(edition)
    folder = tmp_path / "salinan"
    export(fresh(edition), folder)
    assert_whole(folder)
    news = (folder / f"id/berita-{edition.news.first().slug}.html").read_text()
    for name in ("jadwal.html", f"jadwal-sesi-{session.pk}.html", f"jadwal-{item.key}.html"):
        assert f'href="{name}"' in news and (folder / "en" / name).is_file()
    for name in (
        "jadwal.json",
        "jadwal.xml",
        "jadwal.frab.json",
        "skema-jadwal.json",
        "id/jadwal.ics",
        "en/jadwal.ics",
    ):
        assert (folder / name).is_file()
    assert (folder / f"berkas/materi-{material.pk}.pdf").is_file()
    assert not (folder / f"berkas/materi-{hidden.pk}.pdf").exists()
    assert "Pembukaan" in pdf_text(folder / "situs-id.pdf")
    page = (folder / "id/jadwal.html").read_text()
    assert "<form" not in page and "agenda" not in page and "Sesi poster" in page
    sums = (folder / "SHA256SUMS").read_text()
    export(fresh(edition), folder)
    assert (folder / "SHA256SUMS").read_text() == sums


def test_the_same_content_gives_the_same_bytes_whenever_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = make_site()
    export(fresh(edition), tmp_path / "satu")
    later = timezone.now() + 400 * DAY
    monkeypatch.setattr(timezone, "now", lambda: later)
    export(fresh(edition), tmp_path / "dua")
    assert (tmp_path / "satu/SHA256SUMS").read_text() == (tmp_path / "dua/SHA256SUMS").read_text()


def test_a_copy_is_renewed_in_place_and_nothing_else_is_touched(tmp_path: Path) -> None:
    folder, edition = tmp_path / "salinan", make_site()
    export(fresh(edition), folder)
    (folder / "catatan-saya.txt").write_text("tetap")
    gone = edition.news.get()
    News.objects.filter(pk=gone.pk).delete()
    export(fresh(edition), folder)
    assert not (folder / f"id/berita-{gone.slug}.html").exists()
    assert (folder / "catatan-saya.txt").read_text() == "tetap"
    with pytest.raises(FolderInUse):
        export(fresh(make_site()), folder)
    (tmp_path / "lain").mkdir()
    (tmp_path / "lain/x").write_text("x")
    with pytest.raises(FolderInUse):
        export(fresh(edition), tmp_path / "lain")


def test_only_what_is_public(tmp_path: Path) -> None:
    with pytest.raises(NotPublic):
        export(fresh(make_site(EditionState.DRAFT)), tmp_path / "naskah")
    assert not (tmp_path / "naskah").exists()
    edition = make_site()
    hidden = make_photo(edition, in_gallery=False, alt_id="RAHASIA")
    make_news(edition, "nanti", at=timezone.now() + DAY, title_id="RAHASIA", photo=hidden)
    edition.committee.create(role="member", name="RAHASIA", is_listed=False)
    export(fresh(edition), tmp_path / "salinan")
    assert not list((tmp_path / "salinan/foto").glob(f"{hidden.pk}*"))
    for path in (tmp_path / "salinan").rglob("*"):
        if path.suffix in (".html", ".json", ".ics", ".txt"):
            assert "RAHASIA" not in path.read_text(), path
    assert "RAHASIA" not in pdf_text(tmp_path / "salinan/situs-id.pdf")


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path.read_bytes())
    return "".join(page.get_textpage().get_text_bounded() for page in document)


def test_the_pdf_says_the_same_in_each_language(tmp_path: Path) -> None:
    edition = make_site(title_id="Judul [x] #let a", title_en="Title *b*")
    edition.news.update(title_id="Kabar baik", title_en="Good news", body_id="- **satu** <b>")
    at = datetime.datetime(2027, 3, 1, 23, 59, tzinfo=edition.tz)
    ImportantDate.objects.filter(edition=edition, kind="decisions").update(at=at, was_at=at - DAY)
    folder = tmp_path / "salinan"
    export(fresh(edition), folder)
    indonesian, english = pdf_text(folder / "situs-id.pdf"), pdf_text(folder / "situs-en.pdf")
    for told in ("Judul [x] #let a", "Kabar baik", "satu <b>", "1 Maret 2027, 23.59 WIB (semula 28 Februari 2027"):
        assert told in indonesian
    for told in ("Title *b*", "Good news", "1 March 2027, 23:59 WIB"):
        assert told in english


def test_as_one_file(tmp_path: Path) -> None:
    edition = make_site()
    packed = zipped(fresh(edition))
    assert packed == zipped(fresh(edition))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(tmp_path)
    export(fresh(edition), tmp_path / "salinan")
    sums = (tmp_path / edition.slug / "SHA256SUMS").read_text()
    assert sums == (tmp_path / "salinan/SHA256SUMS").read_text()
    with pytest.raises(NotPublic):
        zipped(fresh(make_site(EditionState.DRAFT)))


def test_the_facts_follow_their_schema() -> None:
    schema = json.loads(SCHEMA.read_text())
    for times in (0, 2):
        edition = make_site(times=times)
        if times:
            make_paper(edition)
        facts = json.loads(json.dumps(edition_facts(Site(fresh(edition)))))
        check(facts, schema, schema)


def test_the_command(tmp_path: Path) -> None:
    edition = make_site()
    out = io.StringIO()
    call_command("export_edition", edition.slug, str(tmp_path / "salinan"), stdout=out)
    assert f"files of {edition.slug}" in out.getvalue()
    for slug in ("tidak-ada", make_site(EditionState.DRAFT).slug):
        with pytest.raises(CommandError):
            call_command("export_edition", slug, str(tmp_path / "lain"))
    with pytest.raises(CommandError):
        call_command("export_edition", make_site().slug, str(tmp_path / "salinan"))


def test_the_pdf_holds_the_pictures_with_what_they_show(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edition = make_site()
    photo = edition.photos.filter(in_gallery=True).first()
    edition.photos.filter(pk=photo.pk).update(alt_id="Peserta #3 di [ruang]", credit="Humas *")
    told, count = pictures_in(edition, tmp_path / "salinan")
    assert "Peserta #3 di [ruang]" in told and "Humas *" in told
    assert count >= 4  # speaker, sponsor, news, gallery
    monkeypatch.setattr("conferences.exporting.pictures.MOST", 0)
    told, count = pictures_in(edition, tmp_path / "tanpa")
    assert count == 0
    assert "1 gambar lainnya ada di folder foto/" in told


def pictures_in(edition: Edition, folder: Path) -> tuple[str, int]:
    """What the PDF says and how many pictures it draws."""
    export(fresh(edition), folder)
    document = pypdfium2.PdfDocument(folder / "situs-id.pdf")
    drawn = [element for page in document for element in page.get_objects() if element.type == 3]
    return pdf_text(folder / "situs-id.pdf"), len(drawn)
