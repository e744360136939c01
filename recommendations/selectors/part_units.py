"""Which units may be given a part in a renaksi: active ones that belong to the body evaluated."""

from collections.abc import Callable

from sakip.models import Unit

ADVICE_ACTIVE = "Pilih unit yang masih aktif."
ADVICE_BENEATH = "Pilih unit di bawahnya."


def choosable(body_id: int):
    """Returns the possible units for a renaksi of this body. Makes one query when called."""
    return Unit.objects.active().filter(pk__in=Unit.objects.beneath([body_id]))


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
