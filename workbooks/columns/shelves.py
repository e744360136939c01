"""The directory's shelves: how each kind of record is loaded for a person and named in a workbook."""

from operator import attrgetter

from performance.models import Indicator, Objective
from recommendations.models import (
    Component,
    Evaluation,
    Recommendation,
    RecommendationPoint,
    Renaksi,
    Rubric,
)
from sakip.forms.people_choices import people_told_apart
from sakip.models import Unit, User
from sakip.numbers import list_letter
from workbooks.columns.directory import UNITS, Directory, Shelf


def _recommendation(row, unit):
    return f"{unit} {row.evaluation.performance_year} / {row.number}"


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
    UNITS: Shelf("Unit", lambda user: Unit.objects.visible_to(user), attrgetter("name")),
    "people": Shelf(
        "Petugas",
        lambda user: User.objects.filter(
            pk__in=Renaksi.objects.visible_to(user).order_by().values("person")
        ).select_related("unit"),
        str,
        names=people_told_apart,
    ),
    "components": Shelf(
        "Komponen",
        lambda user: Component.objects.all(),
        attrgetter("name"),
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
        lambda evaluation, unit: f"{unit} {evaluation.performance_year}",
        lambda evaluation: (evaluation.letter_number,),
        unit=attrgetter("unit"),
    ),
    "recommendations": Shelf(
        "Rekomendasi",
        lambda user: Recommendation.objects.visible_to(user),
        _recommendation,
        unit=attrgetter("evaluation.unit"),
        join=_join_evaluations,
    ),
    "points": Shelf(
        "Butir",
        lambda user: RecommendationPoint.objects.filter(
            recommendation__in=Recommendation.objects.visible_to(user)
        ),
        lambda row, unit: (
            f"{_recommendation(row.recommendation, unit)} butir {list_letter(row.position)}"
        ),
        unit=attrgetter("recommendation.evaluation.unit"),
        join=_join_recommendations,
    ),
    "renaksi": Shelf(
        "Rencana aksi",
        lambda user: (
            Renaksi.objects.visible_to(user)
            .select_related("lead_unit", "person")
            .prefetch_related("supporting_units")
        ),
        lambda row, unit: f"{_recommendation(row.recommendation, unit)}{list_letter(row.position)}",
        unit=attrgetter("recommendation.evaluation.unit"),
        join=_join_recommendations,
    ),
    "objectives": Shelf(
        "Sasaran",
        lambda user: Objective.objects.visible_to(user).select_related("unit"),
        lambda row, unit: f"{unit} / {row.number}",
        lambda row: (row.name,),
        unit=attrgetter("unit"),
    ),
    "indicators": Shelf(
        "Indikator",
        lambda user: Indicator.objects.visible_to(user).select_related("objective__unit"),
        lambda row, unit: f"{unit} / {row.objective.number}.{row.number}",
        lambda row: (row.code, row.name),
        unit=attrgetter("objective.unit"),
    ),
}


def directory_for(user) -> Directory:
    return Directory(user, SHELVES)
