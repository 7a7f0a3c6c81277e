from evidence.models.briefs import Brief, BriefFinding
from evidence.models.cooperation import Interest, Opportunity, OpportunityKind, OpportunityQuerySet
from evidence.models.finding import Direction, Finding, FindingQuerySet
from evidence.models.messages import TopicMessage
from evidence.models.questions import AnswerFinding, Question, QuestionQuerySet
from evidence.models.ratings import WANTED_RATERS, Level, Rating, RatingKind
from evidence.models.recommendations import (
    AddresseeKind,
    Recommendation,
    RecommendationQuerySet,
    RecommendationStep,
)
from evidence.models.snapshots import MapAxis, Snapshot, SnapshotFile
from evidence.models.summaries import MOST_WORDS, PlainSummary
from evidence.models.texts import Bilingual, Said
from evidence.models.uses import Use, UseKind, UseQuerySet

__all__ = [
    "MOST_WORDS",
    "WANTED_RATERS",
    "AddresseeKind",
    "AnswerFinding",
    "Bilingual",
    "Brief",
    "BriefFinding",
    "Direction",
    "Finding",
    "FindingQuerySet",
    "Interest",
    "Level",
    "MapAxis",
    "Opportunity",
    "OpportunityKind",
    "OpportunityQuerySet",
    "PlainSummary",
    "Question",
    "QuestionQuerySet",
    "Rating",
    "RatingKind",
    "Recommendation",
    "RecommendationQuerySet",
    "RecommendationStep",
    "Said",
    "Snapshot",
    "SnapshotFile",
    "TopicMessage",
    "Use",
    "UseKind",
    "UseQuerySet",
]
