"""Reads of registrations at the desk: constant queries, however many there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.actions.journal import target_of
from accounts.models import LogEntry
from conferences.models import Attendance, Audience, Edition, Need, Registration
from conferences.queries.registrations import attendances_of
from conferences.states import RegistrationState
from taxonomy.models import Province

MOST_INSTITUTIONS = 50
BATCH = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; what is not understood narrows nothing."""

    state: str = ""
    category: str = ""
    attendance: str = ""
    letter: str = ""  # "ada" or "belum"
    institution: str = ""
    words: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any((self.state, self.category, self.attendance, self.letter, self.institution, self.words))


def wanted(data: Mapping[str, str]) -> Wanted:
    return Wanted(
        _one_of(data.get("status", ""), RegistrationState.values),
        _one_of(data.get("kategori", ""), Audience.values),
        _one_of(data.get("cara", ""), Attendance.values),
        _one_of(data.get("surat", ""), ["ada", "belum"]),
        _text(data.get("lembaga", "")),
        _text(data.get("cari", "")),
    )


def _one_of(value: str, known: list[str]) -> str:
    return value if value in known else ""


def _text(value: str) -> str:
    return value.replace("\x00", "").strip()[:100]


def of_edition(edition: Edition, wanted: Wanted) -> QuerySet[Registration]:
    rows = Registration.objects.filter(edition=edition)
    for name in ("state", "category", "attendance"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.letter:
        rows = rows.filter(letter__isnull=wanted.letter == "belum")
    if wanted.institution:
        place = Q(institution_name__icontains=wanted.institution)
        known = Q(institution__name__icontains=wanted.institution) | Q(institution__acronym__iexact=wanted.institution)
        rows = rows.filter(place | known)
    if wanted.words:
        rows = rows.filter(_matching(wanted.words))
    return rows.select_related("institution").order_by("number")


def _matching(words: str) -> Q:
    bare = words.lstrip("#")
    number = Q(number=int(bare)) if bare.isascii() and bare.isdigit() and len(bare) < 10 else Q()
    return Q(name__icontains=words) | Q(badge_name__icontains=words) | Q(email__icontains=words) | number


def counted(edition: Edition) -> dict[str, int]:
    """{state: number}."""
    rows = Registration.objects.filter(edition=edition).order_by().values_list("state").annotate(number=Count("pk"))
    return dict(rows)


def log_of(registration: Registration) -> list[LogEntry]:
    rows = LogEntry.objects.filter(target=target_of(registration)).select_related("actor")
    return list(rows.order_by("-at", "-pk")[:100])


def needs_of(edition: Edition) -> QuerySet[Need]:
    """Of those who come or may come."""
    rows = Need.objects.filter(registration__edition=edition).select_related("registration")
    return rows.order_by("registration__attendance", "registration__number")


def in_batches(rows: QuerySet[Registration]) -> Iterator[Registration]:
    """Without holding thousands at once; one statement for each batch."""
    last = 0
    while batch := list(rows.filter(number__gt=last).order_by("number")[:BATCH]):
        yield from batch
        last = batch[-1].number


def province_names() -> dict[str, str]:
    return {province.code: str(province.label) for province in Province.objects.all()}


# --- numbers


@dataclass(frozen=True, slots=True)
class Line:
    """`share` of the largest line, in whole per cent, for its bar."""

    label: str
    number: int
    share: int


@dataclass(frozen=True, slots=True)
class Statistics:
    states: list[Line]
    categories: list[Line]
    attendances: list[Line]
    institutions: list[Line]
    more_institutions: int
    provinces: list[Line]
    confirmed: int


def statistics(edition: Edition, unknown: str) -> Statistics:
    """All but the states count the confirmed; `unknown` names those without an institution or province."""
    confirmed = Registration.objects.filter(edition=edition, state=RegistrationState.CONFIRMED).order_by()
    states, categories = counted(edition), _grouped(confirmed, "category")
    ways, places = _grouped(confirmed, "attendance"), _institutions(confirmed)
    names, offered = province_names(), attendances_of(edition)
    provinces = [(names.get(code or "", unknown), number) for code, number in _provinces(confirmed)]
    listed = [(label or unknown, number) for label, number in places]
    return Statistics(
        _lines([(str(state.label), states.get(state, 0)) for state in RegistrationState]),
        _lines([(str(one.label), categories.get(one, 0)) for one in Audience]),
        _lines([(str(way.label), ways.get(way, 0)) for way in Attendance if way in ways or way in offered]),
        _lines(listed[:MOST_INSTITUTIONS]),
        max(0, len(listed) - MOST_INSTITUTIONS),
        _lines(_summed(provinces)),
        sum(categories.values()),
    )


def _grouped(rows: QuerySet[Registration], name: str) -> dict[str, int]:
    return dict(rows.values_list(name).annotate(number=Count("pk")))


def _institutions(rows: QuerySet[Registration]) -> list[tuple[str | None, int]]:
    label = Coalesce(F("institution__name"), NullIf(F("institution_name"), Value("")))
    return list(rows.annotate(place=label).values_list("place").annotate(n=Count("pk")).order_by("-n", "place"))


def _provinces(rows: QuerySet[Registration]) -> list[tuple[str | None, int]]:
    found = rows.values_list("institution__province_code").annotate(n=Count("pk"))
    return list(found.order_by("-n", "institution__province_code"))


def _summed(rows: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Several codes may be unknown."""
    sums: dict[str, int] = {}
    for label, number in rows:
        sums[label] = sums.get(label, 0) + number
    return sorted(sums.items(), key=lambda row: (-row[1], row[0]))


def _lines(rows: list[tuple[str, int]]) -> list[Line]:
    most = max((number for _label, number in rows), default=0)
    return [Line(label, number, round(100 * number / most) if most else 0) for label, number in rows]
