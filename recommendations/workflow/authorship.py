"""Finds who must not verify a renaksi (docs/design.md §2.4): its authors, whom its history names, and
people with a part in the unit or the body that is judged."""

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
    """Returns the rows of a renaksi queryset for which `has_authored` and `is_partial` are False."""
    authored = _writings(HistoryEntry.objects.on(Renaksi, OuterRef("pk")), user)
    supported = Renaksi.objects.filter(supporting_units=user.unit_id)
    rows = rows.exclude(body__in=user.partial_to)
    rows = rows.exclude(lead_unit=user.unit_id).exclude(pk__in=supported.values("pk"))
    return rows.exclude(submitted_by=user.pk).filter(~Exists(authored))


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
