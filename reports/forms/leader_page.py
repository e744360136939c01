"""The year and the body of the leader's page."""

from typing import cast

from django import forms

from recommendations.models import Evaluation
from reports.selectors.province import bodies_of
from sakip.forms.unit_choices import UnitFilterField
from sakip.models import Unit


class OverviewFilter(forms.Form):
    """Year and body stand for an evaluation: either can change while the other stays."""

    tahun = forms.TypedChoiceField(label="Tahun kinerja", coerce=int, required=False)
    unit = UnitFilterField(
        Unit.objects.none(), label="Perangkat daerah", required=False, empty_label="Semua"
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        pairs = list(
            Evaluation.objects.visible_to(user)
            .order_by("-performance_year")
            .values_list("performance_year", "unit")
        )
        years = dict.fromkeys(year for year, _ in pairs)
        year_field = cast(forms.ChoiceField, self.fields["tahun"])
        year_field.choices = [("", "Terbaru"), *((year, year) for year in years)]
        unit_field = cast(forms.ModelChoiceField, self.fields["unit"])
        unit_field.queryset = Unit.objects.filter(pk__in={unit for _, unit in pairs}) | bodies_of(
            user
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
