from performance.models.figures import FigureEvidence, LockedYear, Realisation, Target
from performance.models.indicators import YEARS, Indicator, Objective, ObjectiveSource, SmartMark

__all__ = [
    "YEARS",
    "FigureEvidence",
    "Indicator",
    "LockedYear",
    "Objective",
    "ObjectiveSource",
    "Realisation",
    "SmartMark",
    "Target",
]
