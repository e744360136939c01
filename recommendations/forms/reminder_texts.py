"""The choice of a unit for the reminder texts."""

from django import forms

from recommendations.selectors.reminder_texts import owing
from sakip.forms.unit_choices import UnitFilterField
from sakip.models import Unit
from sakip.querysets import upwards


class ReminderUnitForm(forms.Form):
    """Offers the units that owe something, and every unit above them within reach."""

    unit = UnitFilterField(None, label="Unit", required=False, empty_label="Semua unit")

    def __init__(self, *args, user, today, **kwargs):
        super().__init__(*args, **kwargs)
        leads = owing(user, today).order_by().values_list("lead_unit", flat=True).distinct()
        parents = Unit.objects.parents()
        line = {unit for lead in leads for unit in upwards(lead, parents)}
        if user.reach is not None:
            line &= user.reach
        self.fields["unit"].queryset = Unit.objects.filter(pk__in=line).with_tree_fields()

    def within(self) -> frozenset[int] | None:
        """The keys of the chosen unit and all below it; None for every unit, none for a wrong choice."""
        if not self.is_valid():
            return frozenset()
        unit = self.cleaned_data["unit"]
        return Unit.objects.beneath([unit.pk]) if unit else None
