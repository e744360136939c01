from performance.models.evidence import FigureEvidence
from performance.models.indicators import Indicator, SmartMark
from performance.models.locked_years import LockedYear
from performance.models.objectives import YEARS, Objective, ObjectiveSource
from performance.models.quarters import QuarterFigure
from performance.models.realisations import Realisation, Target

__all__ = [
    "YEARS",
    "FigureEvidence",
    "Indicator",
    "LockedYear",
    "Objective",
    "ObjectiveSource",
    "QuarterFigure",
    "Realisation",
    "SmartMark",
    "Target",
]
