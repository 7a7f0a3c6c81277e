"""The table of a comparison: a row for each thing that policymakers ask, in their order; a column for each thing."""

import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.agreement import assess
from evidence.comparing.asked import Asked
from evidence.facts import Fact, Value, facts_of
from evidence.models import Finding
from evidence.queries.comparing import ComparedOutput
from publications.states import Access

MOST_FINDINGS = 5
MOST_NAMES = 6


@dataclass(frozen=True, slots=True)
class Thing:
    """A column. The links lead to the same comparison without it, or with it moved."""

    letter: str
    key: str
    title: str
    language: str
    url: str
    is_sample: bool
    without: str = ""
    earlier: str = ""
    later: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`empty`: what a cell without values says."""

    key: str
    label: str
    cells: tuple[tuple[Value, ...], ...]
    empty: str

    @property
    def differs(self) -> bool:
        return len({tuple(value.text for value in cell) for cell in self.cells}) > 1

    @property
    def is_unknown(self) -> bool:
        return not any(self.cells)

    @property
    def remark(self) -> str:
        """What tells rows apart without looking at the cells."""
        if self.is_unknown:
            return ""
        return _("differs") if self.differs else _("the same")


@dataclass(frozen=True, slots=True)
class Comparison:
    things: tuple[Thing, ...]
    rows: tuple[Row, ...]

    @property
    def has_sample(self) -> bool:
        return any(thing.is_sample for thing in self.things)


def comparison_of_findings(asked: Asked, findings: Sequence[Finding]) -> Comparison:
    things = _things(
        asked,
        [(str(f.pk), f.statement, f.statement.language, reverse("evidence:finding", args=[f.pk])) for f in findings],
        [finding.output.is_sample for finding in findings],
    )
    columns = [[*_certainty(finding), *facts_of(finding), *_source(finding)] for finding in findings]
    return Comparison(things, _rows(asked, columns, {}))


def _certainty(finding: Finding) -> list[Fact]:
    direction = Fact("direction", _("Does it work?"), (Value(str(finding.get_direction_display())),))
    sure = [
        Fact(one.kind.value, capfirst(str(one.kind.label)), (Value(one.word), Value(one.agreement)))
        for one in assess(finding.ratings.all())
    ]
    return [direction, *sure]


def _source(finding: Finding) -> list[Fact]:
    output, version = finding.output, finding.version
    url = reverse("publications:output", args=[output.public_id])
    checked = [Value(date_format(finding.checked_on, "DATE_FORMAT"))] if finding.checked_on else []
    return [
        Fact("paper", _("Paper"), (Value(f"{version.title} ({output.year})", url, version.title_language),)),
        Fact("page", _("Page in the PDF"), (Value(str(finding.page)),) if finding.page else ()),
        Fact("checked", _("Compared with the paper on"), tuple(checked)),
    ]


def comparison_of_outputs(asked: Asked, outputs: Sequence[ComparedOutput]) -> Comparison:
    things = _things(
        asked,
        [(str(o.output.public_id), o.version.title, o.version.title_language, _address(o)) for o in outputs],
        [one.output.is_sample for one in outputs],
    )
    columns = [[Fact(key, label(), tuple(values(one))) for key, label, values in _OUTPUT_ROWS] for one in outputs]
    empty = {"findings": _("none entered yet"), "uses": _("none reported yet")}
    return Comparison(things, _rows(asked, columns, empty))


def _address(one: ComparedOutput) -> str:
    return reverse("publications:output", args=[one.output.public_id])


def _names(one: ComparedOutput) -> list[Value]:
    shown = [Value(name) for name in one.names[:MOST_NAMES]]
    return [*shown, *_more(len(one.names) - MOST_NAMES)]


def _more(number: int) -> list[Value]:
    if number <= 0:
        return []
    return [Value(ngettext("%(number)d more", "%(number)d more", number) % {"number": number})]


def _topics(one: ComparedOutput) -> list[Value]:
    return [Value(term.label, reverse("topics:topic", args=[term.slug])) for term in one.terms["pmks"]]


def _findings(one: ComparedOutput) -> list[Value]:
    """Each with its direction and how sure it is."""
    shown = [
        Value(
            f"{finding.statement} ({finding.get_direction_display()}; "
            + "; ".join(f"{rated.kind.label}: {rated.word}" for rated in assess(finding.ratings.all()))
            + ")",
            reverse("evidence:finding", args=[finding.pk]),
            finding.statement.language,
        )
        for finding in one.findings[:MOST_FINDINGS]
    ]
    return [*shown, *_more(len(one.findings) - MOST_FINDINGS)]


def _access(one: ComparedOutput) -> list[Value]:
    version = one.version
    if version.access == Access.EMBARGOED and version.files_are_open:
        return [Value(str(Access.OPEN.label))]
    shown = [Value(str(version.get_access_display()))]
    if version.access == Access.EMBARGOED and version.embargo_until:
        date = date_format(version.embargo_until, "DATE_FORMAT")
        shown.append(Value(_("open from %(date)s") % {"date": date}))
    return shown


def _terms(kind: str) -> Callable[[ComparedOutput], list[Value]]:
    return lambda one: [Value(term.label) for term in one.terms[kind]]


_OUTPUT_ROWS: tuple[tuple[str, Callable[[], str], Callable[[ComparedOutput], list[Value]]], ...] = (
    ("findings", lambda: _("What it found, and how sure"), _findings),
    ("pmks", lambda: _("For whom"), _topics),
    ("provinces", lambda: _("Where"), _terms("province")),
    ("methods", lambda: _("Method"), _terms("method")),
    ("type", lambda: _("Type"), lambda one: [Value(str(one.output.type))]),
    ("year", lambda: _("Year"), lambda one: [Value(str(one.output.year))]),
    ("people", lambda: _("People"), _names),
    ("access", lambda: _("Access"), _access),
    ("licence", lambda: _("Licence"), lambda one: [Value(str(one.version.licence))] if one.version.licence else []),
    ("uses", lambda: _("Used in"), lambda one: [Value(f"{use.title} ({use.year})") for use in one.uses]),
)


def _things(asked: Asked, columns: list[tuple[str, str, str, str]], samples: list[bool]) -> tuple[Thing, ...]:
    keys = [key for key, *_others in columns]
    return tuple(
        Thing(
            letter=string.ascii_uppercase[place],
            key=key,
            title=str(title),
            language=language,
            url=url,
            is_sample=samples[place],
            without=asked.query(other for other in keys if other != key),
            earlier=asked.query(_moved(keys, place, -1)) if place else "",
            later=asked.query(_moved(keys, place, 1)) if place < len(keys) - 1 else "",
        )
        for place, (key, title, language, url) in enumerate(columns)
    )


def _moved(keys: list[str], place: int, by: int) -> list[str]:
    moved = list(keys)
    moved.insert(place + by, moved.pop(place))
    return moved


def _rows(asked: Asked, columns: Sequence[Sequence[Fact]], empty: dict[str, str]) -> tuple[Row, ...]:
    unknown = _("unknown")
    rows = [
        Row(facts[0].key, facts[0].label, tuple(fact.values for fact in facts), empty.get(facts[0].key, unknown))
        for facts in zip(*columns, strict=True)
    ]
    return tuple(row for row in rows if row.differs or not asked.only_different)
