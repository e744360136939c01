"""Forms of a request for a later due date and of the decision on it."""

from django import forms

from recommendations.services.extensions import Decision, digest_of
from sakip.editing import seen_field
from sakip.forms.fields import IndonesianDateField
from sakip.forms.unsaved import KeptForm
from sakip.text_fields import LinesFormField


class ExtensionForm(KeptForm, forms.Form):
    new_date = IndonesianDateField(
        label="Batas waktu yang diminta", help_text="Misalnya 31 Desember 2026."
    )
    reason = LinesFormField(
        label="Alasan",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tulis mengapa batas waktu sekarang tidak terpenuhi. Koordinator membacanya.",
    )


class ExtensionDecisionForm(KeptForm, forms.Form):
    """The decision is the value of the button that was pressed; its name is `keputusan`."""

    seen = seen_field()
    note = LinesFormField(
        label="Catatan",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wajib diisi bila permintaan ditolak. Unit membacanya.",
    )

    def __init__(self, *args, extension, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = digest_of(extension)

    def clean(self):
        cleaned = super().clean()
        decision = self.data.get("keputusan")
        if decision not in (Decision.GRANTED, Decision.REFUSED):
            raise forms.ValidationError("Pilih setujui atau tolak.")
        return cleaned | {"granted": decision == Decision.GRANTED}
