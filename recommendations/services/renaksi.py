"""Writes the plan (coordinator) and the follow-up (unit) of a renaksi."""

from collections.abc import Collection
from copy import copy

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from recommendations.models import Recommendation, Renaksi, Step
from recommendations.models.renaksi import has_part
from recommendations.permissions import recommendation_policy, renaksi_policy
from recommendations.selectors import part_units, search
from recommendations.services import notifications
from recommendations.services.drafts import unsaved_drafts
from recommendations.transitions import OPEN
from recommendations.workflow import lock, perform_held, require_transition
from sakip.dates import format_date
from sakip.editing import StaleEdit, digest
from sakip.errors import WrongState, require, still_there
from sakip.history.words import code_of, codes_of
from sakip.history.write import record
from sakip.numbers import MISSING
from sakip.prepared import Prepared
from sakip.richtext import plain_text
from sakip.writing import label, said, set_part, write_part

STEPS = Prepared(lambda key: Step.objects.filter(renaksi=key), plans_once=True)
PLANNED = ("plan", "point", "lead_unit", "person", "due_date")


class UnsavedDrafts(WrongState):
    """Deleting would also delete drafts of people of whom the coordinator was not warned."""

    def __init__(self, people):
        names = " dan ".join(str(person) for person in people)
        super().__init__(
            f"{names} mulai menulis pada rencana aksi ini dan belum menyimpan. Periksa sebelum menghapus."
        )


def write_within(
    *,
    renaksi,
    actor,
    at,
    version,
    follow_up,
    steps=(),
    not_actionable_reason="",
    seen="",
    batch=None,
) -> Renaksi:
    """Writes text, steps (pairs of text and date done or None) and the claim; one history row.

    It is `write_follow_up` in the transaction of the caller, which must end when this raises. Empty steps are
    left out. Raises StaleEdit when the text no longer has the digest `seen` or, without `seen`, when `version` is
    not the current one. Does nothing when nothing changes, for example when the same form is sent twice.
    """
    current = lock(renaksi)
    require_transition("edit", actor, current)
    is_stale = seen != digest_of_follow_up(current) if seen else version != current.version
    renaksi = copy(current)
    changes = set_part(
        renaksi, follow_up=follow_up, not_actionable_reason=not_actionable_reason.strip()
    )
    unsaved = [name for name, *_ in changes]
    changes += _write_steps(renaksi, steps)
    if not changes:
        return renaksi
    if is_stale:
        raise StaleEdit("tindak lanjut", current)
    return perform_held(
        action="edit",
        renaksi=renaksi,
        actor=actor,
        at=at,
        changes=changes,
        unsaved=unsaved,
        batch=batch,
    )


write_follow_up = transaction.atomic(write_within)


def digest_of_follow_up(renaksi) -> str:
    """Returns a digest of text, steps and claim. One query; none when the steps are loaded."""
    return digest([renaksi.follow_up, renaksi.not_actionable_reason, _listed(renaksi.steps.all())])


def _write_steps(renaksi, steps):
    written = [(text, done_on) for text, done_on in steps if plain_text(text)]
    new = [
        Step(renaksi=renaksi, position=position, text=text, done_on=done_on)
        for position, (text, done_on) in enumerate(written, 1)
    ]
    for step in new:
        step.clean_fields(exclude=["renaksi"])  # Cleans the rich text, so that it can be compared.
    old = STEPS(renaksi.pk)
    if [(step.text, step.done_on) for step in old] == [(step.text, step.done_on) for step in new]:
        return []
    renaksi.steps.all().delete()
    Step.objects.bulk_create(new)
    return [("steps", _listed(old), _listed(new))]


def _listed(steps):
    lines = [
        f"({step.position}) {plain_text(step.text)}"
        + (f", selesai {format_date(step.done_on)}" if step.done_on else "")
        for step in steps
    ]
    return "\n".join(lines)


@transaction.atomic
def create_renaksi(
    *,
    recommendation,
    actor,
    at,
    plan,
    lead_unit,
    point=None,
    supporting_units=(),
    person=None,
    due_date=None,
) -> Renaksi:
    """Appends a renaksi to the recommendation; its letter follows from the position."""
    recommendation = _hold_parent(recommendation)
    require(recommendation_policy.check(actor, "edit", recommendation))
    last = recommendation.renaksi.aggregate(last=Max("position"))["last"] or 0
    renaksi = Renaksi(recommendation=recommendation, position=last + 1)
    changes = write_plan(renaksi, plan, lead_unit, point, supporting_units, person, due_date)
    record(actor=actor, at=at, action="create", target=renaksi, changes=changes)
    search.refresh([renaksi.pk])
    notifications.assigned([(renaksi, notifications.units_of(renaksi))], actor, at)
    notifications.entrusted([renaksi] if person else [], actor, at)
    return renaksi


@transaction.atomic
def plan_renaksi(
    *,
    renaksi,
    actor,
    at,
    plan,
    lead_unit,
    point=None,
    supporting_units=(),
    person=None,
    due_date=None,
    seen="",
) -> Renaksi:
    """Changes plan, units and due date; does not change the unit's text, the status or the version.

    Removes a person in charge whose unit is no longer lead or supporting. Raises StaleEdit when the
    plan no longer has the digest `seen` and would change; WrongState when the item was sent or
    accepted and more than its person would change.
    """
    _hold_parent(renaksi.recommendation)
    current = lock(renaksi)
    require(renaksi_policy.check(actor, "entrust", current))
    is_stale, renaksi = seen not in ("", digest_of_plan(current)), copy(current)
    before, entrusted = notifications.units_of(renaksi), renaksi.person
    changes = write_plan(renaksi, plan, lead_unit, point, supporting_units, person, due_date)
    if {name for name, *_ in changes} - {"person"}:
        require(renaksi_policy.check(actor, "plan", current))  # an error rolls the transaction back
    if changes and is_stale:
        raise StaleEdit("rencana", current)  # the error rolls the transaction back
    if changes:
        record(actor=actor, at=at, action="plan", target=renaksi, changes=changes)
        search.refresh([renaksi.pk])
    notifications.assigned([(renaksi, notifications.units_of(renaksi) - before)], actor, at)
    notifications.entrusted([renaksi] if person and person != entrusted else [], actor, at)
    return renaksi


