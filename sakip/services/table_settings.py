"""How a person sees the lists. A choice of how pages look, not a fact about the person: it has no history."""

from django.core.exceptions import ValidationError
from django.db import transaction

from sakip.models import User
from sakip.table_settings import DENSE, HIDDEN, LENGTH, LENGTHS, ListedTable


@transaction.atomic
def set_table(*, actor, table: ListedTable, columns, length: int, is_dense: bool) -> None:
    """`columns` are the codes of those to be shown; the others are hidden. Raises ValidationError."""
    if strange := set(columns) - set(table.columns):
        raise ValidationError({"columns": f"Kolom ini tidak ada: {', '.join(sorted(strange))}."})
    if length not in LENGTHS:
        raise ValidationError({"length": "Pilih 25, 50, atau 100 baris."})
    hidden = [code for code in table.columns if code not in columns]
    _keep(actor, table, {HIDDEN: hidden, LENGTH: length, DENSE: is_dense})


@transaction.atomic
def forget_table(*, actor, table: ListedTable) -> None:
    _keep(actor, table, None)


def _keep(actor, table, chosen):
    person = User.objects.select_for_update().only("table_settings").get(pk=actor.pk)
    kept = {name: one for name, one in person.table_settings.items() if name != table.name}
    if chosen:
        kept[table.name] = chosen
    User.objects.filter(pk=actor.pk).update(table_settings=kept)
