"""Public outputs, their versions and their files, found by address."""

from dataclasses import dataclass

from django.db.models import F
from django.http import Http404

from publications.models import File, Output, Version
from publications.states import VersionState


@dataclass(frozen=True, slots=True)
class FileNotHere(Exception):
    """No such file in the version that was asked for, but in an earlier one."""

    number: int


# What decides about a page or file, without what it says: enough where the page is drawn already.
_DECISIVE = (
    "number", "state", "access", "embargo_until", "title_id", "title_en",
    "output__public_id", "output__state", "output__owner", "output__current",
)  # fmt: skip


def find_version(public_id: str, number: int | None = None) -> Version:
    """The current version of an output that is or was public, or a given published one; else Http404.

    Only what decides about it is loaded; `whole_version` has the rest.
    """
    versions = Version.objects.filter(
        output__in=Output.objects.with_tombstones().filter(public_id=public_id), state=VersionState.PUBLISHED
    )
    versions = versions.filter(output__current=F("pk")) if number is None else versions.filter(number=number)
    version = versions.select_related("output").only(*_DECISIVE).first()
    if version is None:
        raise Http404
    return version


def whole_version(version: Version) -> Version:
    """With everything that describes it, for pages and citations."""
    described = Version.objects.select_related("output", "type", "licence").defer("suggestions", "output__search")
    return described.get(pk=version.pk)


def find_file(version: Version, name: str) -> File:
    """A file of this version by its name; `FileNotHere` where only an earlier version has it."""
    file = version.files.select_related("blob").defer("blob__reading").filter(name=name).first()
    if file is not None:
        file.version = version
        return file
    earlier = File.objects.filter(
        version__output=version.output_id, version__state=VersionState.PUBLISHED, version__number__lt=version.number
    )
    number = earlier.filter(name=name).order_by("-version__number").values_list("version__number", flat=True).first()
    if number is None:
        raise Http404
    raise FileNotHere(number)


def main_file(version: Version) -> File | None:
    return version.files.select_related("blob").defer("blob__reading").filter(kind="main").first()


def published_versions(output: Output) -> list[Version]:
    """Newest first, with what changed."""
    versions = output.versions.filter(state=VersionState.PUBLISHED).order_by("-number")
    return list(
        versions.only(
            "number", "published_at", "change_note", "is_correction", "access", "embargo_until", "output_id", "state"
        )
    )
