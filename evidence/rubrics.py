"""The two rubrics that raters follow, by edition. A published edition is never changed: a new one is added."""

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from evidence.models import Level, RatingKind

CURRENT = "1"


@dataclass(frozen=True, slots=True)
class RubricLevel:
    level: Level
    criteria: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class Rubric:
    kind: RatingKind
    question: str | Promise
    levels: tuple[RubricLevel, ...]  # the highest first


STRENGTH = Rubric(
    RatingKind.STRENGTH,
    _("How sure can one be that the finding is right for those who were studied?"),
    (
        RubricLevel(
            Level.HIGH,
            (
                _("For effects: groups were formed by chance or are comparable in everything that is known to matter."),
                _("For descriptions: a random sample, or several sources and places that agree."),
                _("Measured before and after with a tested instrument; few left the study, and it is said why."),
                _("Sample, instruments and analysis are described so that others could repeat the study."),
            ),
        ),
        RubricLevel(
            Level.MODERATE,
            (
                _("For effects: a comparison group with adjustment for differences, or repeated measurement."),
                _("For descriptions: a sample chosen by stated rules, or at least two kinds of sources."),
                _("Some weakness that could change the size of the finding, hardly its direction."),
            ),
        ),
        RubricLevel(
            Level.LOW,
            (
                _("For effects: before and after without comparison, or groups that differ in important ways."),
                _("For descriptions: one place or one kind of source, chosen because it was at hand."),
                _("Weaknesses that could change the direction of the finding."),
            ),
        ),
        RubricLevel(
            Level.VERY_LOW,
            (
                _("Opinion, single cases, or satisfaction asked by those who gave the service."),
                _("It is not said who was studied, how many, or how it was measured."),
            ),
        ),
    ),
)

APPLICABILITY = Rubric(
    RatingKind.APPLICABILITY,
    _("How far would it hold for other people and places in Indonesia, under ordinary conditions?"),
    (
        RubricLevel(
            Level.HIGH,
            (
                _("Studied in Indonesia, in several provinces or nationwide, with people like those who are served."),
                _("Given by ordinary staff, with an ordinary budget, under rules that are still in force."),
                _("Cost and what is needed to begin are known."),
            ),
        ),
        RubricLevel(
            Level.MODERATE,
            (
                _("Studied in Indonesia in one province or a few places that resemble others in what matters."),
                _("It could be given elsewhere with training or small changes."),
            ),
        ),
        RubricLevel(
            Level.LOW,
            (
                _("Studied in one special place, with extra staff or money, or in a country with similar services."),
                _("Rules, institutions or prices have changed so that parts no longer fit."),
            ),
        ),
        RubricLevel(
            Level.VERY_LOW,
            (
                _("Depends on people, institutions or money that Indonesia does not have."),
                _("The people studied have little in common with those who are served here."),
            ),
        ),
    ),
)

EDITIONS: dict[str, tuple[Rubric, ...]] = {CURRENT: (STRENGTH, APPLICABILITY)}
PUBLISHED_ON = {CURRENT: datetime.date(2026, 11, 24)}
