"""The parts of an edition's desk, in the order of its menu, each with who sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from accounts.models import User
from conferences.models import Edition


@dataclass(frozen=True, slots=True)
class Section:
    """`url_name` takes the edition's slug. `rule(user, edition)` says whether its menu shows it."""

    label: "str | Promise"
    url_name: str
    rule: Callable[[User, Edition], bool]


SECTIONS: list[Section] = []


def sections_for(user: User, edition: Edition) -> list[Section]:
    return [section for section in SECTIONS if section.rule(user, edition)]
