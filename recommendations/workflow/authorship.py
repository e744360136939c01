"""Finds the authors of a renaksi in its history: an author must not verify it (docs/design.md §2.4)."""

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
    entries = _writings(HistoryEntry.objects.about(renaksi), user)
    return renaksi.submitted_by_id == user.pk or entries.exists()


def without_own_work(rows, user):
    """Returns the rows of a renaksi queryset for which `has_authored` is False."""
    authored = _writings(HistoryEntry.objects.on(Renaksi, OuterRef("pk")), user)
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
