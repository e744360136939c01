"""Every kind of workbook by its name on the command line."""

from workbooks.kinds import evaluations, indicators, recommendations, renaksi, units
from workbooks.sheets import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (units.KIND, evaluations.KIND, recommendations.KIND, renaksi.KIND, indicators.KIND)
}
