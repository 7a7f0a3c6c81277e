"""What the ISBN agency (Perpusnas) and the ISSN centre (BRIN) ask for, taken from the volume as it was made."""

import csv
import io
import json
import zipfile
from typing import Any

import pikepdf
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from conferences.models import Build, Volume
from conferences.proceedings.facts import LANGUAGE, address_of, editors_of, facts_of
from conferences.proceedings.front import words
from conferences.proceedings.making import bookmarks, front_pdf
from publications.spreadsheets import harmless_in_csv

KINDS: dict[str, "str | Promise"] = {
    "isbn": gettext_lazy("Packet for the ISBN (Perpusnas)"),
    "issn": gettext_lazy("Packet for the ISSN (BRIN)"),
}
FIXED = (1980, 1, 1, 0, 0, 0)  # the same content, the same file


def packet(volume: Volume, build: Build, kind: str) -> bytes:
    with override(LANGUAGE):
        facts = facts_of(volume)
        told = _statement(volume, build, kind, len(facts.papers))
        parts = {**_parts(front_pdf(facts)), **_as_files(told)}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name, FIXED), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _statement(volume: Volume, build: Build, kind: str, papers: int) -> list[tuple[str, str]]:
    """Field by field, in the order of the agency's own form."""
    edition = volume.edition
    common = [
        (_("Title"), volume.title_id),
        (_("Title in English"), volume.title_en),
        (_("Editors"), "; ".join(agent.inverted for agent in editors_of(volume))),
        (_("Publisher"), volume.publisher),
        (_("Place of publication"), volume.place),
        (_("Year of publication"), str(volume.year)),
        (_("Licence"), volume.licence.label if volume.licence else ""),
        (_("Language"), _("Indonesian")),
        (_("Papers"), str(papers)),
        (_("Web address"), address_of(volume)),
        (_("E-mail"), edition.contact_email),
    ]
    if kind == "issn":
        series = [(_("Series"), str(edition.series.name)), ("ISSN", volume.issn), (_("Volume"), volume.number)]
        return [*series, *common, (_("Frequency"), _("with each conference")), (_("Medium"), _("online (PDF)"))]
    size = f"{(build.blob.size if build.blob else 0) / 1024:.0f} KB"
    physical = [(_("Pages"), str(build.pages)), (_("Format"), "21 × 29,7 cm (A4)"), (_("Medium"), f"PDF, {size}")]
    return [*common, ("ISBN", volume.isbn), ("DOI", volume.doi), *physical]


def _as_files(told: list[tuple[str, str]]) -> dict[str, bytes]:
    table = io.StringIO()
    csv.writer(table).writerows((term, harmless_in_csv(value)) for term, value in told)
    text = "".join(f"{term}: {value}\n" for term, value in told)
    return {
        "data.csv": ("\ufeff" + table.getvalue()).encode(),
        "data.json": (json.dumps(dict(told), ensure_ascii=False, indent=2) + "\n").encode(),
        "data.txt": text.encode(),
    }


def _parts(front: bytes) -> dict[str, bytes]:
    """Cover, title page, its back, forewords and contents, each as a PDF of its own."""
    marks = bookmarks(front)
    starts = [0, *(index for _title, index in marks)]
    with pikepdf.open(io.BytesIO(front)) as pdf:
        ends = [*starts[1:], len(pdf.pages)]
        titles = ["sampul", *(_file_word(title) for title, _index in marks)]
        return {
            f"{number:02}-{title}.pdf": _pages(pdf, start, end)
            for number, (title, start, end) in enumerate(zip(titles, starts, ends, strict=True), 1)
        }


def _file_word(title: str) -> str:
    known: dict[str, Any] = {
        words()["title-page"]: "halaman-judul",
        words()["imprint"]: "balik-halaman-judul",
        words()["committee"]: "panitia",
        words()["contents"]: "daftar-isi",
    }
    return str(known.get(title, "kata-pengantar" if title == _("Foreword") else "foreword"))


def _pages(pdf: pikepdf.Pdf, start: int, end: int) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as part:
        part.pages.extend(pdf.pages[start:end])
        part.remove_unreferenced_resources()
        part.save(made, deterministic_id=True)
    return made.getvalue()
