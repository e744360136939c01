"""The filters of the renaksi list."""

from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property

from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Component, Evaluation, Renaksi
from recommendations.selectors import renaksi_list
from sakip.forms.people_choices import PersonField
from sakip.forms.unit_choices import UnitFilterField, with_units_above
from sakip.models import Unit, User
from sakip.text_fields import LineFormField

# Parameter of the address → argument of `renaksi_list.narrowed`.
ARGUMENTS = {
    "q": "text",
    "evaluasi": "evaluation",
    "tahun": "year",
    "lhe_terakhir": "of_current",
    "perangkat": "body",
    "komponen": "component",
    "unit": "unit",
    "unit_saja": "unit_only",
    "peran": "part",
    "petugas": "person",
    "status": "status",
    "batas": "due",
    "tanpa_komponen": "without_component",
    "tanpa_bukti": "without_evidence",
    "dikembalikan": "was_returned",
    "perpanjangan": "asks_for_time",
}


def _choice(label, choices, empty_label="Semua"):
    return forms.ChoiceField(label=label, choices=[("", empty_label), *choices], required=False)


FIRST = ("status", "batas", "unit", "urut")


class FilterForm(forms.Form):
    """`data` is the query of the address. The choices contain only what the person may see."""

    q = LineFormField(
        label="Cari kata",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = _choice("Status", renaksi_list.STATUS_CHOICES)
    batas = _choice("Batas waktu", renaksi_list.DUE_CHOICES)
    unit = UnitFilterField(None, label="Unit", required=False, empty_label="Semua")
    peran = _choice("Sebagai", renaksi_list.PART_CHOICES, "Keduanya")
    petugas = PersonField(
        None, with_unit=False, label="Petugas", required=False, empty_label="Semua"
    )
    tahun = forms.TypedChoiceField(label="Tahun kinerja", coerce=int, required=False)
    evaluasi = EvaluationField(None, label="Evaluasi", required=False, empty_label="Semua")
    komponen = forms.ModelChoiceField(None, label="Komponen", required=False, empty_label="Semua")
    perangkat = UnitFilterField(None, label="Perangkat daerah", required=False, empty_label="Semua")
    urut = forms.ChoiceField(label="Urutkan", choices=renaksi_list.SORT_CHOICES, required=False)
    unit_saja = forms.BooleanField(label="Tanpa unit di bawah unit itu", required=False)
    lhe_terakhir = forms.BooleanField(label="LHE terakhir", required=False)
    tanpa_komponen = forms.BooleanField(label="Tanpa komponen", required=False)
    tanpa_bukti = forms.BooleanField(label="Tanpa bukti dukung", required=False)
    dikembalikan = forms.BooleanField(label="Pernah dikembalikan", required=False)
    perpanjangan = forms.BooleanField(label="Meminta perpanjangan", required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.visible = Renaksi.objects.visible_to(user)
        self.initial["urut"] = renaksi_list.SORT_CHOICES[0][0]
        recommendations = self.visible.order_by().values("recommendation")
        evaluations = Evaluation.objects.filter(recommendations__in=recommendations)
        evaluations = evaluations.select_related("unit").distinct()
        self.fields["evaluasi"].queryset = evaluations
        bodies = {row.unit_id for row in evaluations}
        self.fields["perangkat"].queryset = Unit.objects.filter(pk__in=bodies)
        years = sorted({row.performance_year for row in evaluations}, reverse=True)
        self.fields["tahun"].choices = [("", "Semua"), *((year, year) for year in years)]
        self.fields["komponen"].queryset = Component.objects.all()
        self.fields["unit"].queryset = with_units_above(user, self._units())
        people = User.objects.filter(pk__in=self.visible.order_by().values("person"))
        self.fields["petugas"].queryset = people.order_by("name")
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Pilihan ini tidak ada. Pilih yang lain."

    def _units(self):
        """Keys of the units that lead or support a visible renaksi."""
        rows = self.visible.order_by()
        helping = Renaksi.supporting_units.through.objects.filter(renaksi__in=rows.values("pk"))
        return {
            *rows.values_list("lead_unit", flat=True).distinct(),
            *helping.values_list("unit", flat=True).distinct(),
        }

    @property
    def first(self):
        """The fields that the page always shows."""
        return [self[name] for name in FIRST]

    @property
    def further(self):
        """The less used fields, which the page hides at first."""
        lists = [field for field in self if isinstance(field.field, forms.ChoiceField)]
        return [field for field in lists if field.name not in FIRST]

    @property
    def checks(self):
        return [field for field in self if isinstance(field.field, forms.BooleanField)]

    @property
    def further_count(self) -> int:
        """The number of `further` fields that have a value."""
        return sum(bool(field.value()) for field in (*self.further, *self.checks))

    def rows(self, today):
        """Returns the filtered and sorted rows; no rows when a filter is invalid."""
        if not self.is_valid():
            return self.visible.none()
        chosen = {key: self.cleaned_data[name] for name, key in ARGUMENTS.items()}
        return renaksi_list.ordered(
            renaksi_list.narrowed(self.visible, today=today, **chosen), self.cleaned_data["urut"]
        )

    @cached_property
    def query(self) -> str:
        """Returns the filters and the sorting as a query string, without empty and default values."""
        pairs = [(name, self.data.get(name, "")) for name in self.fields if name not in self.errors]
        default = self.initial["urut"]
        return urlencode([(n, v) for n, v in pairs if v and (n, v) != ("urut", default)])

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in ARGUMENTS)
