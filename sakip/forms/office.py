"""The first form of an empty installation: the province, or the unit in which the superuser works."""

from django import forms

from sakip.forms.unit_choices import UnitChoiceField
from sakip.models import Unit
from sakip.text_fields import LineFormField, SlugFormField


class OfficeForm(forms.Form):
    """Asks for the province when there is no unit at all; otherwise for the superuser's own unit."""

    name = LineFormField(
        label="Nama pemerintah provinsi",
        max_length=200,
        help_text="Seperti tercetak pada surat, misalnya: Pemerintah Provinsi Kalimantan Timur",
    )
    code = SlugFormField(
        label="Kode", max_length=40, initial="prov", help_text="Huruf, angka, dan tanda hubung."
    )
    head_title = LineFormField(
        label="Sebutan pimpinan",
        max_length=120,
        required=False,
        help_text="Misalnya: Gubernur Kalimantan Timur",
    )
    unit = UnitChoiceField(
        None,
        label="Unit Anda",
        empty_label="Pilih unit",
        help_text="Yang paling atas menjangkau seluruh provinsi.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.active().with_tree_fields()
        self.fields["unit"].queryset = units
        for name in ("name", "code", "head_title") if units.exists() else ("unit",):
            del self.fields[name]
