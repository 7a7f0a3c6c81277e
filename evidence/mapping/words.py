"""What is said of a tally: thousands of times on one page, so each phrase is looked up once for each language."""

from functools import cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from evidence.models import Level


class Words:
    """In the language that is active when it is made."""

    def __init__(self) -> None:
        self.nothing = _("no evidence")
        self.levels = (_("not rated yet"), *(str(level.label) for level in Level))
        self._told = _("%(counts)s, strength of method: %(word)s")
        self._known: dict[tuple[str, int], str] = {}

    def studies(self, number: int) -> str:
        return self._known.get(("studies", number)) or self._learn(
            "studies", ngettext("%(number)d study", "%(number)d studies", number), number
        )

    def findings(self, number: int) -> str:
        return self._known.get(("findings", number)) or self._learn(
            "findings", ngettext("%(number)d finding", "%(number)d findings", number), number
        )

    def _learn(self, kind: str, text: str, number: int) -> str:
        return self._known.setdefault((kind, number), text % {"number": number})

    def told(self, counts: str, level: int) -> str:
        """'3 studies, 5 findings, strength of method: moderate'."""
        return self._told % {"counts": counts, "word": self.levels[level]}


@cache
def _words_in(language: str | None) -> Words:
    return Words()


def words() -> Words:
    return _words_in(get_language())
