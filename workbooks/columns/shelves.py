"""The directory's shelves: how each kind of record is loaded for a person and named in a workbook."""

from performance.models import Indicator, Objective
from recommendations.models import (
    Component,
    Evaluation,
    Recommendation,
    RecommendationPoint,
    Renaksi,
    Rubric,
)
from sakip.models import Unit
from sakip.numbers import list_letter
from workbooks.columns.directory import Directory, Shelf


def _recommendation(row, unit="name"):
    evaluation = row.evaluation
    return f"{getattr(evaluation.unit, unit)} {evaluation.performance_year} / {row.number}"


def _join(rows, name, parents) -> list:
    """Gives every row its parent and returns the parents: one for all the rows that share it, where
    the database's join would make one for each."""
    found = parents.in_bulk({getattr(row, f"{name}_id") for row in rows})
    for row in rows:
        setattr(row, name, found[getattr(row, f"{name}_id")])
    return list(found.values())


def _join_evaluations(recommendations):
    _join(recommendations, "evaluation", Evaluation.objects.select_related("unit"))


def _join_recommendations(rows):
    _join_evaluations(
        _join(rows, "recommendation", Recommendation.objects.select_related("component"))
    )


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
    "rubrics": Shelf(
        "Rubrik",
        lambda user: (
            Rubric.objects.visible_to(user).select_related("unit").prefetch_related("weights")
        ),
        lambda rubric: rubric.full_name,
    ),
    "evaluations": Shelf(
        "LHE",
        lambda user: Evaluation.objects.visible_to(user).select_related("unit"),
        lambda evaluation: f"{evaluation.unit.name} {evaluation.performance_year}",
        lambda evaluation: (
            f"{evaluation.unit.code} {evaluation.performance_year}",
            f"{evaluation.unit} {evaluation.performance_year}",
            evaluation.letter_number,
        ),
        unit=lambda row: row.unit,
    ),
    "recommendations": Shelf(
        "Rekomendasi",
        lambda user: Recommendation.objects.visible_to(user),
        _recommendation,
        lambda row: (_recommendation(row, "code"),),
        unit=lambda row: row.evaluation.unit,
        join=_join_evaluations,
    ),
    "points": Shelf(
        "Butir",
        lambda user: RecommendationPoint.objects.filter(
            recommendation__in=Recommendation.objects.visible_to(user)
        ),
        lambda row: f"{_recommendation(row.recommendation)} butir {list_letter(row.position)}",
        lambda row: (
            f"{_recommendation(row.recommendation, 'code')} butir {list_letter(row.position)}",
        ),
        unit=lambda row: row.recommendation.evaluation.unit,
        join=_join_recommendations,
    ),
    "renaksi": Shelf(
        "Rencana aksi",
        lambda user: (
            Renaksi.objects.visible_to(user)
            .select_related("lead_unit", "person")
            .prefetch_related("supporting_units")
        ),
        lambda row: f"{_recommendation(row.recommendation)}{list_letter(row.position)}",
        lambda row: (f"{_recommendation(row.recommendation, 'code')}{list_letter(row.position)}",),
        unit=lambda row: row.recommendation.evaluation.unit,
        join=_join_recommendations,
    ),
    "objectives": Shelf(
        "Sasaran",
        lambda user: Objective.objects.visible_to(user).select_related("unit"),
        lambda row: f"{row.unit.name} / {row.number}",
        lambda row: (f"{row.unit.code} / {row.number}", row.name),
        unit=lambda row: row.unit,
    ),
    "indicators": Shelf(
        "Indikator",
        lambda user: Indicator.objects.visible_to(user).select_related("objective__unit"),
        lambda row: f"{row.objective.unit.name} / {row.objective.number}.{row.number}",
        lambda row: (
            f"{row.objective.unit.code} / {row.objective.number}.{row.number}",
            row.code,
            row.name,
        ),
        unit=lambda row: row.objective.unit,
    ),
}


def directory_for(user) -> Directory:
    return Directory(user, SHELVES)
