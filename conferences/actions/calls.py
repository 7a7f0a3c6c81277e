"""The call at the desk: what tracks ask for, questions, templates, themes, late links."""

import datetime
import hashlib
import secrets
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.actions import changes_between, log, values_of
from accounts.models import User
from conferences.actions.editions_common import check_base
from conferences.models import Answer, CallQuestion, CallTemplate, CallTheme, Edition, LateLink, Track
from conferences.rules.committee import may_organise
from evidence.actions.common import require
from publications.models import Blob
from publications.sniff import sniff
from publications.uploads import sha256_of

ASKED_OF_TRACK = ("wants", "is_open", "words_min", "words_max", "pages_max")
QUESTION = (
    "track", "label_id", "label_en", "help_id", "help_en", "kind", "options", "is_required", "words_max",
    "for_reviewers",
)  # fmt: skip
THEME = ("text_id", "text_en")


class Answered(Exception):
    """A question that has answers keeps its kind and its options, and is not deleted."""


class TemplateRefused(Exception):
    def __init__(self, message: Any) -> None:
        super().__init__(str(message))
        self.message = message


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def held(edition: Edition, by: User) -> Edition:
    """The edition, so that what its desk changes is changed one by one."""
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    require(may_organise(by, fresh))
    return fresh


def _assign(thing: Any, data: dict[str, Any], names: tuple[str, ...]) -> dict[str, list[Any]]:
    before = values_of(thing, names)
    for name in names:
        if name in data:
            setattr(thing, name, data[name])
    thing.save()
    return changes_between(before, values_of(thing, names))


@transaction.atomic
def ask_of_track(track: Track, data: dict[str, Any], *, by: User, base: str | None = None) -> Track:
    """Raises `Conflict` if what the form began with (`base`, see `stamp`) is no longer what is stored."""
    held(track.edition, by)
    fresh = Track.objects.select_for_update().get(pk=track.pk)
    check_base(fresh, base, ASKED_OF_TRACK)
    if changes := _assign(fresh, data, ASKED_OF_TRACK):
        log(by, "call.track_edited", fresh, changes)
    return fresh


# --- questions -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_question(edition: Edition, data: dict[str, Any], *, by: User) -> CallQuestion:
    held(edition, by)
    question = CallQuestion(edition=edition, position=_next(CallQuestion, edition))
    _assign(question, data, QUESTION)
    log(by, "call.question_added", question)
    return question


def _next(model: Any, edition: Edition) -> int:
    last = model.objects.filter(edition=edition).order_by("position").values_list("position", flat=True).last()
    return 0 if last is None else last + 1


def is_answered(question: CallQuestion) -> bool:
    return Answer.objects.filter(question=question).exists()


@transaction.atomic
def edit_question(question: CallQuestion, data: dict[str, Any], *, by: User, base: str | None = None) -> CallQuestion:
    """Raises `Answered` where answers would change their meaning, and `Conflict`."""
    held(question.edition, by)
    fresh = CallQuestion.objects.select_for_update().get(pk=question.pk)
    check_base(fresh, base, QUESTION)
    new = {**values_of(fresh, ("kind", "options")), **data}
    kept = new["kind"] == fresh.kind and len(new["options"]) >= len(fresh.options)
    if not kept and is_answered(fresh):
        raise Answered
    if changes := _assign(fresh, data, QUESTION):
        log(by, "call.question_edited", fresh, changes)
    return fresh


@transaction.atomic
def delete_question(question: CallQuestion, *, by: User) -> None:
    held(question.edition, by)
    if is_answered(question):
        raise Answered
    log(by, "call.question_deleted", question, {"label": [question.label_id, None]})
    question.delete()


# --- themes ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_theme(edition: Edition, data: dict[str, Any], *, by: User) -> CallTheme:
    """`data`: text_id, text_en, and of a gap pmks, service and reasons. The same gap is not taken over twice."""
    held(edition, by)
    if data.get("pmks"):
        same = CallTheme.objects.filter(edition=edition, pmks=data["pmks"], service=data.get("service"))
        if known := same.first():
            return known
    theme = CallTheme.objects.create(edition=edition, position=_next(CallTheme, edition), **data)
    log(by, "call.theme_added", theme, {"text": [None, theme.text_id]})
    return theme


