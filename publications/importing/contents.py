"""What describes a version, as plain values: the same shape for a new record, for comparing and for the undo."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

SCALARS = (
    "type_id", "language", "title_id", "title_en", "abstract_id", "abstract_en", "keywords_id", "keywords_en",
    "date", "date_precision", "publisher", "container_title", "volume", "issue", "pages", "funder", "award_number",
    "licence_id", "access", "embargo_until",
)  # fmt: skip
LISTS = ("contributors", "identifiers", "pmks", "psks", "provinces", "methods")
_DATES = ("date", "embargo_until")


@dataclass(frozen=True, slots=True)
class Name:
    """One contributor; `affiliation_id` and `person_id` are found when it is written."""

    given: str
    family: str
    place: str = ""
    orcid: str = ""
    role: str = "author"
    affiliation_id: int | None = None
    person_id: int | None = None
    orcid_authenticated: bool = False
    credit: tuple[str, ...] = ()

    @property
    def as_written(self) -> tuple[str, ...]:
        """What the source says, without what was linked here."""
        return (self.given, self.family, self.place, self.orcid, self.role)

    def __str__(self) -> str:
        return f"{self.given} {self.family}".strip()


@dataclass
class Content:
    scalars: dict[str, Any]
    contributors: list[Name] = field(default_factory=list)
    identifiers: list[tuple[str, str]] = field(default_factory=list)
    pmks: list[int] = field(default_factory=list)  # the first one is primary
    psks: list[int] = field(default_factory=list)
    provinces: list[int] = field(default_factory=list)
    methods: list[int] = field(default_factory=list)

    def differences(self, other: "Content") -> list[str]:
        """Names of the fields in which the other says something else."""
        changed = [name for name in SCALARS if self.scalars[name] != other.scalars[name]]
        unordered = ("psks", "provinces", "methods", "identifiers")
        changed += [name for name in unordered if sorted(getattr(self, name)) != sorted(getattr(other, name))]
        if self.pmks[:1] != other.pmks[:1] or sorted(self.pmks) != sorted(other.pmks):
            changed.append("pmks")
        if [name.as_written for name in self.contributors] != [name.as_written for name in other.contributors]:
            changed.append("contributors")
        return changed

    def keep_links(self, earlier: "Content") -> None:
        """A contributor that says the same as before keeps its person, its organisation and its CRediT roles."""
        known = {name.as_written: name for name in earlier.contributors}
        self.contributors = [known.get(name.as_written, name) for name in self.contributors]

    def to_json(self) -> dict[str, Any]:
        scalars = {key: value.isoformat() if key in _DATES and value else value for key, value in self.scalars.items()}
        lists = {name: getattr(self, name) for name in LISTS[1:]}
        people = [
            [*name.as_written, name.affiliation_id, name.person_id, name.orcid_authenticated, list(name.credit)]
            for name in self.contributors
        ]
        return {"scalars": scalars, "contributors": people, **lists}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        scalars = dict(stored["scalars"])
        for name in _DATES:
            scalars[name] = datetime.date.fromisoformat(scalars[name]) if scalars[name] else None
        people = [Name(*[*parts[:-1], tuple(parts[-1])]) for parts in stored["contributors"]]
        identifiers = [(scheme, value) for scheme, value in stored["identifiers"]]
        return cls(scalars, people, identifiers, *(list(stored[name]) for name in LISTS[2:]))


def with_links(name: Name, affiliation_id: int | None, person_id: int | None, authenticated: bool) -> Name:
    return replace(name, affiliation_id=affiliation_id, person_id=person_id, orcid_authenticated=authenticated)


def shown(value: Any) -> Any:
    """A value as the log keeps it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_shown_part(part) for part in value]
    return value


def _shown_part(part: Any) -> Any:
    if isinstance(part, tuple):
        return ":".join(part)
    return str(part) if isinstance(part, Name) else part
