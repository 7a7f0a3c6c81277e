"""Reads of the directory and the log."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db.models import Count, Model, Q, QuerySet
from rapidfuzz import fuzz

from accounts.actions.journal import target_of
from accounts.models import LogEntry, Merge, Organisation, Person, User

NEAR = 88  # of 100: a letter in a usual word
MOST_PAIRS = 200
SUGGESTIONS = 500
BLOCK_LIMIT = 400  # namesakes compared with each other; a longer list would take too long for a page


@dataclass(frozen=True)
class Pair:
    """Two entries that may be one; `same` if nothing but spelling of case, accents and punctuation differs."""

    first: Any
    second: Any
    same: bool


def organisations(search: str = "") -> QuerySet[Organisation]:
    found: QuerySet[Organisation] = (
        Organisation.objects.current().select_related("parent").annotate(people_count=Count("people"))
    )
    if search:
        words = Q(name__icontains=search) | Q(name_en__icontains=search) | Q(acronym__iexact=search)
        found = found.filter(words | Q(ror=search.lower()) | Q(code__iexact=search) | Q(aliases__icontains=search))
    return found.order_by("name", "pk")


def people(search: str = "") -> QuerySet[Person]:
    found = Person.objects.current().select_related("affiliation", "user")
    for word in search.split():
        found = found.filter(
            Q(family_name__icontains=word) | Q(given_name__icontains=word) | Q(orcid=word) | Q(aliases__icontains=word)
        )
    return found.order_by("family_name", "given_name", "pk")


def organisation_named(name: str) -> Organisation | None:
    """By its name, its English name, its acronym or what it is also known as; the oldest of several."""
    exact = Q(name__iexact=name) | Q(name_en__iexact=name) | Q(acronym__iexact=name) | Q(aliases__contains=[name])
    return Organisation.objects.current().filter(exact).order_by("pk").first()


def organisation_names() -> QuerySet[Organisation, str]:
    """Suggestions for a field: those with people first would cost more than it helps; the confirmed come first."""
    found = Organisation.objects.current().order_by("-is_confirmed", "name")
    return found.values_list("name", flat=True)[:SUGGESTIONS]


def sign_in_means(user: User) -> dict[str, Any]:
    """What the account page says about somebody's security, in four small queries."""
    factors: Any = user.authenticator_set.values_list("type", flat=True)  # type: ignore[attr-defined]
    kinds = list(factors)
    return {
        "addresses": user.emailaddress_set.count(),  # type: ignore[attr-defined]
        "has_app": "totp" in kinds,
        "keys": kinds.count("webauthn"),
        "has_codes": "recovery_codes" in kinds,
        "connections": list(user.socialaccount_set.order_by("pk")),  # type: ignore[attr-defined]
        "sessions": user.usersession_set.count(),  # type: ignore[attr-defined]
    }


def log_of(thing: Model) -> QuerySet[LogEntry]:
    return LogEntry.objects.filter(target=target_of(thing)).select_related("actor")


def merges(kind: str) -> QuerySet[Merge]:
    return Merge.objects.filter(kind=kind).select_related("by")


def normalised(text: str) -> str:
    """Without case, accents, punctuation and doubled spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(re.sub(r"[^\w]+", " ", letters).split())


def organisation_duplicates() -> list[Pair]:
    """Same name or acronym, or nearly the same name."""
    rows = list(Organisation.objects.current().values_list("pk", "name", "acronym", "ror"))
    names = {pk: normalised(name) for pk, name, _, _ in rows}
    groups: dict[str, list[int]] = defaultdict(list)
    for pk, _name, acronym, _ror in rows:
        groups[names[pk]].append(pk)
        if len(acronym) > 1 and normalised(acronym) != names[pk]:
            groups[f"({normalised(acronym)})"].append(pk)
    same = _pairs_within(groups.values())
    near = _near(_blocks(names), names) - same
    with_ror = {pk for pk, _, _, ror in rows if ror}
    return _loaded(Organisation, {pair for pair in same if not with_ror.issuperset(pair)}, near)


def person_duplicates() -> list[Pair]:
    """Same name, or nearly the same given names ("A. Wijaya", "Ahmad Wijaya") with the same last name."""
    rows = list(Person.objects.current().values_list("pk", "given_name", "family_name", "orcid"))
    names = {pk: normalised(f"{given} {family}") for pk, given, family, _ in rows}
    groups: dict[str, list[int]] = defaultdict(list)
    families: dict[str, list[int]] = defaultdict(list)
    for pk, _given, family, _orcid in rows:
        groups[names[pk]].append(pk)
        families[normalised(family)].append(pk)
    with_orcid = {pk for pk, _, _, orcid in rows if orcid}
    same = {pair for pair in _pairs_within(groups.values()) if not with_orcid.issuperset(pair)}
    near = {pair for pair in _near(families.values(), names) - same if not with_orcid.issuperset(pair)}
    return _loaded(Person, same, near)


def _pairs_within(groups: Iterable[list[int]]) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for group in groups:
        pairs.update(combinations(sorted(set(group))[:BLOCK_LIMIT], 2))
        if len(pairs) > 5 * MOST_PAIRS:
            break
    return pairs


def _blocks(names: dict[int, str]) -> Iterable[list[int]]:
    """Names that share their rarest word: only those are worth comparing letter by letter."""
    words: dict[str, list[int]] = defaultdict(list)
    for pk, name in names.items():
        for word in set(name.split()):
            words[word[:5]].append(pk)
    return sorted((pks for pks in words.values() if 1 < len(pks) <= BLOCK_LIMIT), key=len)


def _near(blocks: Iterable[list[int]], names: dict[int, str]) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    for block in blocks:
        for one, other in combinations(sorted(block[:BLOCK_LIMIT]), 2):
            if _is_near(names[one], names[other]):
                pairs.add((one, other))
        if len(pairs) > MOST_PAIRS:
            break
    return pairs


def _is_near(one: str, other: str) -> bool:
    """Word by word, so that "… Negeri Malang" is not near "… Negeri Medan" however long the rest is."""
    words, others = one.split(), other.split()
    return len(words) == len(others) and all(map(_same_word, words, others))


def _same_word(one: str, other: str) -> bool:
    """The same but for a letter, or an initial of the other: 'a wijaya', 'ahmad wijaya'. Numbers must be equal."""
    if one == other:
        return True
    if one.isdigit() or other.isdigit() or one[0] != other[0]:
        return False
    return 1 in (len(one), len(other)) or fuzz.ratio(one, other) >= NEAR


def _loaded(model: Any, same: set[tuple[int, int]], near: set[tuple[int, int]]) -> list[Pair]:
    chosen = [(pair, True) for pair in sorted(same)] + [(pair, False) for pair in sorted(near)]
    chosen = chosen[:MOST_PAIRS]
    wanted = {pk for pair, _ in chosen for pk in pair}
    foreign = "parent" if model is Organisation else "affiliation"
    entries = model.objects.select_related(foreign).in_bulk(wanted)
    return [Pair(entries[one], entries[other], same) for (one, other), same in chosen]
