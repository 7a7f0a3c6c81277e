"""What the pages of a depositor read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actions import target_of
from accounts.models import LogEntry, Organisation, User
from publications.models import Comment, CopyRequest, File, FileKind, Output, Version
from publications.models.curation import CopyRequestState
from publications.states import VersionState

MOST_ORGANISATIONS = 20
SAME_UPLOAD = timedelta(minutes=30)


def my_outputs(user: User) -> "QuerySet[Output]":
    """What this user owns or shares, the last touched first; `newest` holds its one newest version."""
    newest = Version.objects.filter(pk__in=_newest_ids()).select_related("type", "claimed_by")
    open_requests = CopyRequest.objects.filter(output=OuterRef("pk"), state=CopyRequestState.OPEN)
    return (
        Output.objects.owned_by(user)
        .select_related("owner", "current")
        .prefetch_related(Prefetch("versions", newest, to_attr="newest"))
        .annotate(last=_last_saved(), has_requests=Exists(open_requests))
        .order_by("-last", "-pk")
    )


def _newest_ids() -> Any:
    return Version.objects.order_by("output_id", "-number").distinct("output_id").values("pk")


def _last_saved() -> Any:
    return Subquery(Version.objects.filter(output=OuterRef("pk")).order_by("-number").values("saved_at")[:1])


def counts(user: User) -> dict[str, int]:
    """How many of this user's versions wait for the author, for a curator, and how many outputs are public."""
    mine = Version.objects.filter(output__in=Output.objects.owned_by(user))
    return dict(
        mine.aggregate(
            drafts=Count("pk", filter=Q(state=VersionState.DRAFT)),
            returned=Count("pk", filter=Q(state=VersionState.RETURNED)),
            submitted=Count("pk", filter=Q(state=VersionState.SUBMITTED)),
        )
    )


def version_for_deposit(pk: int, user: User) -> Version | None:
    """A version whose deposit pages this user may see; None for what is not hers."""
    versions = Version.objects.select_related("output__owner", "output__current", "type", "licence", "claimed_by")
    version = versions.filter(pk=pk).first()
    if version is None or not (user.is_curator or version.output.is_owned_by(user)):
        return None
    return version


def same_upload(user: User, sha256: str) -> Version | None:
    """An untouched draft that this user just began with the same file: an upload sent twice after a lost answer."""
    return (
        Version.objects.filter(
            output__owner=user,
            state=VersionState.DRAFT,
            number=1,
            revision=0,
            files__kind=FileKind.MAIN,
            files__blob__sha256=sha256,
            created_at__gt=timezone.now() - SAME_UPLOAD,
        )
        .order_by("-pk")
        .first()
    )


def files_of(version: Version) -> tuple[File | None, list[File]]:
    """The main document and the others."""
    files = list(version.files.select_related("blob"))
    main = next((file for file in files if file.kind == FileKind.MAIN), None)
    return main, [file for file in files if file.kind != FileKind.MAIN]


def is_being_read(version: Version) -> bool:
    return version.files.filter(kind=FileKind.MAIN, blob__reading_state="waiting").exists()


# --- thread and history ----------------------------------------------------------------------------------------------


def comments_of(version: Version) -> list[Comment]:
    return list(version.comments.select_related("author"))


def last_return_reason(version: Version) -> Comment | None:
    if version.state != VersionState.RETURNED:
        return None
    return version.comments.filter(is_return_reason=True).select_related("author").order_by("-created_at").first()


@dataclass(frozen=True)
class Event:
    at: datetime
    label: Promise
    text: str = ""


_EVENTS: dict[str, Promise] = {
    "output.started": _("Draft begun"),
    "version.started": _("New version begun"),
    "version.submitted": _("Sent to the curators"),
    "version.claimed": _("A curator is reading it"),
    "version.returned": _("Returned for correction"),
    "version.published": _("Published"),
    "version.corrected": _("Details corrected by a curator"),
    "output.transferred": _("Handed over to another owner"),
    "output.withdrawn": _("Withdrawn"),
    "output.reinstated": _("Public again"),
}


def history(output: Output) -> list[Event]:
    """What happened so far, oldest first, in the words of an author; who curates stays with the curators."""
    entries = LogEntry.objects.filter(target=target_of(output), action__in=_EVENTS).order_by("id")
    return [Event(entry.at, _EVENTS[entry.action], _reason(entry)) for entry in entries]


def _reason(entry: LogEntry) -> str:
    return str(entry.changes["reason"][1]) if "reason" in entry.changes and entry.changes["reason"][1] else ""


# --- organisations, copies -------------------------------------------------------------------------------------------


def organisations(words: str) -> list[Organisation]:
    """For the picker: every word somewhere in name, English name or acronym; confirmed ones first."""
    found = Organisation.objects.filter(merged_into=None)
    for word in words.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(name_en__icontains=word) | Q(acronym__istartswith=word))
    return list(found.order_by("-is_confirmed", "name")[:MOST_ORGANISATIONS])


def offered_organisations() -> list[str]:
    """For the list that browsers offer without JavaScript."""
    named = Organisation.objects.filter(merged_into=None, is_confirmed=True)
    return list(named.order_by("name").values_list("name", flat=True)[:200])


def copy_requests(user: User) -> "QuerySet[CopyRequest]":
    """Requests about this user's outputs: open ones first, then the newest."""
    return (
        CopyRequest.objects.filter(output__in=Output.objects.owned_by(user))
        .select_related("output__current", "answered_by")
        .annotate(is_open=Q(state=CopyRequestState.OPEN))
        .order_by("-is_open", "-created_at")
    )


def open_requests(user: User) -> int:
    """How many people wait for this user's answer."""
    return CopyRequest.objects.filter(output__in=Output.objects.owned_by(user), state=CopyRequestState.OPEN).count()


def owners_of(output: Output) -> list[User]:
    return list(output.co_owners.order_by("name", "email"))


def open_version(output: Output) -> Version | None:
    return output.versions.exclude(state=VersionState.PUBLISHED).first()
