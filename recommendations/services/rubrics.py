"""Writes the rubrics that evaluations are scored by (docs/design.md §2.1)."""

from collections.abc import Sequence
from copy import copy
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from recommendations.models import Component, ComponentScore, FollowUpBand, Rubric, RubricWeight
from recommendations.permissions import rubric_policy
from sakip.editing import require_version
from sakip.errors import WrongState, require, still_there
from sakip.history.words import about, code_of
from sakip.history.write import record
from sakip.numbers import input_text
from sakip.writing import raise_version, said, write, write_part

HUNDRED = Decimal(100)
RUBRIC = (
    "name",
    "regulation",
    "is_estimate",
    "is_active",
    "existence_label",
    "existence_share",
    "quality_share",
    "use_share",
)
# These say nothing about how a score was given, so they also change in a fixed rubric.
FREE = {"is_active", "is_estimate"}
COPIED = ("regulation", "is_estimate", *RUBRIC[4:], "follow_up_weight")


@transaction.atomic
def create_rubric(
    *, actor, at, unit, weights: Sequence[tuple[Component | str, Decimal]], **fields
) -> Rubric:
    """Creates a rubric of `unit`, None for one that the whole province shares.

    A string instead of a Component creates a component with that name. Weights must sum to 100.
    """
    rubric = Rubric(unit=unit)
    require(rubric_policy.check(actor, "edit", rubric))
    _require_active(unit)
    _check_sum(weights)
    changes = write_part(rubric, unit=unit, **fields)
    changes += _write_weights(rubric, _resolved(weights))
    record(actor=actor, at=at, action="create", target=rubric, changes=changes)
    return rubric


@transaction.atomic
def edit_rubric(
    *, rubric, actor, at, weights: Sequence[tuple[Component | str, Decimal]], version=None, **fields
) -> Rubric:
    """Changes the rubric and returns it, or the new edition that was made instead (see `opened`).

    Raises StaleEdit when `version` is no longer current and the save would change something.
    """
    current = lock(rubric, actor)
    _check_sum(weights)
    weights = _resolved(weights)
    changed = {name for name, value in fields.items() if getattr(current, name) != value}
    if weights != _weights(current):
        changed.add("weights")
    if not changed:
        return current
    require_version(current, version, "rubrik")
    rubric, action = opened(current, actor, at, changed)
    changes = write_part(rubric, **fields) + _write_weights(rubric, weights)
    raise_version(rubric)
    record(actor=actor, at=at, action=action, target=rubric, changes=changes)
    return rubric


@transaction.atomic
def copy_rubric(*, rubric, actor, at, unit, name) -> Rubric:
    """Gives `unit` a rubric of its own with the same content, which it may then change."""
    require(rubric_policy.check(actor, "copy", rubric))
    made = Rubric(unit=unit)
    require(rubric_policy.check(actor, "edit", made))
    _require_active(unit)
    fields = {field: getattr(rubric, field) for field in COPIED}
    changes = write_part(made, unit=unit, name=name, **fields)
    _fill(made, rubric)
    changes.append(("copied_from", "", str(rubric)))
    record(actor=actor, at=at, action="copy_rubric", target=made, changes=changes)
    return made


def words_of_rubric(rubric) -> list[tuple[str, str]]:
    """Returns the fields and weights of a rubric as pairs of label and text."""
    weights = rubric.weights.select_related("component")
    shown = [(f"Bobot {row.component.name}", _text(row.weight)) for row in weights]
    return [*said(rubric, RUBRIC), *shown]


def is_fixed(rubric) -> bool:
    """Whether scores were given by this rubric. One query."""
    return ComponentScore.objects.filter(evaluation__rubric=rubric).exists()


def require_editable(rubric, actor):
    """Raises PermissionDenied; or WrongState when a newer edition has replaced the rubric."""
    require(rubric_policy.check(actor, "edit", rubric))
    if newer := Rubric.objects.filter(replaces=rubric).first():
        raise WrongState(f"Rubrik ini sudah digantikan oleh {newer}. Ubah rubrik itu.")


def lock(rubric, actor) -> Rubric:
    """A fresh copy, held until the transaction ends; scores by it cannot be given meanwhile."""
    held = still_there(Rubric.objects.select_for_update(of=("self",)), rubric)
    require_editable(held, actor)
    return held


def opened(current, actor, at, changed: set[str]) -> tuple[Rubric, str]:
    """The rubric that takes a change of the fields `changed`, and the action for its history.

    A rubric that a scored evaluation uses is fixed. It is replaced by a new edition with the same
    content and becomes inactive; evaluations that use it keep it.
    """
    if changed <= FREE or not is_fixed(current):
        return copy(current), "edit"
    fields = {name: getattr(current, name) for name in ("name", "is_active", *COPIED)}
    edition = Rubric(unit=current.unit, replaces=current, edition=current.edition + 1, **fields)
    edition.full_clean()
    edition.save()
    _fill(edition, current)
    before = copy(current)
    if changes := write(before, is_active=False):
        record(actor=actor, at=at, action="edit", target=before, changes=changes)
    return edition, "new_edition"


def _fill(made, rubric):
    """Copies weights and bands."""
    for model, rows in (
        (RubricWeight, rubric.weights.all()),
        (FollowUpBand, rubric.follow_up_bands.all()),
    ):
        copies = [copy(row) for row in rows]
        for row in copies:
            row.pk, row.rubric = None, made
        model.objects.bulk_create(copies)


def _require_active(unit):
    if unit and not unit.is_active:
        raise ValidationError({"unit": f"{unit} sudah tidak aktif. Pilih unit yang masih aktif."})


def _check_sum(weights):
    if (total := sum((weight for _, weight in weights), Decimal(0))) != HUNDRED:
        raise ValidationError(
            f"Jumlah bobot {_text(total)}, padahal harus 100. "
            f"{'Kurangi' if total > HUNDRED else 'Tambahkan'} {_text(abs(HUNDRED - total))}."
        )


def _resolved(weights):
    pairs = [(_component(given), weight) for given, weight in weights]
    if len({component for component, _ in pairs}) < len(pairs):
        raise ValidationError("Satu komponen hanya boleh ditulis sekali.")
    return pairs


def _component(given) -> Component:
    if isinstance(given, Component):
        return given
    if known := Component.objects.filter(name__iexact=given).first():
        return known
    last = Component.objects.order_by("-position").first()
    component = Component(
        code=slugify(given)[:40], name=given, position=last.position + 1 if last else 1
    )
    try:
        component.full_clean()
    except ValidationError:  # somebody else has made it since we looked
        if known := Component.objects.filter(name__iexact=given).first():
            return known
        raise
    component.save()
    return component


def _weights(rubric):
    return [(row.component, row.weight) for row in rubric.weights.select_related("component")]


def _write_weights(rubric, weights):
    old = {row.component: row for row in rubric.weights.select_related("component")}
    changes = _order_change(list(old), [component for component, _ in weights])
    for position, (component, weight) in enumerate(weights, 1):
        row = old.pop(component, None) or RubricWeight(rubric=rubric, component=component)
        found = write(row, weight=weight, position=position)
        changes += about(row, [change for change in found if change[0] == "weight"], component.name)
    for component, row in old.items():
        row.delete()
        changes += about(row, [("weight", code_of(row.weight), "")], component.name)
    return changes


def _order_change(before, after):
    """Returns a history row when the remaining components have a new order."""
    before = [component.name for component in before if component in after]
    after = [component.name for component in after if component.name in before]
    return [("Urutan komponen", ", ".join(before), ", ".join(after))] if before != after else []


def _text(value):
    return input_text(value, 2)