def entrust(*, renaksi, actor, at, person, seen="") -> Renaksi:
    """Changes the person in charge alone, also while the item is reviewed."""
    return plan_renaksi(
        renaksi=renaksi,
        actor=actor,
        at=at,
        plan=renaksi.plan,
        lead_unit=renaksi.lead_unit,
        point=renaksi.point,
        supporting_units=renaksi.supporting_units.all(),
        person=person,
        due_date=renaksi.due_date,
        seen=seen,
    )


def _hold_parent(recommendation) -> Recommendation:
    """Locks the recommendation, before any renaksi. Needed to change its positions and points."""
    return still_there(Recommendation.objects.select_for_update(of=("self",)), recommendation)


def plan_words(renaksi) -> list[tuple[str, str]]:
    """Returns the coordinator's plan as pairs of label and text."""
    units = renaksi.supporting_units.all() if renaksi.pk else ()
    return [
        *said(renaksi, PLANNED),
        (label(renaksi, "supporting_units"), code_of(units) or MISSING),
    ]


def digest_of_plan(renaksi) -> str:
    return digest([renaksi.plan, *(text for _, text in plan_words(renaksi))])


def write_plan(renaksi, plan, lead_unit, point, supporting_units, person, due_date):
    if point and point.recommendation_id != renaksi.recommendation_id:
        raise ValidationError({"point": "Pilih butir dari rekomendasi ini."})
    if point and not renaksi.recommendation.points.filter(pk=point.pk).exists():
        raise ValidationError({"point": "Butir ini sudah dihapus. Pilih butir lain."})
    before = set(renaksi.supporting_units.all()) if renaksi.pk else set()
    after = set(supporting_units)
    _check_units(renaksi, lead_unit, after, before)
    if person and not has_part(person, after | {lead_unit}):
        if person.pk != renaksi.person_id:
            message = (
                f"{person} bukan anggota unit penanggung jawab atau pendukung. Pilih orang lain."
            )
            raise ValidationError({"person": message})
        person = None  # Their unit has no part any more, and nobody chose them explicitly.
    fields = {"lead_unit": lead_unit, "person": person, "due_date": due_date}
    changes = write_part(renaksi, plan=plan, point=point, **fields)
    if before != after:
        renaksi.supporting_units.set(after)
        changes.append(("supporting_units", *codes_of(before, after)))
    return changes


def _check_units(renaksi, lead, supporting, kept):
    body = renaksi.recommendation.evaluation.unit
    ours = part_units.belonging(body.pk)
    problems = unit_problems(renaksi, lead, supporting, kept, lambda unit: unit.pk in ours)
    for field, message in problems:
        raise ValidationError({field: message})


def unit_problems(renaksi, lead, supporting, kept, belongs):
    """Yields pairs of field and sentence: a new unit must be active and belong to the evaluated body;
    units that the renaksi already has (`kept`) may stay."""
    if lead in supporting:
        message = f"{lead} sudah menjadi penanggung jawab, jadi tidak perlu dipilih lagi."
        yield "supporting_units", message
    body = renaksi.recommendation.evaluation.unit
    new = [unit for unit in supporting if unit not in kept]
    for field, units in {"lead_unit": [lead], "supporting_units": new}.items():
        for unit in units:
            if unit.pk is not None and unit.pk == renaksi.lead_unit_id:
                continue
            if reason := part_units.refusal(unit, body, belongs, advise=True):
                yield field, reason


@transaction.atomic
def delete_renaksi(*, renaksi, actor, at, warned_of: Collection[int] = ()):
    """Deletes a renaksi without any work; later letters move up. The recommendation's history records it.

    `warned_of` are the keys of people whose drafts may be deleted too; they get a notice. Raises
    UnsavedDrafts when other people also have drafts.
    """
    _hold_parent(renaksi.recommendation)
    renaksi = lock(renaksi)
    require_deletable(renaksi, actor)
    writers = [draft.author for draft in unsaved_drafts(renaksi)]
    if unknown := [person for person in writers if person.pk not in warned_of]:
        raise UnsavedDrafts(unknown)
    notifications.deleted(renaksi, writers, actor, at)
    record(
        actor=actor,
        at=at,
        action="delete_renaksi",
        target=renaksi.recommendation,
        changes=[(f"deleted_renaksi:{renaksi}", plain_text(renaksi.plan), "")],
    )
    later = renaksi.recommendation.renaksi.filter(position__gt=renaksi.position)
    later = list(later.order_by("position"))
    renaksi.delete()
    for row in later:  # One by one, in order: two may never have the same position.
        row.position -= 1
        row.save(update_fields=["position"])


def is_deletable(renaksi) -> bool:
    parts = (renaksi.evidence, renaksi.comments, renaksi.extensions, renaksi.decisions)
    return renaksi.status == OPEN and not any(part.exists() for part in parts)


def require_deletable(renaksi, actor):
    require(renaksi_policy.check(actor, "plan", renaksi))
    if not is_deletable(renaksi):
        raise WrongState(
            "Hanya rencana aksi berstatus “Belum” yang dapat dihapus, tanpa bukti dukung, komentar, "
            "reviu, atau permintaan perpanjangan."
        )
