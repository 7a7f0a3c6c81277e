"""What the checks of a final paper see in real files, and what they say."""

import functools
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils.translation import override

from conferences.checker.codes import Refusal, Refused
from conferences.checker.run import printing_facts
from conferences.final_checks import Asked, Level, PageRead, Read, has_fault, judged
from conferences.final_wording import told
from publications.pdf.reader import read_pdf
from tests.conferences.papers import pdf
from tests.factories.final_papers import final_pdf

TITLE = "Perawatan berbasis keluarga"


def changed(change: Callable[[pikepdf.Pdf], Any], content: bytes = b"", **save: Any) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(content or final_pdf())) as document:
        change(document)
        document.save(target, **save)
    return target.getvalue()


def looked_at(content: bytes, tmp_path: Path, **asked: Any) -> dict[str, dict[str, Any]]:
    path = tmp_path / "makalah.pdf"
    path.write_bytes(content)
    facts, read = printing_facts(path), read_pdf(path)
    pages = [PageRead(page.number, page.text, page.unmapped) for page in read.pages]
    checks = judged(Read(pages, **facts), **{"pages_max": 12, "titles": [TITLE], **asked})
    return {check["check"]: check for check in checks}


def faults(checks: dict[str, dict[str, Any]], level: str = Level.FAULT) -> set[str]:
    return {name for name, check in checks.items() if check["level"] == level}


def test_a_good_paper_has_nothing_to_mend(tmp_path: Path) -> None:
    checks = looked_at(final_pdf(), tmp_path)
    assert set(checks) == set(Asked)
    assert not faults(checks) | faults(checks, Level.WARNING)
    assert checks["references"]["told"] == {"page": 2, "entries": 2}


def narrow(document: pikepdf.Pdf) -> None:
    document.pages[1].MediaBox = [0, 0, 612, 792]


def blank(document: pikepdf.Pdf) -> None:
    document.add_blank_page(page_size=(595, 842))


def script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def launch(document: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    document.pages[0].Annots = pikepdf.Array([note])


def attach(document: pikepdf.Pdf) -> None:
    document.attachments["data.xlsx"] = b"data"


def bare_font() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType, BaseFont=pikepdf.Name("/ABCDEF+Arial")
    )


def font_in_a_drawing(document: pikepdf.Pdf) -> None:
    inner = document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    inner.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F9=bare_font()))
    outer = document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(In=inner))
    document.pages[1].Resources.XObject = pikepdf.Dictionary(Fm=outer)


def turned(document: pikepdf.Pdf) -> None:
    document.pages[0].MediaBox = [0, 0, 841.89, 595.28]


def upright_by_turning(document: pikepdf.Pdf) -> None:
    document.pages[0].MediaBox = [0, 0, 841.89, 595.28]
    document.pages[0].Rotate = 90


SAVED_WITH = {"encryption": pikepdf.Encryption(owner="rahasia", user="")}
FAULTY: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "letter paper": (lambda: final_pdf(paper="us-letter"), {"size"}),
    "one page of letter paper": (functools.partial(changed, narrow), {"size"}),
    "an empty page": (functools.partial(changed, blank), {"text"}),
    "fonts outside": (lambda: pdf("Perawatan keluarga di desa"), {"fonts"}),
    "a font outside within a drawing": (functools.partial(changed, font_in_a_drawing), {"fonts"}),
    "a script": (functools.partial(changed, script), {"scripts"}),
    "a program": (functools.partial(changed, launch), {"scripts"}),
    "an attachment": (functools.partial(changed, attach), {"attachments"}),
    "a lock": (lambda: changed(lambda document: None, **SAVED_WITH), {"lock"}),
    "nothing": (functools.partial(changed, upright_by_turning), set()),
}


@pytest.mark.parametrize("name", FAULTY)
def test_each_fault_is_seen_and_no_other(name: str, tmp_path: Path) -> None:
    make, expected = FAULTY[name]
    checks = looked_at(make(), tmp_path)
    assert faults(checks) == expected
    assert has_fault(checks.values()) == bool(expected)


