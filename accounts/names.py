"""Names as people write them: a single name is whole, degrees are not part of it."""

import re
from dataclasses import dataclass

BEFORE = re.compile(
    r"(prof|dr|drs|dra|ir|hj?|kh|apt|ns|dr\.?\s?\(?h\.?c\.?\)?)\.(\s*\(?h\.?c\.?\)?)?(?=\s|[A-Z])\s*", re.I
)


@dataclass(frozen=True)
class ParsedName:
    given: str
    family: str
    degrees_before: str = ""
    degrees_after: str = ""


def parse_name(text: str) -> ParsedName:
    """'Dr. Siti Nur Aminah, M.Si.' → given 'Siti Nur', last 'Aminah', degrees 'Dr.' and 'M.Si.'.

    Where a name divides is a guess in Indonesia; its bearer corrects it on the account page.
    """
    name, _, after = " ".join(text.split()).partition(",")
    before = []
    while match := BEFORE.match(name):
        before.append(match.group(0).strip())
        name = name[match.end() :]
    if not name:
        name, before = " ".join(text.split()), []
    given, _, family = name.strip().rpartition(" ")
    return ParsedName(given, family, " ".join(before), after.strip())
