"""Every kind of workbook by its name on the command line."""

from workbooks.columns.sheets import WorkbookKind
from workbooks.kinds import evaluations, evidence, indicators, recommendations, renaksi, units

_PARTS = (
    units.KIND,
    evaluations.KIND,
    recommendations.KIND,
    renaksi.KIND,
    indicators.KIND,
    evidence.KIND,
)
ALL = WorkbookKind(
    "all",
    "Semua lembar dalam satu buku kerja",
    tuple(sheet for kind in _PARTS for sheet in kind.sheets),
)
KINDS: dict[str, WorkbookKind] = {kind.name: kind for kind in (*_PARTS, ALL)}


def of_model(model) -> WorkbookKind | None:
    """The kind whose workbook holds these records, None when there is none."""
    return next((kind for kind in _PARTS for sheet in kind.sheets if sheet.model is model), None)
