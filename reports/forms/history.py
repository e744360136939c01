"""What the history is filtered by."""

from django import forms

from reports.selectors.history import KINDS
from sakip.forms.fields import IndonesianDateField
from sakip.history.words import action_choices


class HistoryFilter(forms.Form):
    """Read from the address; an empty field filters nothing."""

    orang = forms.CharField(label="Orang", required=False, max_length=150)
    jenis = forms.ChoiceField(
        label="Jenis data",
        required=False,
        choices=[("", "Semua"), *((key, kind.label) for key, kind in KINDS.items())],
    )
    tindakan = forms.ChoiceField(
        label="Tindakan", required=False, choices=lambda: [("", "Semua"), *action_choices()]
    )
    dari = IndonesianDateField(label="Sejak tanggal", required=False)
    sampai = IndonesianDateField(label="Sampai tanggal", required=False)
    teks = forms.CharField(label="Kata kunci", required=False, max_length=100)
    # One record of its kind; asked for by the page of the record.
    data = forms.IntegerField(  # type: ignore[assignment]  # a field, no attribute, once the class is made
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        start, end = cleaned.get("dari"), cleaned.get("sampai")
        if start and end and end < start:
            self.add_error("sampai", "Tulis tanggal yang tidak mendahului “sejak tanggal”.")
        return cleaned
