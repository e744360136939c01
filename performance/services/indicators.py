"""What people write about objectives, indicators and their figures. Each change leaves one history row."""

from collections.abc import Mapping
from copy import copy
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import (
    Indicator,
    LockedYear,
    Objective,
    ObjectiveSource,
    Realisation,
    SmartMark,
    Target,
)
from performance.permissions import indicator_policy, objective_policy
from performance.rules import sentences, typed_figures
from performance.rules.lifetime import require_alive
from performance.selectors import indicator_tables
from sakip.editing import StaleEdit, digest, require_version
from sakip.errors import WrongState, require
from sakip.history.write import record
from sakip.models import User
from sakip.writing import about, raise_version, said, words, write, write_part

REPORTED = {"reported_change", "reported_achievement"}


class PlannedTarget(NamedTuple):
    """A number (`high` None), a range, or no target at all (both None)."""

    value: Decimal | None
    high: Decimal | None = None


@transaction.atomic
def save_objective(
    *,
    actor: User,
    at: datetime,
    sources: Mapping[int, str],
    objective: Objective | None = None,
    version: int | None = None,
    **fields,
) -> Objective:
    """Changes an objective, or creates one, with its lines “Sumber: …”, given whole, by year.

    StaleEdit when objective or lines are newer than `version` and would change.
    """
    adding = objective is None
    if objective is None:
        _require_active(fields["unit"], "unit")
        require(objective_policy.check(actor, "edit", Objective(unit=fields["unit"])))
        current = Objective()
    else:
        current = Objective.objects.select_for_update().get(pk=objective.pk)
        require(objective_policy.check(actor, "edit", current))
    objective = copy(current)
    changes = write_part(objective, **fields)
    changes += _write_sources(objective, sources)
    if changes:
        require_version(current, version, "sasaran")  # what was written goes with the transaction
        raise_version(objective)
    _record(actor, at, objective, changes, adding)
    return objective


def objective_words(objective) -> list[tuple[str, str]]:
    """What stands in the form of an objective, as pairs of label and words."""
    sources = [(f"Sumber {row.year}", row.text) for row in objective.sources.all()]
    return [*said(objective, ["number", "name"]), *sources]


def _write_sources(objective, sources):
    changes = []
    stored = {row.year: row for row in objective.sources.all()}
    for year in sorted(stored.keys() - sources.keys()):
        changes.append((f"{year} · Sumber", stored[year].text, "-"))
        stored[year].delete()
    for year, text in sorted(sources.items()):
        row = stored.get(year) or ObjectiveSource(objective=objective, year=year)
        changes += about(str(year), write(row, text=text))
    return changes


@transaction.atomic
def create_indicator(*, objective: Objective, actor: User, at: datetime, **fields) -> Indicator:
    require(objective_policy.check(actor, "edit", objective))
    _require_active(fields["owner_unit"], "owner_unit")
    indicator = Indicator(objective=objective)
    changes = write(indicator, **fields)
    _record(actor, at, indicator, changes, adding=True)
    return indicator


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, actor: User, at: datetime, version: int | None = None, **fields
) -> Indicator:
    """StaleEdit when the indicator is newer than `version` and would change."""
    current = _lock(indicator)
    indicator = copy(current)
    require(indicator_policy.check(actor, "edit", indicator))
    owner = fields.get("owner_unit")
    if (
        owner and owner.pk != indicator.owner_unit_id
    ):  # who owns it already may stay, though switched off
        _require_active(owner, "owner_unit")
    if changes := write(indicator, **fields):
        require_version(current, version, "indikator")  # what was written goes with the transaction
    _record(actor, at, indicator, changes, adding=False)
    return indicator


@transaction.atomic
def judge_indicator(
    *,
    indicator: Indicator,
    marks: Mapping[str, tuple[bool, str]],
    actor: User,
    at: datetime,
    version: int | None = None,
) -> Indicator:
    """Writes the check list SMART-C whole: by criterion whether it is met, and a remark.

    StaleEdit when the indicator is newer than `version` and the list would change.
    """
    indicator = _lock(indicator)
    require(indicator_policy.check(actor, "edit", indicator))
    stored = {row.criterion: row for row in indicator.smart_marks.all()}
    changes = []
    for code, label in SmartMark.Criterion.choices:
        row, given = stored.get(code), marks.get(code)
        before = (row.is_met, row.remark) if row else None
        if before == given:
            continue
        changes.append((f"SMART-C · {label}", _judgement(before), _judgement(given)))
        if row and given is None:
            row.delete()
        elif given is not None:
            row = row or SmartMark(indicator=indicator, criterion=code)
            write(row, is_met=given[0], remark=given[1])
    if changes:
        require_version(
            indicator, version, "indikator"
        )  # what was written goes with the transaction
        raise_version(indicator)
    _record(actor, at, indicator, changes, adding=False)
    return indicator


def smart_words(indicator) -> list[tuple[str, str]]:
    """How each criterion was judged, as pairs of label and words."""
    return [
        (row.get_criterion_display(), _judgement((row.is_met, row.remark)))
        for row in indicator.smart_marks.all()
    ]


def _judgement(mark):
    if mark is None:
        return "-"
    is_met, remark = mark
    return ("terpenuhi" if is_met else "belum terpenuhi") + (f": {remark}" if remark else "")


