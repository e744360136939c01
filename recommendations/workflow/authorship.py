"""Finds who must not verify a renaksi (docs/design.md §2.4): its authors, whom its history names, and
people with a part in the unit or the body that is judged."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from recommendations.models import Renaksi, SupportingUnit
from sakip.history.entries import HistoryEntry
from sakip.prepared import Prepared

# Edits that do not change the unit's text or steps, so an open form or draft stays valid.
BESIDE_THE_TEXT = frozenset(
    {
        "add_evidence",
        "edit_evidence",
        "revise_evidence",
        "archive_evidence",
        "restore_evidence",
        "report_quarter",
    }
)
# History actions that make a person an author of the item, who may then not verify it.
AUTHORING = BESIDE_THE_TEXT | {
    "edit",
    "submit",
    "claim_printed",
    "tick_step",
    "untick_step",
    "import_edit",
    "import_new_edit",
}
# Before `import_new_edit` existed, this action was used for every new row; the changed fields show the kind.
EARLY_IMPORT = "import_new"
WORK_FIELDS = ("follow_up", "not_actionable_reason")
MOST_OWN = 200  # keys that a query names one by one
MOST_READ = 1_000  # entries; they tell of an item again and again


def has_authored(user, renaksi) -> bool:
    """Says whether `user` ever wrote, attached or submitted something in this item. One query."""
    if renaksi.submitted_by_id == user.pk:
        return True
    kind = ContentType.objects.get_for_model(Renaksi).pk
    return bool(WRITTEN(kind, renaksi.pk, user.pk or 0))


def is_partial(user, renaksi) -> bool:
    """Says whether this evaluator has a part in what they would judge. One query, once per request.

    Needs `for_check()` on `renaksi`.
    """
    parts = {renaksi.lead_unit_id, *(unit.pk for unit in renaksi.supporting_units.all())}
    if user.unit_id in parts:
        return True
    # Also the parts: of a body that has ended, the units of its successor carry on.
    return not user.partial_to.isdisjoint(parts | {renaksi.recommendation.evaluation.unit_id})


def without_own_work(rows, user):
    """Returns the rows of a renaksi queryset for which `has_authored` and `is_partial` are False.

    Two queries; the rows are asked for when the queryset is evaluated. Most evaluators have nothing of their own, or
    a little: then its keys are the condition, which a page of the queue asks several times.
    """
    kind = ContentType.objects.get_for_model(Renaksi).pk
    units = sorted({user.unit_id, *user.partial_to} - {None})
    told, supported = OWN_WORK(user.pk or 0), SUPPORTED(units)
    own = {key for about, key in told if about == kind} | {key for (key,) in supported}
    barred = Q(body__in=user.partial_to) | Q(lead_unit__in=units) | Q(submitted_by=user.pk)
    if len(own) > MOST_OWN or max(len(told), len(supported)) > MOST_READ:
        written = _writings(HistoryEntry.objects.on(Renaksi, OuterRef("pk")), user.pk)
        rows = rows.filter(~Exists(written))
        barred |= Q(pk__in=_supported(units))
    elif own:
        barred |= Q(pk__in=own)
    return rows.exclude(barred)


def _supported(units):
    return SupportingUnit.objects.filter(unit__in=units).order_by().values("renaksi")


def _own_work(user):
    """Kind and key of what the person wrote in, once for each time, as far as they are few.

    To ask for the kind, or for different ones, would lead SQLite through every entry about a renaksi.
    """
    written = _writings(HistoryEntry.objects.order_by(), user)
    return written.values_list("content_type", "object_id")[: MOST_READ + 1]


def _writings(entries, user):
    """Those of `entries` by which the person with the key `user` became an author."""
    filled = Q()
    for name in WORK_FIELDS:
        filled |= Q(
            told__contains=f'["{name}", '
        )  # each change is a list that begins with its code
    # All actions together, so that the index of a person has them: SQLite would read every entry about a renaksi.
    told = entries.filter(actor=user, action__in=[*AUTHORING, EARLY_IMPORT])
    return told.annotate(told=Cast("changes", TextField())).filter(~Q(action=EARLY_IMPORT) | filled)


OWN_WORK = Prepared(_own_work)
SUPPORTED = Prepared(lambda units: _supported(units).values_list("renaksi")[: MOST_READ + 1])
WRITTEN = Prepared(
    lambda kind, pk, user: (
        _writings(HistoryEntry.objects.filter(content_type=kind, object_id=pk), user)
        .order_by()
        .values_list("pk")[:1]
    ),
    plans_once=True,
)
