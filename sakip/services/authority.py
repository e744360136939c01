"""What a coordinator may not decide alone, because it would give the own body more power.

Evaluators are appointed by the province or the Inspektorat, and bodies are made by the province
(docs/design.md §2.4). A superuser counts as the province.
"""

from django.core.exceptions import PermissionDenied, ValidationError

from sakip.models import Unit, User
from sakip.models.users import touched
from sakip.policy import SYSTEM
from sakip.querysets import upwards
from sakip.roles import Role

OUTSIDE = "Evaluator ditempatkan pada unit Inspektorat. Pilih unit Inspektorat, atau peran lain."
APPOINTED = "Evaluator ditunjuk oleh koordinator provinsi atau Inspektorat. Pilih peran lain."
ITSELF = "Evaluator untuk Inspektorat sendiri ditunjuk oleh koordinator provinsi. Pilih yang lain."
OWN_BODY = (
    "Orang ini memegang penugasan lain di perangkat daerah yang dievaluasi, jadi orang lain yang harus "
    "mengevaluasinya."
)
BODIES_OF_THE_PROVINCE = (
    "Provinsi dan perangkat daerah hanya diatur oleh koordinator provinsi. Pilih jenis lain."
)
TOP_KEPT = "Jenis unit Anda sendiri hanya diubah oleh koordinator provinsi."
TOP_STAYS = "Letak unit ini hanya diubah oleh koordinator provinsi."
BODY_STAYS = "Perangkat daerah hanya digabung atau dipecah oleh koordinator provinsi."
FACTORS_BEYOND = "Verifikasi dua langkah akun ini diatur ulang oleh koordinator lain."
OWN_FACTORS = "Verifikasi dua langkah Anda sendiri diatur ulang oleh koordinator lain."
EVALUATORS_LEFT = (
    "Unit ini masih mempunyai evaluator aktif. Pindahkan dahulu ke unit Inspektorat lain."
)

Structure = tuple[str, int | None]  # the kind of a unit and the key of its parent


def is_appointer(actor) -> bool:
    return actor.governs_province or actor.governs_inspectorate


def assignable_bodies(actor):
    """The active bodies that `actor` may assign to evaluators: the province every one, the Inspektorat
    every one except itself, others none."""
    bodies = Unit.objects.active().bodies().with_tree_fields()
    if actor.governs_province:
        return bodies
    itself = Unit.objects.inspectorate()
    return bodies.exclude(pk__in=itself) if actor.governs_inspectorate else bodies.none()


def require_factor_reset(*, actor, person):
    """Raises PermissionDenied unless `actor` may take the second factors off this account.

    Whoever does could sign in with a stolen password, so it is for those who may give the account a new
    password: no body reaches an evaluator by it, and nobody except a command the own account.
    """
    if actor.pk == person.pk:
        raise PermissionDenied(OWN_FACTORS)
    if actor is not SYSTEM and not User.objects.invitable_by(actor).filter(pk=person.pk).exists():
        raise PermissionDenied(FACTORS_BEYOND)


def check_evaluator(*, user, assigned_bodies, is_inside=None):
    """Raises ValidationError when this account cannot be an evaluator, or has bodies although it is none.

    `is_inside` says that the unit is one of the Inspektorat that is not stored yet.
    """
    if assigned_bodies and user.role != Role.EVALUATOR:
        raise ValidationError({"assigned_bodies": "Hanya untuk evaluator. Kosongkan."})
    if assigned_bodies and user.evaluates_all:
        message = "Pilih salah satu: semua perangkat daerah, atau yang disebut satu per satu."
        raise ValidationError({"assigned_bodies": message})
    if user.role != Role.EVALUATOR or not user.is_active or is_inside:
        return
    if user.unit_id not in Unit.objects.inspectorate():
        raise ValidationError({"unit": OUTSIDE})


def check_appointment(*, actor, user, assigned_bodies):
    """Raises ValidationError when `actor` may not make this account an evaluator of these bodies."""
    if user.role != Role.EVALUATOR or actor.governs_province:
        return
    if not actor.governs_inspectorate:
        raise ValidationError({"role": APPOINTED})
    if {unit.pk for unit in assigned_bodies} & Unit.objects.inspectorate():
        raise ValidationError({"assigned_bodies": ITSELF})


def check_separation(duties):
    """Raises ValidationError when somebody would evaluate a body in which they hold another post.

    `duties` are (role, unit, bodies evaluated by name) of all posts of a person, as keys. A person
    with `evaluates_all` is refused when they judge (`User.partial_to`).
    """
    parents = Unit.objects.parents() if len(duties) > 1 else {}
    own = (
        {pk for role, unit_id, _ in duties for pk in touched(role, unit_id, parents)}
        if parents
        else set()
    )
    if any(bodies & own for *_, bodies in duties):
        raise ValidationError({"assigned_bodies": OWN_BODY})


def check_structure(*, actor, unit_id, before: Structure | None, after: Structure, is_inside=True):
    """Raises ValidationError when `actor` may not give a unit this kind and parent.

    `before` is None for a new unit. A coordinator orders the parts of the own body; the province also
    makes bodies, and changes the kind and place of the unit from which a reach begins. `is_inside` is
    False when the caller knows that the unit is not one of the Inspektorat, which saves a query.
    """
    if before == after:
        return
    if not actor.governs_province:
        _check_parts(actor, unit_id, before, after)
    if before and is_inside:
        _check_evaluators_left(unit_id, before, after)


def check_ending(*, actor, unit):
    """Raises ValidationError when `actor` may not let this unit end: a body ends by the province only."""
    if unit.kind in Unit.ABOVE_PARTS and not actor.governs_province:
        raise ValidationError(BODY_STAYS)


def _check_parts(actor, unit_id, before, after):
    was, now = before[0] if before else "", after[0]
    is_top = before is not None and (
        unit_id == actor.unit_id or actor.reach is None or before[1] not in actor.reach
    )
    if was != now and is_top:
        raise ValidationError({"kind": TOP_KEPT})
    if was != now and {was, now} & Unit.ABOVE_PARTS:
        raise ValidationError({"kind": BODIES_OF_THE_PROVINCE})
    if before and before[1] != after[1] and (is_top or was in Unit.ABOVE_PARTS):
        raise ValidationError({"parent": TOP_STAYS})


def _check_evaluators_left(unit_id, before, after):
    parents, inspectorate = Unit.objects.with_inspectorate()
    if unit_id not in inspectorate or after[0] == Unit.Kind.INSPECTORATE:
        return
    kinds = dict(Unit.objects.values_list("pk", "kind"))
    if any(kinds[pk] == Unit.Kind.INSPECTORATE for pk in upwards(after[1], parents)):
        return
    evaluators = User.objects.holding([Role.EVALUATOR], Unit.objects.beneath([unit_id]))
    if evaluators.filter(is_active=True).exists():
        raise ValidationError({"kind" if before[0] != after[0] else "parent": EVALUATORS_LEFT})
