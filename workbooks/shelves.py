"""The directory's shelves: how each kind of record is loaded for a person and named in a workbook."""

from performance.models import Indicator, Objective
from recommendations.models import Component, Evaluation, Recommendation, Rubric
from sakip.models import Unit
from workbooks.directory import Directory, Shelf

SHELVES = {
    "units": Shelf(
        "Unit",
        lambda user: Unit.objects.visible_to(user),
        lambda unit: unit.name,
        lambda unit: (unit.code, unit.short_name),
    ),
    "components": Shelf(
        "Komponen",
        lambda user: Component.objects.all(),
        lambda component: component.name,
        lambda component: (component.code, *component.aliases.splitlines()),
    ),
    "rubrics": Shelf("Rubrik", lambda user: Rubric.objects.visible_to(user), str),
    "evaluations": Shelf(
        "LHE",
        lambda user: Evaluation.objects.visible_to(user).select_related("unit"),
        lambda evaluation: f"{evaluation.unit.name} {evaluation.performance_year}",
        lambda evaluation: (
            f"{evaluation.unit.code} {evaluation.performance_year}",
            f"{evaluation.unit} {evaluation.performance_year}",
            evaluation.letter_number,
        ),
    ),
    "recommendations": Shelf(
        "Rekomendasi",
        lambda user: Recommendation.objects.visible_to(user).select_related("evaluation__unit"),
        lambda row: f"{row.evaluation.unit.name} {row.evaluation.performance_year} / {row.number}",
        lambda row: (
            f"{row.evaluation.unit.code} {row.evaluation.performance_year} / {row.number}",
        ),
    ),
    "objectives": Shelf(
        "Sasaran",
        lambda user: Objective.objects.visible_to(user).select_related("unit"),
        lambda row: f"{row.unit.name} / {row.number}",
        lambda row: (f"{row.unit.code} / {row.number}", row.name),
    ),
    "indicators": Shelf(
        "Indikator",
        lambda user: Indicator.objects.visible_to(user),
        lambda row: row.name,
        lambda row: (row.code,),
    ),
}


def directory_for(user) -> Directory:
    return Directory(user, SHELVES)
