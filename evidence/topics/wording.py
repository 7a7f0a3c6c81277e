"""One sentence about a topic that says only what is counted, where no curator has written a better one."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evidence.facts import number
from evidence.models import Direction
from evidence.topics.answers import Answers


def generated_message(answers: Answers) -> str:
    if not answers.total:
        return _("No finding on this topic is public yet, so nothing can be said about what works.")
    if not answers.compared:
        return _said(
            ngettext(
                "%(number)s finding describes this topic; it does not say whether something helps.",
                "%(number)s findings describe this topic; none says whether something helps.",
                answers.total,
            ),
            answers.total,
        )
    return f"{_counted(answers)} {_surest(answers)}"


def _counted(answers: Answers) -> str:
    text = ngettext(
        "%(number)s finding of %(studies)s says what changed: %(directions)s.",
        "%(number)s findings of %(studies)s say what changed: %(directions)s.",
        answers.compared,
    )
    return text % {
        "number": number(answers.compared),
        "studies": studies(answers.compared_studies),
        "directions": directions(answers),
    }


def studies(count: int) -> str:
    return _said(ngettext("%(number)s study", "%(number)s studies", count), count)


def directions(answers: Answers) -> str:
    """'5 better, 2 mixed', without those of which there are none."""
    order = (Direction.BETTER, Direction.WORSE, Direction.MIXED, Direction.NO_DIFFERENCE)
    return listed((direction, answers.directions[direction]) for direction in order if answers.directions[direction])


def listed(counted: Iterable[tuple[Direction, int]]) -> str:
    return ", ".join(f"{number(count)} {direction.label}" for direction, count in counted)


def _surest(answers: Answers) -> str:
    if not answers.better:
        return _("None says that something became better.")
    if answers.level is None:
        return _("How sure those are that say better has not been rated yet.")
    return _("Of those that say better, the surest is of %(level)s strength of method.") % {
        "level": answers.level.label
    }


def _said(text: str, count: int) -> str:
    return text % {"number": number(count)}
