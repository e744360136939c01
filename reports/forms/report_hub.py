"""The evaluation and the year of the page “Laporan”."""

from typing import cast

from django import forms

from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Evaluation
from reports.exports.catalogue import EXPORTS
from reports.forms.report_options import LATEST


class HubForm(forms.Form):
    """Chooses evaluation and year. Read from the query string; invalid values mean the latest.

    Without a choice, each export uses the latest one for which it has something to print.
    """

    evaluasi = EvaluationField(
        label="LHE tahun kinerja",
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label=LATEST,
    )
    tahun = forms.TypedChoiceField(
        label="Tahun (ringkasan, triwulan, indikator)",
        coerce=int,
        required=False,
        empty_value=None,
    )

    def __init__(self, data, *, user):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        evaluations = Evaluation.objects.visible_to(user).select_related("unit")
        evaluations = evaluations.order_by("-performance_year", "unit__name")
        conditions = {export.holds.__name__: export.holds(user) for export in EXPORTS.values()}
        marked = {f"holds_{name}": condition for name, condition in conditions.items()}
        self.evaluations = list(evaluations.annotate(**marked))
        kinds = {export.years for export in EXPORTS.values() if export.years}
        self.years = {kind: kind(user) for kind in kinds}
        evaluation_field = cast(forms.ModelChoiceField, self.fields["evaluasi"])
        evaluation_field.queryset = evaluations
        known = sorted(set().union(*self.years.values()), reverse=True)
        year_field = cast(forms.ChoiceField, self.fields["tahun"])
        year_field.choices = [("", LATEST), *((year, year) for year in known)]
        self.full_clean()

    def evaluation_for(self, export) -> Evaluation | None:
        """Returns the chosen evaluation; else the latest with something to print; else the latest of all."""
        if chosen := self.cleaned_data.get("evaluasi"):
            return chosen
        mark = f"holds_{export.holds.__name__}"
        full = (row for row in self.evaluations if getattr(row, mark))
        return next(full, self.evaluations[0] if self.evaluations else None)

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")
