"""The bands of the criterion “rekomendasi ditindaklanjuti”."""

from django import forms

from recommendations.forms.rows import FixedRowsFormSet
from recommendations.models import FollowUpBand, Rubric
from recommendations.rules.follow_up_bands import Band, bands_of
from sakip.editing import VersionedForm
from sakip.forms.fields import indonesian_formfield

MOST = 8


class CriterionForm(VersionedForm):
    class Meta:
        model = Rubric
        fields = ["follow_up_weight"]
        formfield_callback = indonesian_formfield


def _field(name):
    return indonesian_formfield(FollowUpBand._meta.get_field(name), required=False)


class BandForm(forms.Form):
    """One band; an empty row is ignored."""

    label, above, share = _field("label"), _field("above"), _field("share")

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row

    def clean(self):
        cleaned = super().clean()
        if not self.errors and bool(cleaned["label"]) != (cleaned["share"] is not None):
            self.add_error(
                "share" if cleaned["label"] else "label", "Tulis jawaban beserta nilainya."
            )
        elif not self.errors and cleaned["above"] is not None and not cleaned["label"]:
            self.add_error("label", "Tulis jawaban beserta nilainya.")
        return cleaned


class BandFormSet(forms.formset_factory(BandForm, formset=FixedRowsFormSet)):
    @classmethod
    def of(cls, rubric, data=None):
        bands = bands_of(rubric)
        initial = [vars(band) for band in bands] + [{}] * (MOST - len(bands))
        return cls(data, rows=range(1, MOST + 1), initial=initial)

    @property
    def bands(self) -> list[Band]:
        rows = [form.cleaned_data for form in self.forms]
        return [Band(row["label"], row["above"], row["share"]) for row in rows if row["label"]]
