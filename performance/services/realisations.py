"""Writes the realisation and the target of one year."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import Indicator, Realisation, Target
from performance.permissions import indicator_policy
from performance.rules import quarters, sentences, typed_figures
from performance.rules.lifetime import require_alive
from performance.rules.typed_figures import PlannedTarget, TypedFigure
from performance.selectors import indicator_tables
from performance.selectors.locked_years import require_unlocked
from performance.services.shared import lock_indicator
from sakip.editing import StaleEdit, digest
from sakip.errors import require
from sakip.history.words import about, code_of, part_code
from sakip.history.write import record
from sakip.models import User
from sakip.writing import write, write_part

REPORTED = {"reported_change", "reported_achievement"}


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
    """Writes `realisation` (fields of Realisation) and `target` of one year; None changes nothing.

    `version` is that of the realisation the person read, 0 when there was none; `target_seen` is the
    digest of the target. Raises StaleEdit when one of them is not current any more, and ValidationError
    when the figure is not the one that the quarters of the year make. Only coordinators may write targets
    and the figures printed in other documents.
    """
    indicator = lock_indicator(indicator)
    require(indicator_policy.check(actor, "realise", indicator))
    if target is not None or REPORTED & set(realisation or ()):
        require(indicator_policy.check(actor, "edit", indicator))
    require_alive(indicator, year)
    require_unlocked(indicator, year)
    stored = indicator.realisations.filter(year=year).first()
    if (stored.version if stored else 0) != version:
        raise StaleEdit("realisasi tahun", stored)
    if realisation:
        require_explanation(indicator, year, stored, realisation)
        realisation = dict(realisation) | _made_by_quarters(indicator, year, stored, realisation)
    changes = _write_realisation(indicator, year, stored, realisation) if realisation else []
    changes += _write_target(indicator, year, target, target_seen, stored) if target else []
    if changes:
        record(actor=actor, at=at, action="realise", target=indicator, changes=changes)
    return indicator


def _made_by_quarters(indicator, year, stored, fields):
    """The field `through_quarter`. Raises ValidationError when the quarters make another figure."""
    if {"value", "text_value", "missing"}.isdisjoint(fields):
        return {}
    made = quarters.year_of(indicator, indicator.quarters.filter(year=year))
    if made is None:
        return {"through_quarter": None}
    given = TypedFigure.of(_with(stored, fields))
    if not made.contradicts(given):
        return {"through_quarter": made.through}
    if stored and TypedFigure.of(stored) == given:
        return {}  # the contradiction is stored already; another field of the form was changed
    raise ValidationError({"value": made.complaint(given, year)})


def _with(stored, fields):
    names = ("value", "text_value", "missing", "mark")
    now = {name: getattr(stored, name) for name in names} if stored else {}
    return Realisation(**now | {name: fields[name] for name in names if name in fields})


def require_explanation(indicator, year, stored, fields):
    """Raises ValidationError when a large change has no explanation; not for a carried-over figure."""

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
    return about(realisation, changes, year)


def _keep_basis(realisation):
    """Stores the offered sentence as `sentence_basis`. Clears a typed sentence that equals the offer."""
    indicator = Indicator.objects.prefetch_related("realisations", "targets").get(
        pk=realisation.indicator_id
    )
    year = realisation.year
    offer = sentences.offered(indicator_tables.indicator_row(indicator, [year - 1, year]))
    if realisation.sentence.strip() == offer:
        realisation.sentence = ""
    realisation.sentence_basis = offer if realisation.sentence else ""


def version_of(indicator: Indicator, year: int) -> int:
    """The version of the year's realisation, 0 when there is none."""
    rows = Realisation.objects.filter(indicator=indicator, year=year)
    return rows.values_list("version", flat=True).first() or 0


def digest_of_target(target: Target | None) -> str:
    if target is None:
        return digest([])
    return digest([str(target.value), str(target.high), *filter(None, [target.text_value])])


def _write_target(indicator, year, planned, seen, stored):
    current = indicator.targets.filter(year=year).first()
    before = PlannedTarget.of(current) if current else PlannedTarget()
    if planned != before and seen not in ("", digest_of_target(current)):
        raise StaleEdit("target tahun", stored)
    target = current or Target(indicator=indicator, year=year)
    if not planned.is_empty:
        if problem := typed_figures.target_problem(planned, indicator.scale_values):
            raise ValidationError({"target": problem})
        return about(target, write(target, **planned.fields), year)
    if target.pk is None:
        return []
    target.delete()
    name = "text_value" if target.text_value else "value"
    return [(part_code(target, name, year), code_of(getattr(target, name)), "")]