def test_it_says_which_pages_and_fonts_and_how_to_mend_them(tmp_path: Path) -> None:
    said = {}
    for name in ("one page of letter paper", "a font outside within a drawing", "an empty page"):
        with override("en"):
            rows = told(looked_at(FAULTY[name][0](), tmp_path).values())
        assert rows[0].level == "fault" and all(row.level != "fault" for row in rows[1:])
        assert rows[0].mend
        said[name] = rows[0].text
    assert "page 2 (216 × 279 mm" in said["one page of letter paper"]
    assert "Arial (page 2)" in said["a font outside within a drawing"]
    assert "page 3" in said["an empty page"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_is_said_in_both_languages(language: str, tmp_path: Path) -> None:
    for name in ("letter paper", "an empty page", "fonts outside", "a script", "an attachment", "a lock"):
        with override(language):
            rows = told(looked_at(FAULTY[name][0](), tmp_path, pages_max=1, titles=["Lain"]).values())
        assert all(row.text and row.label for row in rows)
        assert all(bool(row.mend) == (row.level != "ok") for row in rows)


def test_what_only_warns(tmp_path: Path) -> None:
    checks = looked_at(changed(turned), tmp_path, titles=["Judul lain", ""])
    assert not faults(checks)
    assert faults(checks, Level.WARNING) == {"size", "title"}


def test_too_many_pages(tmp_path: Path) -> None:
    assert faults(looked_at(final_pdf(pages=3), tmp_path, pages_max=3)) == set()
    assert faults(looked_at(final_pdf(pages=3), tmp_path, pages_max=2)) == {"limit"}


def pages(*texts: str) -> Read:
    return Read([PageRead(number, text) for number, text in enumerate(texts, 1)], [(595, 842)] * len(texts))


@pytest.mark.parametrize(
    ("texts", "level", "found"),
    [
        (
            ("Isi artikel", "5. Daftar Pustaka\nSukarno (2019). Desa.\nSiti (2020). Kota."),
            "ok",
            {"page": 2, "entries": 2},
        ),
        (("REFERENCES", "Sukarno, 2019. Desa."), "ok", {"page": 1, "entries": 1}),
        (("DAFTAR ISI\nDaftar Pustaka\n", "Isi", "Bibliography:\nSiti 1998."), "ok", {"page": 3, "entries": 1}),
        (("Isi yang menyebut daftar pustaka di kalimat tahun 2019.",), "warning", {"entries": 0}),
        (("Isi", "Daftar Pustaka"), "warning", {"page": 2, "entries": 0}),
        (("",), "warning", {"entries": 0}),
    ],
)
def test_the_list_of_references(texts: tuple[str, ...], level: str, found: dict[str, int]) -> None:
    checks = {check["check"]: check for check in judged(pages(*texts), pages_max=9, titles=["x"])}
    assert (checks["references"]["level"], checks["references"]["told"]) == (level, found)


@pytest.mark.parametrize(
    "text", ["PERAWATAN BERBASIS\nKELUARGA\nSiti", "Perawatan ber-\nbasis keluarga", "“Perawatan” — berbasis keluarga"]
)
def test_a_title_is_found_however_it_is_set(text: str) -> None:
    checks = {check["check"]: check for check in judged(pages(text), pages_max=9, titles=["", TITLE])}
    assert checks["title"]["level"] == "ok"


def test_letters_that_cannot_be_copied_are_a_fault() -> None:
    read = Read([PageRead(1, "satu dua tiga empat"), PageRead(2, "xx yy zz", 0.9)], [(595, 842)] * 2)
    checks = {check["check"]: check for check in judged(read, pages_max=9, titles=[])}
    assert checks["text"] == {"check": "text", "level": "fault", "told": {"pages": [], "unreadable": [2]}}


HOSTILE: dict[str, tuple[bytes, Refusal]] = {
    "rubbish": (b"%PDF-1.7\nrubbish", Refusal.CANNOT_OPEN),
    "a password": (
        changed(lambda d: None, pdf(), encryption=pikepdf.Encryption(user="a", owner="b")),
        Refusal.NEEDS_PASSWORD,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_opened_is_refused(name: str, tmp_path: Path) -> None:
    content, why = HOSTILE[name]
    path = tmp_path / "makalah.pdf"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        printing_facts(path)
    assert refused.value.code == why


def test_a_font_that_leads_back_to_itself_ends(tmp_path: Path) -> None:
    def knot(document: pikepdf.Pdf) -> None:
        form = document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Me=form))
        font = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3))
        font.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(Me=font))
        document.pages[0].Resources = pikepdf.Dictionary(
            XObject=pikepdf.Dictionary(Fm=form), Font=pikepdf.Dictionary(T=font)
        )

    path = tmp_path / "makalah.pdf"
    path.write_bytes(changed(knot))
    assert printing_facts(path)["fonts"] == {}
