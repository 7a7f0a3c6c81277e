"""The outbox. A letter is drafted by what somebody does, and leaves only when somebody who has looked at it sends it.

What a letter says becomes true in the transaction in which it leaves: an assignment is sent, a decision released.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.actions import log
from accounts.mail import send_text
from accounts.models import User
from conferences.actions import effects
from conferences.actions.common import ChangedMeanwhile, require
from conferences.letters import UnknownField, Wording, fields_in, fields_of, fill
from conferences.letters.filling import fill_line
from conferences.models import Edition, Letter, LetterText
from conferences.rules.committee import may_lead_programme
from conferences.rules.reviewing import may_send_letter
from conferences.states import LETTER_TRANSITIONS, LetterState
from publications.states import IllegalTransition, check_transition


class Empty(ValueError):
    """A letter has a subject and a text."""


def written(wording: Wording, values: Mapping[str, str]) -> Wording:
    return Wording(fill_line(wording.subject, values)[:200], fill(wording.body, values)[:20000])


def draft(edition: Edition, kind: str, words: Wording, **values: Any) -> Letter:
    """Into the outbox. `values`: email, name, language, and what it is about."""
    letter = unsaved(edition, kind, words, **values)
    letter.save()
    return letter


def unsaved(edition: Edition, kind: str, words: Wording, **values: Any) -> Letter:
    """For those who write many at once."""
    return Letter(edition=edition, kind=kind, subject=words.subject, body=words.body, **values)


def locked(letter: Letter) -> Letter:
    return Letter.objects.select_for_update().get(pk=letter.pk)


def _waiting(letter: Letter, after: LetterState, by: User, seen: int | None) -> Letter:
    """The letter as it is now, held; `seen`: the revision that was looked at."""
    fresh = locked(letter)
    require(may_send_letter(by, fresh))
    check_transition(fresh, fresh.state, after, LETTER_TRANSITIONS)
    if fresh.revision != seen:
        raise ChangedMeanwhile
    return fresh


@transaction.atomic
def send(letter: Letter, *, by: User, seen: int | None) -> Letter:
    """Once, however often it is pressed and by however many. `IllegalTransition`: what it says cannot be so."""
    fresh = _waiting(letter, LetterState.SENT, by, seen)
    fresh.state, fresh.sent_by, fresh.sent_at = LetterState.SENT, by, timezone.now()
    fresh.save(update_fields=["state", "sent_by", "sent_at"])
    effects.take_effect(fresh, by)
    log(by, "letter.sent", fresh)  # without its words
    send_text(fresh.email, fresh.subject, fresh.body, fresh.attachments)
    return fresh


def send_several(letters: Iterable[tuple[Letter, int]], *, by: User) -> tuple[int, list[Letter]]:
    """Each in a transaction of its own; returns how many left and those that did not."""
    sent, left = 0, []
    for letter, seen in letters:
        try:
            send(letter, by=by, seen=seen)
        except (IllegalTransition, ChangedMeanwhile):
            left.append(letter)
        else:
            sent += 1
    return sent, left


@transaction.atomic
def edit(letter: Letter, subject: str, body: str, *, by: User, seen: int | None) -> Letter:
    fresh = _waiting(letter, LetterState.SENT, by, seen)
    fresh.subject, fresh.body = " ".join(subject.split())[:200], body.strip()
    if not fresh.subject or not fresh.body:
        raise Empty
    fresh.revision += 1
    fresh.save(update_fields=["subject", "body", "revision"])
    log(by, "letter.edited", fresh)
    return fresh


@transaction.atomic
def drop(letter: Letter, *, by: User, seen: int | None) -> Letter:
    """It is not sent; what it would have made true does not become so."""
    fresh = _waiting(letter, LetterState.DROPPED, by, seen)
    fresh.state = LetterState.DROPPED
    fresh.save(update_fields=["state"])
    effects.come_to_nothing(fresh)
    log(by, "letter.dropped", fresh)
    return fresh


def overtaken(letters: Iterable[Letter]) -> None:
    """Within the caller's transaction: letters that wait and are no longer true."""
    pks = [letter.pk for letter in letters]
    Letter.objects.filter(pk__in=pks, state=LetterState.WAITING).update(state=LetterState.DROPPED)


@transaction.atomic
def write_wording(
    edition: Edition, kind: str, variant: str, language: str, words: Wording, *, by: User
) -> LetterText | None:
    """The committee's own words; both empty: ours again. Raises `UnknownField`."""
    require(may_lead_programme(by, edition))
    which: dict[str, Any] = {"edition": edition, "kind": kind, "variant": variant, "language": language}
    if not words.subject.strip() and not words.body.strip():
        LetterText.objects.filter(**which).delete()
        log(by, "letter.wording_reset", edition)
        return None
    if not words.subject.strip() or not words.body.strip():
        raise Empty
    for part in (words.subject, words.body):
        fields_in(part, fields_of(kind))
    values = {"subject": " ".join(words.subject.split()), "body": words.body.strip()}
    text, _new = LetterText.objects.update_or_create(**which, defaults=values)
    log(by, "letter.wording_written", edition)
    return text


__all__ = ["Empty", "UnknownField", "draft", "drop", "edit", "locked", "overtaken", "send", "send_several"]
