"""The forms of an objective and its lines “Sumber: …”."""

from django import forms

from performance.models import YEARS, Objective, ObjectiveSource
from sakip.editing import VersionedForm
from sakip.forms.sent_rows import SentRowsFormSet
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.forms.unsaved import KeptForm


class ObjectiveForm(VersionedForm):
    """The fields of an objective. Its body can be chosen only when the objective is new."""

    class Meta:
        model = Objective
        fields = ["unit", "number", "name"]
        field_classes = {"unit": UnitChoiceField}
        help_texts = {"name": "Boleh kosong: sasaran tanpa nama disebut menurut nomornya."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["unit"]
            return
        bodies = choosable_units(user).evaluated()
        self.fields["unit"].queryset = bodies
        if len(bodies) == 1:
            self.fields["unit"].initial = bodies[0]


class SourceForm(KeptForm, forms.Form):
    """A line “Sumber: …” of one year. An empty row is ignored."""

    year = ObjectiveSource._meta.get_field("year").formfield(
        required=False,
        validators=YEARS,
        widget=forms.NumberInput(attrs={"min": 2000, "max": 2100}),
    )
    text = ObjectiveSource._meta.get_field("text").formfield(
        label="Sumber",
        required=False,
        help_text="Misalnya: data semua unit tahun 2023 diolah",
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned["year"]) != bool(cleaned["text"]):
            self.add_error("text" if cleaned["year"] else "year", "Tulis tahun beserta sumbernya.")
        return cleaned


class SourceFormSet(
    # One line for each of the years 2000 to 2100, and the empty one.
    forms.formset_factory(
        SourceForm,
        formset=SentRowsFormSet,
        extra=1,
        can_delete=True,
        can_delete_extra=False,
        max_num=101,
        absolute_max=102,
    )
):
    @classmethod
    def of(cls, objective, data=None):
        """The formset of an objective. Stored rows are not its `initial` when `data` is posted.

        Otherwise Django would treat a posted row that equals the stored one as empty.
        """
        rows = objective.sources.all() if objective and data is None else ()
        initial = [{"year": row.year, "text": row.text} for row in rows]
        return cls(data, initial=initial, prefix="sources")

    def clean(self):
        years = [form.cleaned_data.get("year") for form in self._kept if form.is_valid()]
        for year in sorted({year for year in years if year and years.count(year) > 1}):
            raise forms.ValidationError(f"Sumber tahun {year} ditulis dua kali. Hapus salah satu.")

    @property
    def _kept(self):
        return [form for form in self.forms if not self._should_delete_form(form)]

    @property
    def sources(self) -> dict[int, str]:
        """The lines by year, without the rows marked for deletion. The formset must be valid."""
        rows = [form.cleaned_data for form in self._kept]
        return {row["year"]: row["text"] for row in rows if row.get("year")}
