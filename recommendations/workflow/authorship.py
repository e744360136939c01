"""Finds who must not verify a renaksi (docs/design.md §2.4): its authors, whom its history names, and
people with a part in the unit or the body that is judged."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.functions import Cast

from recommendations.models import Renaksi
from sakip.history.entries import HistoryEntry

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
Supports = Renaksi.supporting_units.through


def has_authored(user, renaksi) -> bool:
    """Says whether `user` ever wrote, attached or submitted something in this item. One query."""
    entries = _writings(HistoryEntry.objects.on(Renaksi, renaksi.pk), user)
    return renaksi.submitted_by_id == user.pk or entries.exists()


def is_partial(user, renaksi) -> bool:
    """Says whether this evaluator has a part in what they would judge. One query, once per request.

    Needs `for_check()` on `renaksi`.
    """
    units = {renaksi.lead_unit_id, *(unit.pk for unit in renaksi.supporting_units.all())}
    if user.unit_id in units:
        return True
    return renaksi.recommendation.evaluation.unit_id in user.partial_to


def without_own_work(rows, user):
    """Returns the rows of a renaksi queryset for which `has_authored` and `is_partial` are False.

    Two queries, and the rows are asked for when the queryset is evaluated. Most evaluators have nothing of their
    own, or a little: then its keys are the condition, which the pages of the queue ask five times.
    """
    supported = Supports.objects.filter(unit=user.unit_id).values("renaksi")
    authored = _writings(HistoryEntry.objects.filter(content_type=_of_renaksi()), user)
    own = set()
    for keys, name in ((supported, "renaksi"), (authored, "object_id")):
        few = set(keys.order_by().values_list(name, flat=True).distinct()[: MOST_OWN + 1])
        if len(few) <= MOST_OWN:
            own |= few
        elif keys is supported:
            rows = rows.exclude(pk__in=supported)
        else:
            about = _writings(HistoryEntry.objects.on(Renaksi, OuterRef("pk")), user)
            rows = rows.filter(~Exists(about))
    rows = rows.exclude(pk__in=own) if own else rows
    rows = rows.exclude(body__in=user.partial_to).exclude(lead_unit=user.unit_id)
    return rows.exclude(submitted_by=user.pk)


def _of_renaksi():
    return ContentType.objects.get_for_model(Renaksi)


def _writings(entries, user):
    """Those of `entries` by which `user` became an author."""
    filled = Q()
    for name in WORK_FIELDS:
        filled |= Q(
            told__contains=f'["{name}", '
        )  # each change is a list that begins with its code
    early = Q(action=EARLY_IMPORT) & filled
    told = entries.filter(actor=user.pk).annotate(told=Cast("changes", TextField()))
    return told.filter(Q(action__in=AUTHORING) | early)
