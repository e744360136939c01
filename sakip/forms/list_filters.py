"""The filter of the lists of people and officials: a part of the name, and a unit with all below it."""

from django import forms
from django.utils.functional import cached_property

from sakip.forms.unit_choices import UnitsAboveField, told_apart
from sakip.models import Unit
from sakip.querysets import UserQuerySet
from sakip.roles import Role
from sakip.text_fields import LineFormField


class OfUnitsFilter(forms.Form):
    """Read from the query string; an invalid value filters nothing. `rows` have `name` and `unit`."""

    cari = LineFormField(label="Cari nama", required=False, max_length=150)
    unit = UnitsAboveField(
        Unit.objects.none(), label="Unit", required=False, empty_label="Semua unit"
    )

    def __init__(self, data, *, user, rows):
        super().__init__(data)
        self.every = rows
        places = {
            pk
            for path in ("unit", "other_posts__unit" if isinstance(rows, UserQuerySet) else "unit")
            for pk in rows.order_by().values_list(path, flat=True).distinct()
            if pk is not None and (user.reach is None or pk in user.reach)
        }
        self.fields["unit"].offer(user, places)

    def narrowed(self):
        """The queryset of the records found; people are found by each of their posts."""
        self.is_valid()
        found = self.every
        if name := self.cleaned_data.get("cari"):
            found = found.filter(name__icontains=name)
        if unit := self.cleaned_data.get("unit"):
            units = Unit.objects.beneath([unit.pk])
            of_people = isinstance(found, UserQuerySet)
            found = found.holding(Role.values, units) if of_people else found.filter(unit__in=units)
        return found

    @cached_property
    def rows(self) -> list:
        """The records found, each with `unit_name`: with the body where two units are alike."""
        found = list(self.narrowed().select_related("unit"))
        names = told_apart({row.unit for row in found} - {None}, tree=self.fields["unit"].tree)
        for row in found:
            row.unit_name = names.get(row.unit_id, "")
        return found

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
