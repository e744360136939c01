"""The name under which filters of the renaksi list are kept."""

from django import forms
from django.http import QueryDict

from recommendations.forms.renaksi_list import FilterForm
from recommendations.models import SavedView
from sakip.text_fields import LineFormField


class SavedViewForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name", "is_shared"]
        labels = {"name": "Nama tampilan"}
        help_texts = {
            "name": "Misalnya: Terlambat di unit saya.",
            "is_shared": "Rekan satu unit dapat membukanya, tetapi tidak mengubahnya.",
        }


class NewViewForm(SavedViewForm):
    """Also contains the filters as a query string; filters that the list cannot read are refused."""

    query = LineFormField(label="Saringan", widget=forms.HiddenInput, max_length=500)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["query"].error_messages["required"] = (
            "Belum ada saringan. Pilih dahulu saringan pada daftar rencana aksi, lalu simpan."
        )

    def clean_query(self):
        filters = FilterForm(QueryDict(self.cleaned_data["query"]), user=self.user)
        if not filters.is_valid() or not filters.query:
            raise forms.ValidationError(
                "Saringan ini tidak dikenal. Pilih saringannya sekali lagi, lalu simpan."
            )
        return filters.query
