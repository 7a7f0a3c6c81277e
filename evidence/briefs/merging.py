"""Two tabs on one brief: which texts are whose, and where both changed the same one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from publications.forms.cleaning import tidy_text
from publications.forms.deposit import digest

_REMARK = re.compile(r"temuan-\d{1,9}-note_(?:id|en)")
MOST_ORPHANS = 60


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the form: as typed, as stored now, and the digest of what its editing began with ("" if unknown)."""

    name: str
    mine: str
    stored: str
    base: str


@dataclass
class Merged:
    """`texts` may be saved; `conflicts` (name to what is stored) wait for a person; `elsewhere` only others changed."""

    texts: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    elsewhere: dict[str, str] = field(default_factory=dict)


def merged(texts: Iterable[Text], *, is_current: bool, taken: Iterable[str] = ()) -> Merged:
    """As the deposit does it: nobody's text goes unseen. `is_current`: nothing was saved since the editing began.

    `taken`: where the person has read both and takes what is stored.
    """
    found, taken = Merged(), set(taken)
    for text in texts:
        if text.name in taken:
            found.texts[text.name] = text.stored
        elif is_current or text.mine == text.stored or text.base == digest(text.stored):
            found.texts[text.name] = text.mine
        elif text.base == digest(text.mine):
            found.elsewhere[text.name] = text.stored
        else:
            found.conflicts[text.name] = text.stored
    return found


def orphans(data: Mapping[str, Any], prefixes: Iterable[str]) -> list[str]:
    """Remarks typed here about findings that another tab took out meanwhile: they have no field any more."""
    kept = tuple(f"{prefix}-" for prefix in prefixes)
    typed = {name: tidy_text(str(text)) for name, text in data.items() if _REMARK.fullmatch(name)}
    gone = {name: text for name, text in typed.items() if text and not name.startswith(kept)}
    return [text for name, text in gone.items() if data.get(f"base-{name}") != digest(text)][:MOST_ORPHANS]
