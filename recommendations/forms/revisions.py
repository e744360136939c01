"""Forms of the letter of an LHE and of its revision."""

from django import forms

from recommendations.models import Evaluation
from sakip.editing import VersionedForm
from sakip.forms.fields import UploadField, indonesian_formfield
from sakip.text_fields import LinesFormField

LABEL = "Berkas surat LHE"


class EvaluationLetterForm(forms.Form):
    file = UploadField(label=LABEL, error_messages={"required": "Pilih berkas surat LHE."})


class EvaluationRevisionForm(VersionedForm):
    """The head of the revised letter; empty at first, so that nobody saves the old one again."""

    reason = LinesFormField(
        label="Alasan revisi",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya: perbaikan nilai setelah sanggahan perangkat daerah.",
        error_messages={"required": "Tulis alasan revisi, misalnya hasil sanggahan."},
    )
    file = UploadField(label=LABEL, required=False)

    class Meta:
        model = Evaluation
        fields = ["letter_number", "letter_date"]
        formfield_callback = indonesian_formfield
        labels = {"letter_number": "Nomor LHE revisi", "letter_date": "Tanggal LHE revisi"}
        help_texts = {"letter_date": "Misalnya 5 Desember 2023."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial |= {"letter_number": "", "letter_date": None}
        for name in self._meta.fields:
            self.fields[name].required = True

    @property
    def given(self) -> dict:
        """The arguments of the service. The form must be valid."""
        cleaned = dict(self.cleaned_data)
        return cleaned | {"upload": cleaned.pop("file")} if "file" in cleaned else cleaned
