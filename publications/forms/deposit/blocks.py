"""The blocks of the deposit form: what is saved, compared, commented on and suggested as one thing."""

from dataclasses import dataclass

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from taxonomy.umbrella import current


@dataclass(frozen=True, slots=True)
class Block:
    """`inputs` are the form's fields; a block of `rows` has a list of small forms instead."""

    name: str
    label: Promise | str
    step: str
    inputs: tuple[str, ...]
    rows: bool = False


DETAILS, TOPICS = "isian", "topik"
STEPS: dict[str, Promise] = {
    "berkas": _("File"),
    DETAILS: _("Check the details"),
    TOPICS: _("Topic and access"),
    "pratinjau": _("Preview and submit"),
}


def _umbrella_now() -> str:
    """ "PMKS", "PPKS" or "PAS": which word is used is a setting."""
    return str(current())


umbrella = lazy(_umbrella_now, str)


def _block(name: str, label: Promise | str, step: str, *inputs: str, rows: bool = False) -> Block:
    return Block(name, label, step, () if rows else inputs or (name,), rows)


_ALL = (
    _block("type", _("Type of output"), DETAILS),
    _block("language", _("Language of the document"), DETAILS),
    _block("title_id", _("Title in Indonesian"), DETAILS),
    _block("title_en", _("Title in English"), DETAILS),
    _block("contributors", _("Authors and others, in order"), DETAILS, rows=True),
    _block("abstract_id", _("Abstract in Indonesian"), DETAILS),
    _block("abstract_en", _("Abstract in English"), DETAILS),
    _block("keywords_id", _("Keywords in Indonesian"), DETAILS),
    _block("keywords_en", _("Keywords in English"), DETAILS),
    _block("date", _("Date of publication"), DETAILS),
    _block("change_note", _("What changed in this version"), DETAILS),
    _block("publisher", _("Publisher"), DETAILS),
    _block("container_title", _("Journal, proceedings or book"), DETAILS),
    _block("volume", _("Volume"), DETAILS),
    _block("issue", _("Issue"), DETAILS),
    _block("pages", _("Pages"), DETAILS),
    _block("identifiers", _("Identifiers"), DETAILS, "doi", "isbn", "issn", "report", "url"),
    _block("funder", _("Funder"), DETAILS),
    _block("award_number", _("Grant number"), DETAILS),
    _block("relations", _("Related outputs"), DETAILS, rows=True),
    _block("pmks", umbrella(), TOPICS, "pmks", "pmks_primary"),
    _block("psks", "PSKS", TOPICS),
    _block("pillars", _("Pillars of social welfare"), TOPICS),
    _block("services", _("Services"), TOPICS),
    _block("provinces", _("Where the research took place"), TOPICS),
    _block("methods", _("Method"), TOPICS),
    _block("licence", _("Licence"), TOPICS),
    _block("access", _("Who may read the files"), TOPICS, "access", "embargo_until"),
)
BLOCKS: dict[str, Block] = {block.name: block for block in _ALL}
# Fields that checks and comments name, where the form has them inside another block.
_INSIDE = {name: block.name for block in _ALL for name in block.inputs}


def block_of(field: str) -> Block | None:
    return BLOCKS.get(_INSIDE.get(field, field))


def of_step(step: str) -> list[Block]:
    return [block for block in _ALL if block.step == step]
