"""Evaluations (LHE), their recommendations and what was done about each."""

from recommendations.models.evaluation import (
    Component,
    ComponentScore,
    Evaluation,
    Rubric,
    RubricWeight,
)
from recommendations.models.evidence import Evidence, EvidenceRevision
from recommendations.models.recommendation import (
    Note,
    NotePhoto,
    Recommendation,
    RecommendationPoint,
)
from recommendations.models.renaksi import QuarterlyReport, Renaksi, Step

__all__ = [
    "Component",
    "ComponentScore",
    "Evaluation",
    "Evidence",
    "EvidenceRevision",
    "Note",
    "NotePhoto",
    "QuarterlyReport",
    "Recommendation",
    "RecommendationPoint",
    "Renaksi",
    "Rubric",
    "RubricWeight",
    "Step",
]
