"""What the LHE of one year leaves open for the next."""

from dataclasses import dataclass

from recommendations.models import Evaluation, Recommendation, Renaksi
from recommendations.selectors.evaluation_table import stored_recommendations
from recommendations.transitions import CLOSED
from sakip.models import Unit


@dataclass(frozen=True)
class OpenRecommendation:
    """A recommendation with renaksi that are not finished, or without any renaksi."""

    recommendation: Recommendation
    renaksi: list[Renaksi]

    @property
    def inactive_units(self) -> set[Unit]:
        units = {
            unit
            for renaksi in self.renaksi
            for unit in (renaksi.lead_unit, *renaksi.supporting_units.all())
        }
        return {unit for unit in units if not unit.is_active}


def open_recommendations(evaluation: Evaluation) -> list[OpenRecommendation]:
    """In the order of their numbers. Five queries."""
    found = []
    for one in stored_recommendations(evaluation):
        rest = [renaksi for renaksi in one.listed if renaksi.status not in CLOSED]
        if rest or not one.listed:
            found.append(OpenRecommendation(one, rest))
    return found
