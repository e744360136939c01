"""Which units may be given a part in a renaksi: active ones that belong to the body evaluated.

When the body itself has ended, its successors take over what is left of its LHE.
"""

from collections.abc import Callable

from sakip.models import Unit, UnitSuccession

ADVICE_ACTIVE = "Pilih unit yang masih aktif."
ADVICE_BENEATH = "Pilih unit di bawahnya."


def choosable(body_id: int):
    """Returns the possible units for a renaksi of this body. Makes two queries when called."""
    return Unit.objects.active().filter(pk__in=belonging(body_id))


def belonging(body_id: int) -> frozenset[int]:
    """The ids of the units of this body, active or not, and of the bodies that succeeded it. Two queries."""
    return Unit.objects.beneath(_with_successors(body_id))


def _with_successors(body_id):
    heirs: dict[int, list[int]] = {}
    for before, after in UnitSuccession.objects.values_list("predecessor", "successor"):
        heirs.setdefault(before, []).append(after)
    found, queue = set(), [body_id]
    while queue:
        pk = queue.pop()
        if pk not in found:
            found.add(pk)
            queue.extend(heirs.get(pk, ()))
    return found


def refusal(unit, body, belongs: Callable, *, advise=False) -> str:
    """Says why this unit may not be chosen; empty when it may. `belongs(unit)` says whether the
    unit is the body or below it. With `advise` a second sentence says what to choose instead."""
    if not unit.is_active:
        reason, advice = f"{unit} sudah tidak aktif.", ADVICE_ACTIVE
    elif not belongs(unit):
        reason, advice = f"{unit} bukan bagian dari {body}.", ADVICE_BENEATH
    else:
        return ""
    return f"{reason} {advice}" if advise else reason
