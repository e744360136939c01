"""Indicators that a unit still owns, and objectives that a body still has."""

from django.db.models import Q
from django.utils import timezone

from performance.models import Indicator
from sakip import duties


def of_unit(unit):
    valid = Q(year_to=None) | Q(year_to__gte=timezone.localdate().year)
    owned = Indicator.objects.filter(valid, Q(owner_unit=unit) | Q(objective__unit=unit))
    return [(owned.count(), "indikator yang masih berlaku")]


duties.register(of_unit=of_unit)
