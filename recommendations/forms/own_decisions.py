"""The filters of an evaluator's own decisions."""

from urllib.parse import urlencode

from django import forms

from recommendations.models import ReviewDecision
from recommendations.selectors import own_decisions


class OwnDecisionsForm(forms.Form):
    """`data` is the query of the address; an invalid filter is ignored. Only years and bodies of the own
    decisions can be chosen."""

    tahun = forms.TypedChoiceField(label="Tahun kinerja", coerce=int, required=False)
    badan = forms.ModelChoiceField(
        None, label="Perangkat daerah", required=False, empty_label="Semua"
    )
    putusan = forms.ChoiceField(
        label="Putusan",
        choices=[("", "Semua"), *ReviewDecision.Outcome.choices],
        required=False,
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        self.own = own_decisions.own(user)
        years = own_decisions.years_of(self.own)
        self.fields["tahun"].choices = [("", "Semua"), *((year, year) for year in years)]
        self.fields["badan"].queryset = own_decisions.bodies_of(self.own)
        self.is_valid()

    def rows(self):
        chosen = self.cleaned_data
        return own_decisions.narrowed(
            self.own,
            year=chosen.get("tahun"),
            body=chosen.get("badan"),
            outcome=chosen.get("putusan", ""),
        )

    @property
    def query(self) -> str:
        return urlencode([(name, self.data[name]) for name in self.fields if self.data.get(name)])
