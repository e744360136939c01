"""Decides by which ranges of which indexes the list of renaksi is read, for a reader, filters and an order.

Whatever is chosen here changes the speed alone: `renaksi_list.narrowed` on `visible_to` says which rows the
list has, and a test holds both against each other. The indexes are in `Renaksi.Meta`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import product

from django.conf import settings
from django.db.models import QuerySet

from recommendations.models import (
    Evaluation,
    ExtensionRequest,
    Renaksi,
    ReviewDecision,
    SupportingUnit,
)
from recommendations.models.renaksi import DOCUMENT
from recommendations.permissions import renaksi_policy
from recommendations.querysets import AGES, RenaksiQuerySet
from recommendations.selectors import renaksi_sql, search
from recommendations.selectors.renaksi_choices import RenaksiChoices
from recommendations.selectors.renaksi_list import narrowed, statuses_of
from recommendations.selectors.renaksi_reach import UnitReach
from recommendations.selectors.renaksi_walk import MOST_RANGES, Order, Range, RankedRanges, Walk
from recommendations.transitions import STATUSES, WORKABLE
from sakip.policy import Reach
from sakip.querysets import downwards
from sakip.selectors.unit_tree import UnitTree

# So few rows are read and sorted whole, of so few bodies or units the ranges are read beside each other.
MOST_SORTED, MOST_BESIDE = 5_000, 12
# Of so many rows a condition without an index is tried when they are counted, or their words are read. Few rows
# with a word are never counted so: its own index finds them.
MOST_TRIED, MOST_READ = 4_000, 200
# Filters that no index answers along with an order.
UNINDEXED = (
    "component",
    "without_component",
    "unit",
    "person",
    "without_evidence",
    "was_returned",
    "asks_for_time",
    "text",
)
OF_LHE = ("evaluation", "year", "of_current", "body")


def walk(offered: RenaksiChoices, chosen: dict, by: str, today: date, *, is_frequent=False) -> Walk:
    """The rows of the list in the order `by`; `chosen` are the arguments of `narrowed` without `today`.

    `is_frequent`: it is known that the index of the words would list too many.
    """
    found = None if is_frequent else search.keys(chosen["text"], settings.MOST_COUNTED)
    if found is not None:
        chosen = chosen | {"text": ""}
    paths = _Paths(offered, chosen, order_of(by, offered.tree), today, found)
    if paths.few is not None:
        return Walk(paths.order, Renaksi.objects.none(), [], others=paths.visible(paths.few))
    if paths.is_by_lead:
        return paths.by_lead()
    if paths.scope is not None or paths.reads_all:
        return paths.by_body()
    return paths.by_status()


def order_of(by: str, tree: UnitTree) -> Order:
    """One of the orders of `renaksi_list.ordered`."""
    if by == "number":
        return Order(None, {}, DOCUMENT)
    if by == "status":
        return Order("status", {status: rank for rank, status in enumerate(STATUSES)}, DOCUMENT)
    if by == "unit":
        return Order("lead_unit", tree.ranks, DOCUMENT)
    return Order("is_closed", {False: 0, True: 1}, ("due_order", *DOCUMENT))


@dataclass
class _Paths:
    offered: RenaksiChoices
    chosen: dict
    order: Order
    today: date
    found: list[int] | None  # the keys of all rows with the words asked for, where these are few

    def __post_init__(self):
        self.user, self.tree = self.offered.user, self.offered.tree

    def narrow(self, rows: QuerySet, **changes) -> QuerySet:
        """With few rows the index of the words finds them; of many each is read and compared."""
        text = self.chosen["text"]
        if text and self.few is None:
            rows, changes = search.containing(rows, text), changes | {"text": ""}
        if self.chosen["of_current"]:  # found once, not in each range anew
            rows, changes = (
                rows.filter(evaluation__in=self.current),
                changes | {"of_current": False},
            )
        return narrowed(rows, today=self.today, **(self.chosen | changes))

    def visible(self, rows: RenaksiQuerySet) -> QuerySet:
        """Of a few rows."""
        if self.reads_all:
            return self.narrow(rows)
        if self.offered.reached is not None:
            return self.narrow(rows.filter(self.offered.reached.rows("pk")))
        return self.narrow(renaksi_policy.filter(rows, self.user, "view", is_few=True))

    def ranged(self, rows: QuerySet, **changes) -> QuerySet:
        """The same for rows that lie in ranges, whose statuses and bounds imply the filter of the due date."""
        due = self.chosen["due"]
        return self.narrow(rows, **changes, due=due if due == "none" else "")

    # Who reads.

    @cached_property
    def reaches(self):
        return renaksi_policy.reaches(self.user, "view")

    @cached_property
    def reads_all(self) -> bool:
        return renaksi_policy.allows_all(self.user, "view")

    @cached_property
    def scope(self) -> frozenset[int] | None:
        """The units whose bodies hold nearly all rows, the others lying `elsewhere`; None for no such units."""
        if self.units and len(self.units) > 1 and self._may_read(self.units):
            return self.units
        return self.user.reach if self.reaches == {Reach.BENEATH} and not self.reads_all else None

    @cached_property
    def reached(self) -> UnitReach | None:
        """What the scope holds; None without one."""
        if self.scope is None:
            return None
        own = self.offered.reached  # which other questions of the page share
        is_own = own is not None and own.units == self.scope
        return own if is_own else UnitReach(self.scope, self.bodies)

    @cached_property
    def bodies(self) -> frozenset[int]:
        """The units within the scope that have an LHE."""
        return self.offered.bodies & (self.scope or frozenset())

    def _may_read(self, units):
        return self.reads_all or (self.reaches == {Reach.BENEATH} and units <= self.user.reach)

    # What is asked.

    @cached_property
    def units(self) -> frozenset[int]:
        """The units of the filter."""
        unit = self.chosen["unit"]
        if not unit:
            return frozenset()
        return (
            frozenset([unit.pk])
            if self.chosen["unit_only"]
            else downwards([unit.pk], self.tree.parents)
        )

    @cached_property
    def is_by_lead(self) -> bool:
        """Whether the rows of a few lead units are all, but for those that the units support."""
        if self.leads is None or self.chosen["part"] == "support":
            return False
        return len(self._helped) <= MOST_SORTED

    @cached_property
    def _helped(self) -> set[int]:
        """What the lead units support and do not lead; not all when there is much."""
        return renaksi_sql.helped_by(self.leads, MOST_SORTED + 1)

    @cached_property
    def leads(self) -> frozenset[int] | None:
        if self.reaches == {Reach.OWN_UNIT}:
            return frozenset() if self.user.unit_id is None else frozenset([self.user.unit_id])
        if not self.units or len(self.units) > MOST_BESIDE or not self._may_read(self.units):
            return None
        has_bodies = bool(self.offered.bodies & self.units)
        return None if has_bodies and len(self.units) > 1 else self.units

    @cached_property
    def few(self) -> RenaksiQuerySet | None:
        """A queryset that holds all rows asked for and is small enough to be sorted; None without one."""
        if self.found is not None:
            return Renaksi.objects.filter(pk__in=self.found)
        for rows in self._small():
            if not _more_than(rows, MOST_SORTED):
                return Renaksi.objects.filter(pk__in=rows)
        return None

    def _small(self):
        chosen = self.chosen
        if chosen["person"]:
            yield Renaksi.objects.filter(person=chosen["person"]).values("pk")
        if chosen["unit"] and chosen["part"] == "support":
            yield SupportingUnit.objects.filter(unit__in=self.units).values("renaksi")
        if chosen["asks_for_time"]:
            pending = ExtensionRequest.Decision.PENDING
            yield ExtensionRequest.objects.order_by().filter(decision=pending).values("renaksi")
        if chosen["was_returned"]:
            returned = ReviewDecision.objects.order_by().filter(outcome="returned")
            yield returned.values("renaksi")
        if chosen["component"]:
            yield Renaksi.objects.order_by().filter(component=chosen["component"]).values("pk")
        if chosen["without_component"]:
            yield Renaksi.objects.order_by().filter(component=None).values("pk")

    @cached_property
    def statuses(self) -> list[str]:
        asked = statuses_of(self.chosen["status"])
        is_workable = self.chosen["due"] not in ("", "none")
        return [one for one in STATUSES if one in asked and (one in WORKABLE or not is_workable)]

    @cached_property
    def between(self):
        """The bounds of `due_order` that the filter of the due date implies."""
        due, today = self.chosen["due"], self.today
        ages = {age.name: age for age in AGES}
        if due == "overdue":
            return "due_order", None, today - timedelta(days=1)
        if due in ages:
            age = ages[due]
            first = age.last and today - timedelta(days=age.last)
            return "due_order", first, today - timedelta(days=age.first)
        if due == "soon":
            return "due_order", today, today + timedelta(days=settings.LIST_AHEAD_DAYS)
        return ("due_order", date.max, None) if due == "none" else None

    @cached_property
    def evaluations(self) -> list[tuple[int, int, int]] | None:
        """Key, rank of the year and body of the LHE that can hold rows; None for all."""
        if self.scope is None and not any(self.chosen[name] for name in OF_LHE):
            return None
        evaluation, year, of_current, body = (self.chosen[name] for name in OF_LHE)
        return [
            (pk, -its_year, unit)
            for pk, its_year, unit in self.offered.evaluations
            if (self.scope is None or unit in self.scope)
            and (not evaluation or pk == evaluation.pk)
            and (not year or its_year == year)
            and (not of_current or pk in self.current)
            and (not body or unit == body.pk)
        ]

    @cached_property
    def current(self) -> frozenset[int]:
        """The LHE at work; of an operator those that the rows have. Others have rows of foreign bodies too."""
        rows = Evaluation.objects.in_use().at_work().order_by()
        if self.offered.own is not None:
            rows = rows.filter(pk__in=[pk for pk, *_ in self.offered.evaluations])
        return frozenset(rows.values_list("pk", flat=True))

    # How it is read.

    def by_lead(self) -> Walk:
        """Ranges of the lead units, and what these support beside: the reader may see both (`leads`)."""
        rows = (
            self.ranged(Renaksi.objects.all(), unit=None)
            if self.units == self.leads
            else self.ranged(Renaksi.objects.all())
        )
        ranges = self._ranges("lead_unit", self.leads or ())
        return self._walk(rows, ranges, others=self._kept(self._helped))

    def by_body(self) -> Walk:
        """Ranges of the bodies within the scope, and what lies elsewhere."""
        if self.order.group == "lead_unit":
            return self.by_unit()
        others = None
        if self.reached is not None:
            if not self.reached.names_all:
                return self.by_status()
            others = self._kept(self.reached.elsewhere)
        bodies = None if self.evaluations is None else {body for *_, body in self.evaluations}
        if bodies is None or (len(bodies) > MOST_BESIDE and self.order.group == "is_closed"):
            rows = Renaksi.objects.all()
            if self.scope is not None:
                rows = rows.filter(body__in=self.bodies)
            ranges = self._ranges()
        elif self.order.group == "is_closed":
            rows, ranges = Renaksi.objects.all(), self._ranges("body", bodies)
        else:
            rows, ranges = Renaksi.objects.all(), self._ranges_of_lhe()
        return self._walk(self.ranged(rows), ranges, others=others, counted=self._counted(bodies))

    def _kept(self, keys):
        return self.narrow(Renaksi.objects.filter(pk__in=keys)) if keys else None

    def by_unit(self) -> Walk:
        """Ranges of every lead unit, in the order of the units."""
        if self.scope is None:
            rows, ranges = self.ranged(Renaksi.objects.all()), self._ranked(self.tree.ranks)
            return self._walk(rows, ranges, counted=self._ranges(whole=True))
        others = renaksi_sql.of_other_leads(self.scope, self.bodies, MOST_SORTED + 1)
        if len(others) > MOST_SORTED:
            return self.by_status()
        is_implied = self.units == self.scope and self.chosen["part"] != "support"
        rows = self.ranged(Renaksi.objects.all(), **({"unit": None} if is_implied else {}))
        leading = renaksi_sql.leading(self.scope)
        return self._walk(
            rows,
            self._ranked(leading),
            counted=self._ranges("lead_unit", leading, whole=True),
            others=self._kept(others),
        )

    def by_status(self) -> Walk:
        """All rows of the order's own index, each tried against every condition."""
        by_unit = self.order.group == "lead_unit"
        ranges = self._ranked(self.tree.ranks) if by_unit else self._ranges()
        rows = self.ranged(Renaksi.objects.visible_to(self.user))
        return self._walk(rows, ranges, counted=self._ranges(whole=True), is_tried=True)

    def _walk(self, rows, ranges, *, others=None, counted=None, is_tried=False):
        if self.chosen["text"]:
            tried = MOST_READ
        else:
            is_tried = is_tried or any(self.chosen[name] for name in self._tried())
            tried = MOST_TRIED if is_tried else 0
        return Walk(self.order, rows, ranges, counted, others, between=self.between, tried=tried)

    def _tried(self):
        names = [name for name in UNINDEXED if not (name == "unit" and self.units == self.leads)]
        return names if self.evaluations is None or self._ranges_of_lhe_fit else [*names, *OF_LHE]

    @property
    def _ranges_of_lhe_fit(self):
        return len(self.evaluations or ()) * len(self.statuses) <= MOST_RANGES

    def _counted(self, bodies):
        """Ranges for the count: of the LHE when these are asked for, else of the bodies."""
        if self.evaluations is None:
            return self._ranges(whole=True)
        if len(bodies) <= MOST_BESIDE and not any(self.chosen[name] for name in OF_LHE):
            return self._ranges("body", bodies, whole=True)
        if self._ranges_of_lhe_fit:
            return self._ranges_of_lhe()
        return self._ranges("body", bodies) if len(bodies) <= MOST_BESIDE else None

    def _ranges(self, column="", values: Iterable[int] = (), *, whole=False) -> list[Range]:
        """`whole`: for a count, where all statuses are as good as none."""
        if whole and self.between is None and len(self.statuses) == len(STATUSES):
            return [Range({column: value}) for value in values] if column else [Range({})]
        if not column:
            return [Range({"status": one}, self._group(one)) for one in self.statuses]
        return [
            Range({column: value, "status": one}, self._group(one, value))
            for value, one in product(values, self.statuses)
        ]

    def _ranked(self, units: Iterable[int]) -> RankedRanges:
        return RankedRanges(sorted(units, key=self.tree.ranks.__getitem__), self.statuses)

    def _ranges_of_lhe(self):
        return [
            Range({"status": one, "latest_first": rank, "evaluation": pk}, self._group(one))
            for (pk, rank, _), one in product(self.evaluations or (), self.statuses)
        ]

    def _group(self, status, value=None):
        if self.order.group == "is_closed":
            return status not in statuses_of("unfinished")
        return {"status": status, "lead_unit": value}.get(self.order.group or "")


def _more_than(rows: QuerySet, most: int) -> bool:
    return rows[: most + 1].count() > most
