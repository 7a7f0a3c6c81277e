"""What narrows a map or a list, in words."""

from django.utils.translation import gettext as _

from evidence.mapping.asked import OF_LIST, TERMS, Asked, Chosen
from evidence.mapping.vocabulary import NOT_TOLD, Vocabulary
from evidence.models import Direction, Level
from taxonomy import umbrella


def label_of(parameter: str) -> str:
    """The heading of a filter."""
    return {
        "provinsi": _("Province"),
        "metode": _("Method"),
        "jenis": _("Type"),
        "pmks": str(umbrella.current()),
        "klaster": _("Cluster"),
        "layanan": _("Service"),
        "luaran": _("Outcome"),
        "arah": _("Direction"),
        "kekuatan": _("Strength of method"),
        "keberlakuan": _("Applicability in Indonesia"),
    }[parameter]


def value_of(parameter: str, value: str, known: Vocabulary) -> str:
    """One chosen value as a reader knows it."""
    if parameter == "arah":
        return str(Direction(value).label)
    if parameter in TERMS:
        label = _("not told") if value == NOT_TOLD else known.by_slug[TERMS[parameter]][value].label
        return f"{label_of(parameter)}: {label}" if value == NOT_TOLD or parameter == "klaster" else label
    if parameter == "dari":
        return _("from %(year)s") % {"year": value}
    if parameter == "sampai":
        return _("until %(year)s") % {"year": value}
    level = Level(int(value)).label
    return _("%(rating)s: at least %(level)s") % {"rating": label_of(parameter), "level": level}


def applied(asked: Asked, known: Vocabulary) -> list[tuple[str, str]]:
    """(words, query without it) for each thing that narrows."""
    return [(value_of(name, value, known), asked.without(name, value).query()) for name, value in asked.filters()]


def in_words(filters: list[Chosen], known: Vocabulary) -> list[str]:
    return [value_of(name, value, known) for name, value in filters]


def cell_of(asked: Asked, known: Vocabulary) -> str:
    """'Anak Terlantar × Pelatihan keterampilan' for the list of one cell; empty for any other."""
    names = [name for name in OF_LIST if asked.values(name)]
    people = [name for name in names if name in ("pmks", "klaster")]
    columns = [name for name in names if name in ("layanan", "luaran")]
    if len(people) != 1 or len(columns) > 1 or any(len(asked.values(name)) != 1 for name in names):
        return ""
    return " × ".join(value_of(name, asked.values(name)[0], known) for name in (*people, *columns))
