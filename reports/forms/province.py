"""The choices of the page of the province. All of them are in the address, so a view can be linked."""

from typing import cast

from django import forms

from recommendations.models import Component, Evaluation
from recommendations.rules.grades import GRADES
from reports.selectors import province_list as listed
from reports.selectors.coverage import evaluated_years
from reports.selectors.province_words import LATEST
from sakip.forms.unit_choices import UnitFilterField
from sakip.models import Unit
from sakip.text_fields import LineFormField


def _year_choices(user):
    years = evaluated_years(user)
    return [("", LATEST), *((year, f"Tahun kinerja {year}") for year in years)]


class ProvinceFilter(forms.Form):
    """An invalid value shows its sentence and counts as not chosen."""

    tahun = forms.TypedChoiceField(label="LHE", coerce=int, required=False, empty_value=None)
    predikat = forms.ChoiceField(
        label="Predikat",
        choices=[("", "Semua"), *((step.code, f"{step.code}: {step.label}") for step in GRADES)],
        required=False,
    )
    gerak = forms.ChoiceField(
        label="Perubahan",
        choices=[("", "Semua"), (listed.DOWN, "Turun"), (listed.UP, "Naik")],
        required=False,
    )
    cari = LineFormField(label="Nama perangkat daerah", max_length=100, required=False)
    urut = forms.ChoiceField(label="Urut menurut", required=False)
    terlambat = forms.BooleanField(label="Hanya yang terlambat", required=False)
    tanpa_lhe = forms.BooleanField(label="Hanya yang belum ada LHE", required=False)
    balik = forms.BooleanField(label="Terbaik di atas", required=False)

    def __init__(self, data, *, user):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        cast(forms.ChoiceField, self.fields["tahun"]).choices = _year_choices(user)
        listed_sorts = listed.SORTS.items()
        sorts = [(name, row.label) for name, row in listed_sorts if name != listed.DEFAULT_SORT]
        sorts += [(f"{listed.BY_COMPONENT}{row.pk}", str(row)) for row in Component.objects.all()]
        cast(forms.ChoiceField, self.fields["urut"]).choices = [("", "Perubahan"), *sorts]
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = kind
        self.full_clean()

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")

    @property
    def sort(self) -> str:
        return self.cleaned_data.get("urut") or listed.DEFAULT_SORT

    @property
    def is_reversed(self) -> bool:
        return bool(self.cleaned_data.get("balik"))

    @property
    def filters(self) -> dict:
        """Returns the arguments of `province_list.narrowed`."""
        chosen = self.cleaned_data
        return {
            "grade": chosen.get("predikat", ""),
            "movement": chosen.get("gerak", ""),
            "only_late": chosen.get("terlambat", False),
            "without": chosen.get("tanpa_lhe", False),
            "text": chosen.get("cari", ""),
        }

    @property
    def query(self) -> dict[str, str]:
        """Returns the valid choices as they stand in the address."""
        return {
            name: str(self.data[name])
            for name in self.fields
            if self.cleaned_data.get(name) and name in self.data
        }


class RepeatedFilter(forms.Form):
    """The year and the body of the list of repeated recommendations."""

    tahun = forms.TypedChoiceField(label="LHE", coerce=int, required=False, empty_value=None)
    perangkat = UnitFilterField(
        Unit.objects.none(), label="Perangkat daerah", required=False, empty_label="Semua"
    )

    def __init__(self, data, *, user):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        cast(forms.ChoiceField, self.fields["tahun"]).choices = _year_choices(user)
        bodies = Evaluation.objects.visible_to(user).order_by().values("unit")
        cast(UnitFilterField, self.fields["perangkat"]).queryset = Unit.objects.filter(
            pk__in=bodies
        )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
        self.full_clean()

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")

    @property
    def body(self) -> Unit | None:
        return self.cleaned_data.get("perangkat")
