"""What the checks of a final paper say, in sentences for its author: what is wrong, where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conferences.final_checks import Asked, Check, Level

LABELS: dict[str, "Promise"] = {
    Asked.SIZE: gettext_lazy("Page size A4"),
    Asked.FONTS: gettext_lazy("Fonts embedded"),
    Asked.TEXT: gettext_lazy("Text on every page"),
    Asked.LIMIT: gettext_lazy("Number of pages"),
    Asked.LOCK: gettext_lazy("Without a lock"),
    Asked.SCRIPTS: gettext_lazy("Without scripts and forms"),
    Asked.ATTACHMENTS: gettext_lazy("Without attached files"),
    Asked.TITLE: gettext_lazy("Title on the first page"),
    Asked.REFERENCES: gettext_lazy("List of references"),
}
PDF_A = gettext_lazy(
    "In Word: Save as → PDF → Options → tick “PDF/A”. In LibreOffice: Export as PDF → tick “PDF/A”. Upload it anew."
)


@dataclass(frozen=True, slots=True)
class Told:
    """`level` as the checklist shows it; `mend` is empty where nothing is to be done."""

    label: str
    level: str
    text: str
    mend: str = ""

    @property
    def state(self) -> str:
        return {"ok": "ok", "warning": "warn", "fault": "todo"}[self.level]


def told(checks: Iterable[Check]) -> list[Told]:
    """Faults first, then warnings, then what is in order."""
    order = [Level.FAULT, Level.WARNING, Level.OK]
    known = [check for check in checks if check["check"] in LABELS]
    return [_one(check) for check in sorted(known, key=lambda check: order.index(Level(check["level"])))]


def _one(check: Check) -> Told:
    label, level, found = str(LABELS[check["check"]]), check["level"], check["told"]
    text, mend = _SAYS[check["check"]](found, level)
    return Told(label, level, text, "" if level == Level.OK else mend)


def _pages(numbers: list[int]) -> str:
    """'page 3' or 'pages 3, 5–8'."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number, number])
    shown = ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in parts)
    return ngettext("page %(numbers)s", "pages %(numbers)s", len(numbers)) % {"numbers": shown}


def _size(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("Every page is A4."), ""
    pages = _pages(found["pages"])
    if level == Level.WARNING:
        text = _("Turned sideways: %(pages)s. It is taken, but readers have to turn the paper.") % {"pages": pages}
        return text, _("If it need not lie, turn it upright.")
    width, height = found["first"]
    text = _("Not A4: %(pages)s (%(width)s × %(height)s mm; A4 is 210 × 297 mm).")
    mend = _("In Word: Layout → Size → A4, in every section of the document. Then save it as PDF and upload it anew.")
    return text % {"pages": pages, "width": width, "height": height}, mend


def _fonts(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("All fonts are inside the file."), ""
    rows = [f"{font['name']} ({_pages(font['pages'])})" for font in found["fonts"]]
    text = _("Not inside the file, so that other computers and printers show other letters: %(fonts)s.")
    return text % {"fonts": "; ".join(rows)}, str(PDF_A)


def _text(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("There are words on every page."), ""
    texts = []
    if found["pages"]:
        texts.append(
            _("Without words: %(pages)s (a scan, a picture alone, or empty).") % {"pages": _pages(found["pages"])}
        )
    if found["unreadable"]:
        pages = _pages(found["unreadable"])
        texts.append(_("The letters cannot be copied or searched: %(pages)s.") % {"pages": pages})
    mend = _(
        "Save the PDF from your word processor instead of scanning a print; take out empty pages and give a picture "
        "that fills a page its caption."
    )
    return " ".join(texts), mend


def _limit(found: dict[str, Any], level: str) -> tuple[str, str]:
    text = ngettext("%(count)s page; at most %(most)s.", "%(count)s pages; at most %(most)s.", found["count"])
    return text % found, _("Shorten it, or ask the committee.")


def _lock(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("The file is not locked."), ""
    return _("The file is locked: it cannot be put together with the others."), _(
        "Save it without a password or limits."
    )


def _scripts(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("There are none."), ""
    return _("There are scripts, or actions that start a program."), str(PDF_A)


def _attachments(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("There are none."), ""
    return _("Other files or films are attached inside the PDF."), _("Take them out; data have a place of their own.")


def _title(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        return _("The title stands on the first page."), ""
    return (
        _("The title of the submission was not found on the first page."),
        _("If the title has changed, tell the committee: the proceedings print it as the submission says it."),
    )


def _references(found: dict[str, Any], level: str) -> tuple[str, str]:
    if level == Level.OK:
        text = ngettext(
            "Found on page %(page)s, with at least %(entries)s entry.",
            "Found on page %(page)s, with at least %(entries)s entries.",
            found["entries"],
        )
        return text % found, ""
    mend = _("Put the works cited under a heading of their own: “Daftar Pustaka” or “References”.")
    if found.get("page"):
        return _("On page %(page)s is its heading, but no entries with a year were found.") % found, mend
    return _("No heading such as “Daftar Pustaka” or “References” was found."), mend


_SAYS = {
    Asked.SIZE: _size,
    Asked.FONTS: _fonts,
    Asked.TEXT: _text,
    Asked.LIMIT: _limit,
    Asked.LOCK: _lock,
    Asked.SCRIPTS: _scripts,
    Asked.ATTACHMENTS: _attachments,
    Asked.TITLE: _title,
    Asked.REFERENCES: _references,
}
