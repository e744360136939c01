"""Reads the kept findings, within the reader's reach. Call `keeping.renew()` first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet

from sakip.consistency.finding import DismissedFinding, Finding
from sakip.consistency.kept import KeptFinding
from sakip.consistency.kinds import TARGETS
from sakip.consistency.rules import RULES, FindingRule
from sakip.policy import Units
from sakip.prepared import Prepared


@dataclass(frozen=True)
class SortedFindings:
    """Findings that nobody has handled yet, and dismissed ones, each with its DismissedFinding."""

    waiting: list[Finding]
    dismissed: list[tuple[Finding, DismissedFinding]]


def visible_to(user, on) -> QuerySet[KeptFinding]:
    """The findings that hold on the day `on`, about records that `user` may see. One query to prepare.

    A finding that counts over a whole evaluation is for those who may print it.
    """
    rows = KeptFinding.objects.filter(since__lte=on)
    if _sees_all(user):
        return rows
    whole = [rule.code for rule in RULES.values() if rule.is_whole]
    condition = Q(pk__in=())
    for model, target in TARGETS.items():
        own = Q(content_type=ContentType.objects.get_for_model(model))
        seen = own & _within(target, user, "view")
        if "print" in target.policy.actions:
            seen &= ~Q(code__in=whole) | _within(target, user, "print")
        condition |= seen
    return rows.filter(condition) if user.reach is None else rows.filter(_near(user), condition)


def _within(target, user, action) -> Q:
    """The findings on the records on which `user` may do `action`, without asking for the records."""
    columns = Units(lead="lead_unit" if target.policy.units.lead else "", body="body")
    return target.policy.condition(target.model, user, action, units=columns, key="object_id")


def _near(user) -> Q:
    """The findings about the units around the user: more than may be seen, but found by an index.

    Without it the database reads every finding of the province.
    """
    units, rows = user.reach | user.lineage, KeptFinding.objects.order_by().values("pk")
    found = [rows.filter(body__in=units), rows.filter(lead_unit__in=units)]
    for model, target in TARGETS.items():
        if path := target.policy.units.supporting:
            records = model._base_manager.filter(**{f"{path}__in": units}).values("pk")
            own = ContentType.objects.get_for_model(model)
            found.append(rows.filter(content_type=own, object_id__in=records))
    return Q(pk__in=found[0].union(*found[1:]))


def _sees_all(user):
    """Then the records are not asked: a hundred thousand of them take longer than the page."""
    return all(
        target.policy.allows_all(user, action)
        for target in TARGETS.values()
        for action in {"view", "print"} & target.policy.actions
    )


def counts(rows: QuerySet[KeptFinding]) -> list[tuple[FindingRule, int]]:
    """The number of findings of each rule, the most severe first. One query."""
    found = rows.order_by("rank", "code").values("rank", "code").annotate(number=Count("pk"))
    return [(RULES[row["code"]], row["number"]) for row in found if row["code"] in RULES]


def findings(
    rows: Iterable[KeptFinding], *, known: Model | None = None
) -> list[tuple[Finding, DismissedFinding | None]]:
    """The rows as findings with their dismissals. A few queries per model of their records, except `known`."""
    rows = [row for row in rows if row.code in RULES]  # a rule may have been given up since
    records = _records(rows, known)
    return [
        (_finding(row, records[row.content_type_id, row.object_id]), row.dismissal)
        for row in rows
        if (row.content_type_id, row.object_id) in records
    ]


def sorted_findings(rows: Iterable[KeptFinding], *, known: Model | None = None) -> SortedFindings:
    outcome = SortedFindings([], [])
    for finding, dismissal in findings(rows, known=known):
        if dismissal:
            outcome.dismissed.append((finding, dismissal))
        else:
            outcome.waiting.append(finding)
    return outcome


def about(user, on, record, *, also: tuple[Model, str] | None = None) -> SortedFindings:
    """The findings on one record, for its own page, and those of a rule on another record (`also`: record, code).

    One query for each record, as most have none, and nobody need ask what the reader may see.
    """
    rows = _on(record)
    if also:
        other, code = also
        rows += [row for row in _on(other) if row.code == code]
    rows = [row for row in rows if row.since <= on]
    if rows and not _sees_all(user):
        near = visible_to(user, on).filter(pk__in=[row.pk for row in rows]).order_by()
        seen = set(near.values_list("pk", flat=True))
        rows = [row for row in rows if row.pk in seen]
    return sorted_findings(sorted(rows, key=IN_ORDER), known=record)


def _on(record) -> list[KeptFinding]:
    return ON(ContentType.objects.get_for_model(record).pk, record.pk)


IN_ORDER = attrgetter(*KeptFinding._meta.ordering)
ON = Prepared(
    lambda kind, pk: (
        KeptFinding.objects.filter(content_type=kind, object_id=pk)
        .select_related("dismissal__dismissed_by")
        .order_by()
    )
)


def _records(rows, known):
    keys = defaultdict(set)
    found = {}
    if known is not None:
        found[ContentType.objects.get_for_model(known).pk, known.pk] = known
    for row in rows:
        if (row.content_type_id, row.object_id) not in found:
            keys[row.content_type_id].add(row.object_id)
    for content_type, pks in keys.items():
        target = TARGETS[ContentType.objects.get_for_id(content_type).model_class()]
        for record in target.load(pks):
            found[content_type, record.pk] = record
    return found


def _finding(row, record):
    name = TARGETS[type(record)].name(record, row.detail)
    return Finding(row.code, record, name, row.data, row.detail, row.since)
