"""The evaluation and the year of the page “Laporan”."""

from typing import cast

from django import forms

from performance.models import Objective
from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Evaluation
from reports.exports.catalogue import EXPORTS
from reports.forms.report_options import LATEST
from reports.selectors.report_choices import remembered


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
        self.remembered = remembered(user)
        self.units = self._units(user)
        evaluation_field = cast(forms.ModelChoiceField, self.fields["evaluasi"])
        evaluation_field.queryset = evaluations
        known = sorted(set().union(*self.years.values()), reverse=True)
        year_field = cast(forms.ChoiceField, self.fields["tahun"])
        year_field.choices = [("", LATEST), *((year, year) for year in known)]
        self.full_clean()

    def _units(self, user) -> set[str]:
        """Returns the keys of the bodies that can be chosen; one query when a body is remembered."""
        known = {row.unit_id for row in self.evaluations}
        if any("unit" in kept for kept in self.remembered.values()):
            known |= set(Objective.objects.visible_to(user).values_list("unit", flat=True))
        return {str(pk) for pk in known}

    def kept(self, name) -> dict[str, str]:
        """Returns what the person chose last for this export, without what cannot be chosen any more.

        Nothing when this page chooses for it.
        """
        export = EXPORTS[name]
        if self.year if export.needs == "year" else self.cleaned_data.get("evaluasi"):
            return {}
        choices = {
            "evaluasi": {str(row.pk) for row in self.evaluations},
            "tahun": {str(year) for year in self.years.get(export.years, ())},
            "unit": self.units,
        }
        return {
            field: value
            for field, value in self.remembered.get(name, {}).items()
            if field not in choices or value in choices[field]
        }

    def year_for(self, name) -> int | None:
        """Returns the year chosen here, else the one chosen last for this export; None for its latest."""
        kept = self.kept(name).get("tahun")
        return self.year or (int(kept) if kept else None)

    def evaluation_for(self, name) -> Evaluation | None:
        """Returns the evaluation chosen here, else the one chosen last for this export; else the latest with
        something to print; else the latest of all.
        """
        if chosen := self.cleaned_data.get("evaluasi"):
            return chosen
        export, kept = EXPORTS[name], self.kept(name).get("evaluasi")
        if kept:
            return next(row for row in self.evaluations if str(row.pk) == kept)
        mark = f"holds_{export.holds.__name__}"
        full = (row for row in self.evaluations if getattr(row, mark))
        return next(full, self.evaluations[0] if self.evaluations else None)

    @property
    def year(self) -> int | None:
        return self.cleaned_data.get("tahun")
