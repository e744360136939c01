"""Evaluations (LHE), their recommendations and what was done about each."""

from recommendations.models.daily import DailyCount
from recommendations.models.evaluation import ComponentScore, Evaluation
from recommendations.models.evidence import Evidence, EvidenceRevision
from recommendations.models.figures import CountedEvaluation, FollowUpCount
from recommendations.models.notice import Digest, Notice, NoticeChoices, SavedView
from recommendations.models.recommendation import (
    Note,
    NotePhoto,
    Recommendation,
    RecommendationPoint,
)
from recommendations.models.renaksi import QuarterlyReport, Renaksi, Step, SupportingUnit
from recommendations.models.review import (
    Comment,
    Draft,
    ExtensionRequest,
    QuarterClosing,
    ReviewDecision,
    ReviewPresence,
)
from recommendations.models.revision import EvaluationLetter, EvaluationRevision
from recommendations.models.rubric import Component, FollowUpBand, Rubric, RubricWeight
from recommendations.models.search import RecommendationWords, SearchDocument

__all__ = [
    "Comment",
    "Component",
    "ComponentScore",
    "CountedEvaluation",
    "DailyCount",
    "Digest",
    "Draft",
    "Evaluation",
    "EvaluationLetter",
    "EvaluationRevision",
    "Evidence",
    "EvidenceRevision",
    "ExtensionRequest",
    "FollowUpBand",
    "FollowUpCount",
    "Note",
    "NotePhoto",
    "Notice",
    "NoticeChoices",
    "QuarterClosing",
    "QuarterlyReport",
    "Recommendation",
    "RecommendationPoint",
    "Renaksi",
    "ReviewDecision",
    "ReviewPresence",
    "Rubric",
    "RubricWeight",
    "SavedView",
    "RecommendationWords",
    "SearchDocument",
    "Step",
    "SupportingUnit",
]