@transaction.atomic
def edit_theme(theme: CallTheme, data: dict[str, Any], *, by: User, base: str | None = None) -> CallTheme:
    """Raises `Conflict`."""
    held(theme.edition, by)
    fresh = CallTheme.objects.select_for_update().get(pk=theme.pk)
    check_base(fresh, base, THEME)
    if changes := _assign(fresh, data, THEME):
        log(by, "call.theme_edited", fresh, changes)
    return fresh


@transaction.atomic
def delete_theme(theme: CallTheme, *, by: User) -> None:
    """Submissions on it stay, without it."""
    held(theme.edition, by)
    log(by, "call.theme_deleted", theme, {"text": [theme.text_id, None]})
    theme.delete()


@transaction.atomic
def move_up(thing: CallTheme | CallQuestion, *, by: User) -> None:
    held(thing.edition, by)
    rows: list[Any] = list(type(thing)._default_manager.filter(edition=thing.edition_id))
    place = next(index for index, row in enumerate(rows) if row.pk == thing.pk)
    if place:
        rows[place - 1 : place + 1] = [rows[place], rows[place - 1]]
    for position, row in enumerate(rows):
        row.position = position
    type(thing)._default_manager.bulk_update(rows, ["position"])


# --- templates -------------------------------------------------------------------------------------------------------


def add_template(edition: Edition, upload: Any, data: dict[str, Any], *, by: User) -> CallTemplate:
    """`data`: track, label_id, label_en. The content is stored before the rows are written."""
    require(may_organise(by, edition))
    sniffed = sniff(upload.file if hasattr(upload, "file") else upload, upload.name)
    upload.seek(0)
    if not sniffed.ok:
        raise TemplateRefused(sniffed.message)
    blob = Blob(size=upload.size, sha256=sha256_of(upload), mime=sniffed.mime, uploaded_by=by)
    blob.content.save("template", upload, save=False)
    return _record_template(edition, blob, f"{slugify(Path(upload.name).stem)[:100]}{sniffed.extension}", data, by)


@transaction.atomic
def _record_template(edition: Edition, blob: Blob, name: str, data: dict[str, Any], by: User) -> CallTemplate:
    held(edition, by)
    blob.save()
    stem, _dot, extension = (name if not name.startswith(".") else f"templat{name}").rpartition(".")
    taken = set(CallTemplate.objects.filter(edition=edition).values_list("name", flat=True))
    name, number = f"{stem}.{extension}", 2
    while name in taken:
        name, number = f"{stem}-{number}.{extension}", number + 1
    position = _next(CallTemplate, edition)
    template = CallTemplate.objects.create(edition=edition, blob=blob, name=name, position=position, **data)
    log(by, "call.template_added", template, {"name": [None, name]})
    return template


@transaction.atomic
def delete_template(template: CallTemplate, *, by: User) -> None:
    held(template.edition, by)
    log(by, "call.template_deleted", template, {"name": [template.name, None]})
    template.delete()


# --- late links ------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_late_link(
    edition: Edition, *, track: Track | None, note: str, expires_at: datetime.datetime, by: User
) -> tuple[LateLink, str]:
    """The link and its token, which is shown once and kept nowhere."""
    held(edition, by)
    token = secrets.token_urlsafe(24)
    link = LateLink.objects.create(
        edition=edition, track=track, token_sha256=token_hash(token), note=note, expires_at=expires_at, made_by=by
    )
    log(by, "late_link.made", link, {"expires_at": [None, expires_at.isoformat()]})
    return link, token


@transaction.atomic
def revoke_late_link(link: LateLink, *, by: User) -> LateLink:
    held(link.edition, by)
    fresh = LateLink.objects.select_for_update().get(pk=link.pk)
    if fresh.revoked_at is None:
        fresh.revoked_at = timezone.now()
        fresh.save(update_fields=["revoked_at"])
        log(by, "late_link.revoked", fresh)
    return fresh
