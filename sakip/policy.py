"""Rights as a table of grants, used to check one record and to filter many.

Each app lists its grants once in its own `permissions.py`. `Policy.check` applies them to one record
without a query (related rows must be loaded) and gives the reason of a refusal. `Policy.filter` turns
the same grants into a queryset condition. `tests/test_permission_agreement.py` checks that both agree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.db.models import Q

from sakip.roles import Role

FEW_UNITS = 60  # a body with its parts; the records of more are not listed by key


class EveryUnit(frozenset):
    """The keys of all units there are. Who reaches them reaches every record that belongs to a unit, and no
    query need name hundreds of them."""


def reaches_all(user) -> bool:
    """Whether the user reaches the records of all units."""
    return user.reach is None or isinstance(user.reach, EveryUnit)


class Reach(Enum):
    """Which records a grant covers. It depends on the units of the record."""

    ANY = "any"
    OWN_LEAD = "own_lead"  # the user's unit is responsible for the record
    OWN_UNIT = "own_unit"  # the user's unit is responsible for it or supports it
    OWN_BODY = "own_body"  # the record belongs to the user's unit or to a unit above it
    BENEATH = "beneath"  # the record belongs to a unit within `user.reach`
    SHARED = "shared"  # the record belongs to no unit: the province shares it
    PROVINCE = "province"  # the same, and `user.governs_province`: it is theirs to change


@dataclass(frozen=True)
class Grant:
    """Allows `actions` to `roles` on records within `reach`. `statuses` None means any status."""

    actions: frozenset[str]
    roles: frozenset[str]
    reach: Reach
    statuses: frozenset[str] | None = None


@dataclass(frozen=True)
class Decision:
    """The answer of a check, with the reason of a refusal. `wrong_state` means 409 instead of 403."""

    allowed: bool
    reason: str = ""
    wrong_state: bool = False

    def __bool__(self):
        return self.allowed


@dataclass(frozen=True)
class Units:
    """The lookup paths (as in Django) from a model to its units; "" when it has no such unit.

    `lead` is the unit responsible for the record, `supporting` a many-to-many field of units that
    help, `body` the evaluated body to which the record belongs. `kept_body` is a column in which the
    database repeats the body; conditions use it instead of the path, which is for records in memory.
    """

    lead: str = ""
    supporting: str = ""
    body: str = ""
    kept_body: str = ""

    @property
    def body_column(self) -> str:
        return self.kept_body or self.body

    def of(self, record) -> dict[str, set[int]]:
        """The unit ids of a record by kind. No query when related rows are loaded."""
        supporting = _walk(record, self.supporting) if self.supporting else None
        return {
            "lead": {self.lead_of(record)} if self.lead else set(),
            "supporting": {unit.pk for unit in supporting.all()} if supporting else set(),
            "body": {_walk(record, f"{self.body}_id")} if self.body else set(),
        }

    def lead_of(self, record) -> int | None:
        return _walk(record, f"{self.lead}_id") if self.lead else None


def _walk(record, path):
    for name in path.split("__"):
        record = getattr(record, name)
    return record


def grant(actions: str, roles: Iterable[str], reach: Reach, statuses=None) -> Grant:
    """A row of the table. `actions` are separated by spaces."""
    statuses = frozenset(statuses) if statuses is not None else None
    return Grant(frozenset(actions.split()), frozenset(roles), reach, statuses)


class Policy:
    """The grants of one model and how to read a record's units and status."""

    def __init__(
        self,
        *grants: Grant,
        units: Units,
        status: str = "status",
        denied=None,
        abroad=None,
        too_late=None,
    ):
        """`denied`, `abroad` and `too_late` are sentences by action: for a wrong role, a record of
        another unit, and a wrong state."""
        self.grants = grants
        self.units = units
        self.status = status
        self.denied = denied or {}
        self.abroad = abroad or {}
        self.too_late = too_late or {}
        self.actions = frozenset().union(*(row.actions for row in grants))

    def check(self, user, action: str, record=None) -> Decision:
        """Whether `user` may do `action` on `record`; without a record, whether the role could on any.

        Raises LookupError for an unknown action.
        """
        rows = self._rows(user, action)
        if not rows:
            return Decision(False, self._reason(action))
        if record is None:
            return Decision(True)
        within = [row for row in rows if self._within(user, row.reach, record)]
        if not within:
            return Decision(False, self.abroad.get(action, "Data ini milik unit lain."))
        status = getattr(record, self.status, None)
        if any(row.statuses is None or status in row.statuses for row in within):
            return Decision(True)
        label = getattr(record, f"get_{self.status}_display")()
        reason = f"Tindakan ini tidak dapat dilakukan saat status “{label}”."
        return Decision(False, self.too_late.get(action, reason), True)

    def filter(self, queryset, user, action: str, *, is_few=False):
        """The rows of `queryset` that `check` would allow. `is_few`: it names a few rows by key."""
        return queryset.filter(self.condition(queryset.model, user, action, is_few=is_few))

    def condition(
        self, model, user, action: str, *, units: Units | None = None, key="pk", is_few=False
    ) -> Q:
        """The same as a condition. For a table that repeats the units of the records of `model`, `units`
        are its own paths to `lead` and `body`, and `key` is its column with the key of the record.
        With `is_few` each row is tried, instead of listing all that the user reaches.
        """
        condition = Q(pk__in=())
        for row in self._rows(user, action):
            within = self._condition(model, user, row.reach, units or self.units, key, is_few)
            if row.statuses is not None:
                within &= Q(**{f"{self.status}__in": row.statuses})
            condition |= within
        return condition

    def allows_all(self, user, action: str) -> bool:
        """Whether `check` would allow every record that belongs to a body, so that nobody need ask for
        the records."""
        return any(
            row.statuses is None
            and (row.reach is Reach.ANY or (row.reach is Reach.BENEATH and reaches_all(user)))
            for row in self._rows(user, action)
        )

    def reaches(self, user, action: str) -> set[Reach]:
        """Within which reaches the user may do it, whatever the status of the record."""
        return {row.reach for row in self._rows(user, action) if row.statuses is None}

    def _rows(self, user, action):
        if action not in self.actions:
            raise LookupError(f"No grant speaks of “{action}”.")
        role = getattr(user, "role", "") if getattr(user, "is_active", False) else ""
        return [row for row in self.grants if action in row.actions and role in row.roles]

    def _reason(self, action):
        return self.denied.get(action, "Peran Anda tidak berhak melakukan tindakan ini.")

    def _within(self, user, reach, record):
        if reach is Reach.ANY or (reach is Reach.BENEATH and user.reach is None):
            return True
        units = self.units.of(record)
        if reach in (Reach.SHARED, Reach.PROVINCE):
            return units["body"] == {None} and (reach is Reach.SHARED or user.governs_province)
        if reach is Reach.OWN_LEAD:
            return user.unit_id in units["lead"]
        if reach is Reach.OWN_UNIT:
            return user.unit_id in units["lead"] | units["supporting"]
        if reach is Reach.OWN_BODY:
            return bool(units["body"] & user.lineage)
        return bool(set().union(*units.values()) & user.reach)

    def _condition(self, model, user, reach, units, key, is_few):
        if reach is Reach.ANY or (reach is Reach.BENEATH and user.reach is None):
            return ~Q(pk__in=())
        if reach in (Reach.SHARED, Reach.PROVINCE):
            is_open = reach is Reach.SHARED or user.governs_province
            return Q(**{units.body_column: None}) if is_open else Q(pk__in=())
        if reach is Reach.OWN_BODY:
            return _in(units.body_column, user.lineage)
        if reach is Reach.BENEATH and isinstance(user.reach, EveryUnit):
            return _has(model, units.lead) | _has(model, units.body_column)
        own = {user.unit_id} if reach in (Reach.OWN_LEAD, Reach.OWN_UNIT) else user.reach
        is_listed = units is self.units and len(own) <= FEW_UNITS and not is_few
        if self.units.supporting and is_listed:
            if reach is Reach.OWN_UNIT:
                return self._by_key(model, own, units.lead, units.supporting)
            if reach is Reach.BENEATH:
                return self._by_key(model, own, units.lead, units.supporting, units.body_column)
        condition = _in(units.lead, own)
        if reach is not Reach.OWN_LEAD:
            condition |= self._supporting(model, own, key)
        return condition | _in(units.body_column, own) if reach is Reach.BENEATH else condition

    def _by_key(self, model, own, *paths):
        """One list of keys: with OR, no database would find the few records of these units by an index."""
        first, *others = (
            model._base_manager.filter(_in(path, own)).order_by().values("pk") for path in paths
        )
        return Q(pk__in=first.union(*others))

    def _supporting(self, model, units, key):
        """A subquery, because a join would repeat rows."""
        if not self.units.supporting:
            return Q(pk__in=())
        rows = model._base_manager.filter(**{f"{self.units.supporting}__in": units})
        return Q(**{f"{key}__in": rows.values("pk")})


def _has(model, path):
    """Whether a record has a unit there. Where it always has, the condition asks nothing."""
    if not path:
        return Q(pk__in=())
    for name in path.split("__"):
        field = model._meta.get_field(name)
        if field.null:
            return Q(**{f"{path}__isnull": False})
        model = field.related_model
    return ~Q(pk__in=())


def _in(path, units):
    return Q(**{f"{path}__in": units}) if path else Q(pk__in=())


class SystemActor:
    """The actor of a command with `--as-system`. It may read everything but sign nothing."""

    is_active = is_authenticated = True
    is_superuser = False
    pk = unit_id = unit = None
    role = Role.COORDINATOR
    reach = None
    has_one_body = False
    lineage: frozenset[int] = frozenset()
    governs_province = governs_inspectorate = True

    def __str__(self):
        return "Sistem"


SYSTEM = SystemActor()
