from evidence.models.finding import Direction, Finding, FindingQuerySet
from evidence.models.ratings import WANTED_RATERS, Level, Rating, RatingKind
from evidence.models.recommendations import (
    AddresseeKind,
    Recommendation,
    RecommendationQuerySet,
    RecommendationStep,
)
from evidence.models.summaries import MOST_WORDS, PlainSummary
from evidence.models.texts import Bilingual, Said

__all__ = [
    "MOST_WORDS",
    "WANTED_RATERS",
    "AddresseeKind",
    "Bilingual",
    "Direction",
    "Finding",
    "FindingQuerySet",
    "Level",
    "PlainSummary",
    "Rating",
    "RatingKind",
    "Recommendation",
    "RecommendationQuerySet",
    "RecommendationStep",
    "Said",
]
