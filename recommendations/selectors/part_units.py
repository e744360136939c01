"""Which units may be given a part in a renaksi: active ones that belong to the body evaluated."""

from collections.abc import Callable

from sakip.models import Unit

ADVICE_ACTIVE = "Pilih unit yang masih aktif."
ADVICE_BENEATH = "Pilih unit di bawahnya."


def choosable(body_id: int):
    """Those for a renaksi of this body. Costs a query at once, for the units beneath it."""
    return Unit.objects.active().filter(pk__in=Unit.objects.beneath([body_id]))


def refusal(unit, body, belongs: Callable, *, advise=False) -> str:
    """Why this unit may not; empty when it may. `belongs` tells whether a unit is the body or beneath
    it. With `advise` a second sentence says what to choose instead."""
    if not unit.is_active:
        reason, advice = f"{unit} sudah tidak aktif.", ADVICE_ACTIVE
    elif not belongs(unit):
        reason, advice = f"{unit} bukan bagian dari {body}.", ADVICE_BENEATH
    else:
        return ""
    return f"{reason} {advice}" if advise else reason