def _require_active(unit, field):
    if not unit.is_active:
        raise ValidationError({field: f"{unit} sudah tidak aktif. Pilih unit lain."})


def _record(actor, at, target, changes, adding):
    if changes:
        action = "create" if adding else "edit"
        record(actor=actor, at=at, action=action, target=target, changes=changes)


def _lock(indicator):
    rows = Indicator.objects.select_for_update(of=("self",)).select_related("objective__unit")
    return rows.get(pk=indicator.pk)


def locked_years(indicator: Indicator) -> set[int]:
    """Needs the objective loaded. One query."""
    rows = LockedYear.objects.filter(unit=indicator.objective.unit_id)
    return set(rows.values_list("year", flat=True))


def require_unlocked(indicator: Indicator, year: int):
    """Raises WrongState when the coordinator has locked `year` for the indicator's body."""
    if year in locked_years(indicator):
        raise WrongState(
            f"Tahun {year} dikunci. Minta koordinator membukanya bila ada yang keliru."
        )


@transaction.atomic
def lock_year(*, unit, year: int, actor: User, at: datetime) -> None:
    """Ends the entry of a year for all indicators of a body; a year locked already stays so."""
    require(objective_policy.check(actor, "edit", Objective(unit=unit)))
    _, created = LockedYear.objects.get_or_create(
        unit=unit, year=year, defaults={"locked_by": actor, "locked_at": at}
    )
    if created:
        changes = [(f"Indikator kinerja {year}", "terbuka", "dikunci")]
        record(actor=actor, at=at, action="lock_year", target=unit, changes=changes)


@transaction.atomic
def unlock_year(*, unit, year: int, actor: User, at: datetime) -> None:
    require(objective_policy.check(actor, "edit", Objective(unit=unit)))
    deleted, _ = LockedYear.objects.filter(unit=unit, year=year).delete()
    if deleted:
        changes = [(f"Indikator kinerja {year}", "dikunci", "terbuka")]
        record(actor=actor, at=at, action="unlock_year", target=unit, changes=changes)


@transaction.atomic
def write_year(
    *,
    indicator: Indicator,
    year: int,
    actor: User,
    at: datetime,
    version: int,
    realisation: Mapping | None = None,
    target: PlannedTarget | None = None,
    target_seen: str = "",
) -> Indicator:
    """Writes the realisation (fields of Realisation) and the target of one year; None leaves either alone.

    `version` is that of the realisation the person read, 0 when there was none, `target_seen` the
    digest of the target: StaleEdit when one is no longer current. Targets and figures printed
    elsewhere are the coordinator's.
    """
    indicator = _lock(indicator)
    require(indicator_policy.check(actor, "realise", indicator))
    if target is not None or REPORTED & set(realisation or ()):
        require(indicator_policy.check(actor, "edit", indicator))
    require_alive(indicator, year)
    require_unlocked(indicator, year)
    stored = indicator.realisations.filter(year=year).first()
    if (stored.version if stored else 0) != version:
        raise StaleEdit("realisasi tahun", stored)
    if realisation:
        _require_explanation(indicator, year, stored, realisation)
    changes = _write_realisation(indicator, year, stored, realisation) if realisation else []
    changes += _write_target(indicator, year, target, target_seen, stored) if target else []
    if changes:
        rows = about(str(year), changes)
        record(actor=actor, at=at, action="realise", target=indicator, changes=rows)
    return indicator


def _require_explanation(indicator, year, stored, fields):
    """A figure of the year before that is shown again says nothing, so nothing is asked."""

    def now(name):
        return fields.get(name, getattr(stored, name, None))

    if now("is_carried_over") or {"value", "explanation"}.isdisjoint(fields):
        return
    base = indicator.realisations.filter(year=year - 1).values_list("value", flat=True).first()
    problem = typed_figures.explanation_problem(
        indicator.explain_above, now("value"), base, now("explanation") or ""
    )
    if problem:
        raise ValidationError({"explanation": problem})


def _write_realisation(indicator, year, stored, fields):
    realisation = stored or Realisation(indicator=indicator, year=year)
    changes = write_part(realisation, **fields)
    if changes:
        realisation.version += 1
        if "sentence" in fields:
            _keep_basis(realisation)
        realisation.save(update_fields=["version", "sentence", "sentence_basis"])
    return changes


def _keep_basis(realisation):
    """What was offered for these figures; who writes just that leaves the offer as it is."""
    indicator = Indicator.objects.prefetch_related("realisations", "targets").get(
        pk=realisation.indicator_id
    )
    year = realisation.year
    offer = sentences.offered(indicator_tables.indicator_row(indicator, [year - 1, year]))
    if realisation.sentence.strip() == offer:
        realisation.sentence = ""
    realisation.sentence_basis = offer if realisation.sentence else ""


def digest_of_target(target: Target | None) -> str:
    return digest([str(target.value), str(target.high)] if target else [])


def _write_target(indicator, year, planned, seen, stored):
    current = indicator.targets.filter(year=year).first()
    before = PlannedTarget(current.value, current.high) if current else PlannedTarget(None)
    if planned != before and seen not in ("", digest_of_target(current)):
        raise StaleEdit("target tahun", stored)
    target = current or Target(indicator=indicator, year=year)
    if planned.value is not None:
        return write(target, value=planned.value, high=planned.high)
    if target.pk is None:
        return []
    text = words(target, "value")
    target.delete()
    return [("Target", text, "-")]
