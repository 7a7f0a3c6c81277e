"""What a version needs before it can be submitted, and what a curator should look at: the live checklist."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publications.models import Blob, File, FileKind, Version
from publications.models.files import ReadingState
from publications.states import Access


class Status(StrEnum):
    OK = "ok"
    TODO = "todo"  # must be done before submitting
    WARN = "warn"  # may be submitted; the author and the curator should look


@dataclass(frozen=True)
class Check:
    code: str
    label: str | Promise
    status: Status
    field: str = ""  # the field of the form that the label leads to


class Incomplete(Exception):
    """A version that cannot be submitted yet; `missing` are its unmet checks."""

    def __init__(self, missing: list[Check]) -> None:
        super().__init__(", ".join(check.code for check in missing))
        self.missing = missing


def unmet(version: Version) -> list[Check]:
    return [check for check in checklist(version) if check.status is Status.TODO]


def checklist(version: Version) -> list[Check]:
    """All checks in the order of the form."""
    return [*_file_checks(version), *_text_checks(version), *_topic_checks(version), *_access_checks(version)]


def _need(code: str, met: bool, label: str | Promise, field: str) -> Check:
    return Check(code, label, Status.OK if met else Status.TODO, field)


def _wish(code: str, met: bool, label: str | Promise, field: str) -> Check:
    return Check(code, label, Status.OK if met else Status.WARN, field)


def main_file(version: Version) -> File | None:
    return version.files.filter(kind=FileKind.MAIN).select_related("blob").first()


def _file_checks(version: Version) -> list[Check]:
    main = main_file(version)
    if main is None:
        needed = version.access != Access.METADATA_ONLY
        return [_need("file", not needed, _("Main document"), "file")]
    blob = main.blob
    if blob.reading_state == ReadingState.WAITING:
        return [Check("file_reading", _("The document is still being read"), Status.TODO, "file")]
    if blob.reading.get("error"):
        return [Check("file_refused", _("A main document that can be opened"), Status.TODO, "file")]
    checks = [_wish("file_text", _has_text(blob), _("The text of the document can be read"), "file")]
    if blob.reading.get("hits"):
        checks.append(
            Check("sensitive", _("The document seems to contain NIK or telephone numbers"), Status.WARN, "file")
        )
    if blob.reading.get("warnings"):
        checks.append(Check("file_warnings", _("The document has remarks from the file check"), Status.WARN, "file"))
    return checks


def _has_text(blob: Blob) -> bool:
    return not blob.is_pdf or blob.pages.exclude(text="").exists()


def _text_checks(version: Version) -> list[Check]:
    return [
        _need("title", bool(version.title_id or version.title_en), _("Title"), "title_id"),
        _wish("titles", bool(version.title_id and version.title_en), _("Title in both languages"), "title_en"),
        _need("contributors", version.contributors.exists(), _("At least one author"), "contributors"),
        _need("abstract", bool(version.abstract_id or version.abstract_en), _("Abstract"), "abstract_id"),
        _wish(
            "abstracts",
            bool(version.abstract_id and version.abstract_en),
            _("Abstract in both languages"),
            "abstract_en",
        ),
        _need("type", version.type_id is not None, _("Type of output"), "type"),
        _need("date", version.date is not None, _("Date of publication"), "date"),
    ]


def _topic_checks(version: Version) -> list[Check]:
    return [
        _need("pmks", version.version_pmks.filter(is_primary=True).exists(), _("At least one PMKS"), "pmks"),
        _wish("provinces", version.provinces.exists(), _("Where the research took place"), "provinces"),
        _wish("methods", version.methods.exists(), _("Method"), "methods"),
    ]


def _access_checks(version: Version) -> list[Check]:
    checks = [
        _need(
            "licence", version.licence_id is not None or version.access == Access.METADATA_ONLY, _("Licence"), "licence"
        )
    ]
    if version.access == Access.EMBARGOED:
        met = version.embargo_until is not None and version.embargo_until > timezone.localdate()
        checks.append(_need("embargo", met, _("An embargo date in the future"), "embargo_until"))
    if version.number > 1:
        checks.append(_need("change_note", bool(version.change_note), _("What changed in this version"), "change_note"))
    return checks
