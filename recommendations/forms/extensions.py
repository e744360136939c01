"""Forms of a request for a later due date and of the decision on it."""

from django import forms

from sakip.forms import IndonesianDateField


class ExtensionForm(forms.Form):
    new_date = IndonesianDateField(
        label="Batas waktu yang diminta", help_text="Misalnya 31 Desember 2026."
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tulis mengapa batas waktu sekarang tidak terpenuhi. Koordinator membacanya.",
    )


class DecisionForm(forms.Form):
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib diisi bila permintaan ditolak. Unit membacanya.",
    )
