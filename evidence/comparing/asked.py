"""What somebody asks to compare, read from the address: `?temuan=1,2` or `?publikasi=ABC,DEF`.

It stays in the address alone, so that a comparison can be sent to others and a kept page is the same for everybody.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict

from publications.publicid import normalise_public_id

LEAST, MOST = 2, 6
MOST_READ, LONGEST = 60, 15
ONLY_DIFFERENT = "beda"
_ADDRESS = re.compile(r"/(temuan|publikasi)/([0-9A-Za-z]{1,15})(?:/|$)")


class Kind(StrEnum):
    FINDINGS = "temuan"
    OUTPUTS = "publikasi"


@dataclass(frozen=True, slots=True)
class Asked:
    """`keys` in order, each once; `unread` are no numbers or identifiers at all, `left_out` are too many."""

    kind: Kind = Kind.FINDINGS
    keys: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    has_both: bool = False
    only_different: bool = False

    def query(self, keys: Iterable[str], *, only_different: bool | None = None) -> str:
        pairs = [(self.kind.value, ",".join(keys))]
        if self.only_different if only_different is None else only_different:
            pairs.append(("hanya", ONLY_DIFFERENT))
        return urlencode([(name, value) for name, value in pairs if value], safe=",")


def read(query: QueryDict) -> Asked:
    kind = Kind.FINDINGS if query.getlist(Kind.FINDINGS) or not query.getlist(Kind.OUTPUTS) else Kind.OUTPUTS
    typed = [part.strip() for text in query.getlist(kind) for part in text[:1000].split(",") if part.strip()]
    read_keys = {text[:40]: key_of(kind, text) for text in typed[:MOST_READ]}
    keys = list(dict.fromkeys(key for key in read_keys.values() if key))
    return Asked(
        kind=kind,
        keys=tuple(keys[:MOST]),
        unread=tuple(text for text, key in read_keys.items() if not key),
        left_out=tuple(keys[MOST:]),
        has_both=kind is Kind.FINDINGS and bool(query.getlist(Kind.OUTPUTS)),
        only_different=query.get("hanya") == ONLY_DIFFERENT,
    )


def key_of(kind: Kind, text: str) -> str:
    """In its one spelling; empty where it cannot be one."""
    if kind is Kind.OUTPUTS:
        return normalise_public_id(text[:40]) or ""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return str(int(text)) if is_number and int(text) else ""


def typed_one(text: str, kind: Kind) -> tuple[Kind, str]:
    """A finding or output by its address, or by its number or identifier alone (then of `kind`)."""
    if found := _ADDRESS.search(text[:500]):
        named = Kind(found[1])
        return named, key_of(named, found[2])
    return kind, key_of(kind, text.strip().removeprefix("#"))
