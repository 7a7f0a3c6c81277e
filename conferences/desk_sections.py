"""The parts of an edition's desk, in the order of its menu, each with who sees it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conferences.models import Edition
from conferences.rules.committee import may_list_submissions, may_organise


@dataclass(frozen=True, slots=True)
class Section:
    """`url_name` takes the edition's slug. `rule(user, edition)` says whether its menu shows it."""

    label: "str | Promise"
    url_name: str
    rule: Callable[[User, Edition], bool]


SECTIONS: list[Section] = [
    Section(_("Call"), "conferences:desk_call", may_organise),
    Section(_("Submissions"), "conferences:desk_submissions", may_list_submissions),
]


def sections_for(user: User, edition: Edition) -> list[Section]:
    return [section for section in SECTIONS if section.rule(user, edition)]
