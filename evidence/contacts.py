"""Addresses and numbers of persons in what is about to be public: NIK, telephone numbers, e-mail addresses.

Those of persons are found as in documents (`publications.scanner`); what is shown of them is masked.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from publications.scanner import MASK, HitKind, scan

MAIL = re.compile(r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.IGNORECASE)
MOST_SHOWN = 10
KINDS = {HitKind.NIK: "NIK", HitKind.PHONE: _("telephone")}


@dataclass(frozen=True, slots=True)
class _Page:
    text: str
    number: int = 1


@dataclass(frozen=True, slots=True)
class Contact:
    kind: Any  # in words
    excerpt: str

    def __str__(self) -> str:
        return f"{self.kind} {self.excerpt}"


def contacts_in(texts: Iterable[str]) -> list[Contact]:
    """Each once, the first ones."""
    pages = [_Page(text) for text in texts if text]
    mails = [Contact(_("e-mail"), _masked_mail(found[0])) for page in pages for found in MAIL.finditer(page.text)]
    numbers = [Contact(KINDS[hit.kind], hit.masked_excerpt) for hit in scan(pages)]
    return list({contact.excerpt: contact for contact in [*mails, *numbers]}.values())[:MOST_SHOWN]


def _masked_mail(text: str) -> str:
    return text[0] + MASK * 3 + text[max(text.find("@"), text.find("("), text.find("[")) :]
