"""Finds the LHE and years for which a report has something to print. It opens on the latest of them."""

from django.db.models import Exists, OuterRef

from performance.models import Realisation
from recommendations.models import (
    Evaluation,
    Evidence,
    QuarterlyReport,
    Recommendation,
    Renaksi,
)
from reports.models import TelaahStaf


# ── Conditions on an evaluation, for one reader ─────────────────────────────────────────────────
def scores(user) -> Exists:
    return Exists(Evaluation.objects.scored().filter(pk=OuterRef("pk")))


def recommendations(user) -> Exists:
    return _seen(Recommendation, user, "evaluation")


def renaksi(user) -> Exists:
    return _seen(Renaksi, user, "recommendation__evaluation")


def evidence(user) -> Exists:
    return _seen(Evidence, user, "renaksi__recommendation__evaluation", is_archived=False)


def telaah_staf(user) -> Exists:
    return _seen(TelaahStaf, user, "evaluation")


def _seen(model, user, path, **fields) -> Exists:
    rows = model.objects.visible_to(user).filter(**fields, **{path: OuterRef("pk")})
    return Exists(rows.order_by())


# ── Years, the latest first; one query each ─────────────────────────────────────────────────────
def evaluated_years(user, unit=None) -> list[int]:
    return _years(_of(Evaluation, user, unit, "unit"), "performance_year")


def reported_years(user, unit=None) -> list[int]:
    path = "renaksi__recommendation__evaluation__unit"
    return _years(_of(QuarterlyReport, user, unit, path), "year")


def figure_years(user, unit=None) -> list[int]:
    rows = _of(Realisation, user, unit, "indicator__objective__unit").filter(missing="")
    return _years(rows, "year")


def current_year(user, unit=None) -> int | None:
    """Returns the year of the LHE that a summary shows by default; None when it shows several bodies."""
    rows = _of(Evaluation, user, unit, "unit").in_use().current()
    found = list(rows.values_list("performance_year", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def no_single_year(user, unit=None) -> None:
    """For a summary that shows each body with its own latest LHE by default."""


def _of(model, user, unit, path):
    rows = model.objects.visible_to(user)
    return rows if unit is None else rows.filter(**{path: unit})


def _years(rows, name):
    return list(rows.order_by(f"-{name}").values_list(name, flat=True).distinct())
