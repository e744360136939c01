"""What units and people still have to do in the follow-up of recommendations."""

from django.db.models import Q

from recommendations.models import ExtensionRequest, Renaksi, SupportingUnit
from recommendations.transitions import CLOSED
from sakip import duties


def of_unit(unit):
    """Open renaksi that the unit leads or supports, and requests for a later date of those it leads."""
    led = Renaksi.objects.filter(lead_unit=unit).exclude(status__in=CLOSED)
    supported = Renaksi.objects.filter(supporting_units=unit).exclude(status__in=CLOSED)
    asked = ExtensionRequest.objects.filter(
        decision=ExtensionRequest.Decision.PENDING, renaksi__lead_unit=unit
    )
    return [
        (led.count(), "rencana aksi yang belum selesai"),
        (supported.exclude(lead_unit=unit).count(), "rencana aksi yang didukungnya"),
        (asked.count(), "permintaan perpanjangan yang belum diputuskan"),
    ]


def of_person(person, units):
    entrusted = Renaksi.objects.filter(person=person).exclude(status__in=CLOSED)
    supported = SupportingUnit.objects.filter(unit__in=units)
    entrusted = entrusted.exclude(Q(lead_unit__in=units) | Q(pk__in=supported.values("renaksi")))
    return [(entrusted.count(), "rencana aksi yang belum selesai")]


duties.register(of_unit=of_unit, of_person=of_person)
