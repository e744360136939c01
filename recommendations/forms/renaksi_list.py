"""The filters of the renaksi list."""

from urllib.parse import urlencode

from django import forms
from django.utils.functional import cached_property

from recommendations.forms.offered import OfferedField, OptionList, RenaksiLabels
from recommendations.models import Component, Evaluation, Renaksi
from recommendations.selectors import renaksi_list, renaksi_paths
from recommendations.selectors.renaksi_choices import RenaksiChoices
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
    choices = [("", empty_label), *choices]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=OptionList)


_columns = renaksi_list.COLUMNS
# Label, order and code of each column of the table; the code is empty where it cannot be hidden.
HEADS = (
    ("No", "number", ""),
    (_columns["plan"].label, "", ""),
    (_columns["due_date"].label, "due", "due_date"),
    (_columns["status"].label, "status", "status"),
)
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
    unit = OfferedField(Unit, label="Unit")
    peran = _choice("Sebagai", renaksi_list.PART_CHOICES, "Keduanya")
    petugas = OfferedField(User, label="Petugas")
    tahun = OfferedField(label="Tahun kinerja")
    evaluasi = OfferedField(Evaluation, label="LHE")
    komponen = OfferedField(Component, label="Komponen")
    perangkat = OfferedField(Unit, label="Perangkat daerah")
    urut = forms.ChoiceField(
        label="Urutkan", choices=renaksi_list.SORT_CHOICES, required=False, widget=OptionList
    )
    unit_saja = forms.BooleanField(label="Tanpa unit di bawah unit itu", required=False)
    lhe_terakhir = forms.BooleanField(label="LHE terakhir", required=False)
    tanpa_komponen = forms.BooleanField(label="Tanpa komponen", required=False)
    tanpa_bukti = forms.BooleanField(label="Tanpa bukti dukung", required=False)
    dikembalikan = forms.BooleanField(label="Pernah dikembalikan", required=False)
    perpanjangan = forms.BooleanField(label="Meminta perpanjangan", required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self.offered = RenaksiChoices(user)
        self.initial["urut"] = renaksi_list.SORT_CHOICES[0][0]
        labels = RenaksiLabels(self.offered)
        for name in ("unit", "petugas", "tahun", "evaluasi", "komponen", "perangkat"):
            self.fields[name].offer = getattr(labels, name)

    @cached_property
    def visible(self):
        return Renaksi.objects.visible_to(self.user)

    @property
    def first(self):
        """The fields that the page always shows."""
        return [self[name] for name in FIRST]

    @cached_property
    def further(self):
        """The less used fields, which the page hides at first."""
        lists = [field for field in self if isinstance(field.field.widget, OptionList)]
        return [field for field in lists if field.name not in FIRST]

    @cached_property
    def checks(self):
        return [field for field in self if isinstance(field.field, forms.BooleanField)]

    @cached_property
    def further_count(self) -> int:
        """The number of `further` fields that have a value."""
        return sum(bool(field.value()) for field in (*self.further, *self.checks))

    @property
    def chosen(self) -> dict:
        """The arguments of `renaksi_list.narrowed`; only of a valid form."""
        return {key: self.cleaned_data[name] for name, key in ARGUMENTS.items()}

    def rows(self, today):
        """Returns the filtered and sorted rows; no rows when a filter is invalid."""
        if not self.is_valid():
            return self.visible.none()
        rows = renaksi_list.narrowed(self.visible, today=today, **self.chosen)
        return renaksi_list.ordered(rows, self.cleaned_data["urut"])

    def walk(self, today):
        """The same rows for `paging.page_of`, which reads one page of them."""
        if not self.is_valid():
            return self.visible.none()
        return renaksi_paths.walk(self.offered, self.chosen, self.cleaned_data["urut"], today)

    @cached_property
    def query(self) -> str:
        """Returns the filters and the sorting as a query string, without empty and default values."""
        return self._query({})

    def _query(self, other):
        named = {name: self.data.get(name, "") for name in self.fields if name not in self.errors}
        default = ("urut", self.initial["urut"])
        return urlencode([pair for pair in (named | other).items() if pair[1] and pair != default])

    def heads(self, columns):
        """The heads of the table with these columns, each with the address that sorts by it."""
        current = self.data.get("urut") or self.initial["urut"]
        for label, order, code in HEADS:
            if code and code not in columns:
                continue
            link = renaksi_list.address(self._query({"urut": order})) if order else ""
            yield {"label": label, "address": link, "is_current": bool(order) and order == current}

    @property
    def is_narrowed(self) -> bool:
        return any(self.data.get(name) for name in ARGUMENTS)
