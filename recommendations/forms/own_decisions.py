"""The filters of an evaluator's own decisions."""

from urllib.parse import urlencode

from django import forms

from recommendations.models import Evaluation, ReviewDecision
from recommendations.selectors import own_decisions
from sakip.models import Unit


class OwnDecisionsForm(forms.Form):
    """`data` is the query of the address; an invalid filter is ignored. Years and bodies within the reach of
    the evaluator can be chosen."""

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
        lhes = Evaluation.objects.visible_to(user).order_by("-performance_year")
        years = lhes.values_list("performance_year", flat=True).distinct()
        self.fields["tahun"].choices = [("", "Semua"), *((year, year) for year in years)]
        self.fields["badan"].queryset = Unit.objects.filter(pk__in=lhes.order_by().values("unit"))
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
