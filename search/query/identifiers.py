"""Identifiers in what somebody pasted: DOI, ISBN, ISSN, report number, public id or an address that holds one."""

import re

from publications.publicid import normalise_public_id
from search.index.schema import identifier_key

_DOI = re.compile(r"10\.\d{4,9}/\S+", re.ASCII)
_OWN_ADDRESS = re.compile(r"/publikasi/([0-9A-Za-z]{7})(?:/|$)")
_PREFIX = re.compile(r"^(?:doi|isbn(?:-1[03])?|issn|id)\s*:?\s*", re.IGNORECASE)
_LONGEST = 300


def identifiers(text: str) -> list[str]:
    """As the index writes them, the likeliest first; empty for what is rather words."""
    text = text.strip().strip("\"'<>“”")
    if not text or len(text) > _LONGEST:
        return []
    bare = _PREFIX.sub("", text)
    found = [bare]
    if doi := _DOI.search(text):
        found.append(doi[0].rstrip(".,;)"))
    if own := _OWN_ADDRESS.search(text):
        found.append(own[1])
    found += [public_id for value in found if (public_id := normalise_public_id(value))]
    found.append(bare.replace(" ", ""))
    return list(dict.fromkeys(key for value in found if (key := identifier_key(value))))
