"""One letter of the committee to many: into the outbox, one for each recipient."""

import hashlib
from collections.abc import Mapping

from django.db import transaction

from accounts.actions import log
from accounts.models import User
from conferences.actions import letters
from conferences.actions.common import ChangedMeanwhile, require
from conferences.letters import Wording, fields_in
from conferences.models import Edition, Letter, LetterKind
from conferences.queries.circulars import GROUPS, Recipient
from conferences.rules.committee import may_send_letters
from conferences.states import LetterState

Texts = Mapping[str, Wording]  # by language; Indonesian always


def drafts(edition: Edition, group: str, texts: Texts, *, by: User) -> list[Letter]:
    """As they would wait in the outbox, in the language of each where there is a text in it; nothing is stored."""
    chosen = GROUPS[group]
    used = {name for words in texts.values() for name in _used(words, chosen.fields)}
    return [_draft(edition, who, texts, by) for who in chosen.members(edition, used)]


def _used(words: Wording, known: tuple[str, ...]) -> list[str]:
    """Raises `UnknownField`."""
    return fields_in(words.subject, known) + fields_in(words.body, known)


def _draft(edition: Edition, who: Recipient, texts: Texts, by: User) -> Letter:
    language = who.language if who.language in texts else "id"
    words = letters.written(texts[language], who.values(language))
    to = {"email": who.email, "name": who.name, "language": language}
    return letters.unsaved(edition, LetterKind.CIRCULAR, words, **to, made_by=by)


def digest(made: list[Letter]) -> str:
    """Says whether what was looked at is still what would be written."""
    rows = [(letter.email, letter.subject, letter.body) for letter in made]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:32]


@transaction.atomic
def write(edition: Edition, group: str, texts: Texts, *, by: User, seen: str) -> int:
    """Returns how many letters wait now. Pressed twice, nobody gets two. `seen`: the digest of what was looked at."""
    fresh = Edition.objects.select_for_update().get(pk=edition.pk)
    require(may_send_letters(by, fresh))
    made = drafts(fresh, group, texts, by=by)
    if digest(made) != seen:
        raise ChangedMeanwhile
    waiting = Letter.objects.filter(edition=fresh, kind=LetterKind.CIRCULAR, state=LetterState.WAITING)
    known = set(waiting.values_list("email", "subject", "body"))
    new = [letter for letter in made if (letter.email, letter.subject, letter.body) not in known]
    Letter.objects.bulk_create(new)
    if new:
        log(by, "letter.circular_written", edition, {"count": [None, len(new)], "group": [None, group]})
    return len(new)
