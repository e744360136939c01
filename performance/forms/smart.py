"""The form of the check list SMART-C."""

from django import forms

from performance.models import SmartMark
from sakip.editing import version_field
from sakip.text_fields import LineFormField


class SmartForm(forms.Form):
    """The check list SMART-C: for each criterion a judgement, which may be empty, and a remark."""

    ANSWERS = (("", "Belum dinilai"), ("ya", "Terpenuhi"), ("tidak", "Belum terpenuhi"))

    version = version_field()

    def __init__(self, *args, indicator, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = indicator.version
        stored = {row.criterion: row for row in indicator.smart_marks.all()}
        for code, label in SmartMark.Criterion.choices:
            row = stored.get(code)
            self.fields[code] = forms.ChoiceField(
                label=label,
                choices=self.ANSWERS,
                required=False,
                initial=row and ("ya" if row.is_met else "tidak"),
            )
            self.fields[f"{code}-remark"] = LineFormField(
                label="Catatan", max_length=300, required=False, initial=row and row.remark
            )

    def clean(self):
        cleaned = super().clean()
        for code in SmartMark.Criterion.values:
            if cleaned.get(f"{code}-remark") and not cleaned.get(code):
                self.add_error(code, "Nilai dahulu kriteria yang diberi catatan.")
        return cleaned

    @property
    def marks(self) -> dict[str, tuple[bool, str]]:
        """(is met, remark) for each judged criterion. The form must be valid."""
        data = self.cleaned_data
        return {
            code: (data[code] == "ya", data[f"{code}-remark"])
            for code in SmartMark.Criterion.values
            if data[code]
        }
