"""The choices before a report is printed."""

from django import forms
from django.db.models import Q

from performance.models import Objective
from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Evaluation
from reports.exports.catalogue import ExportSpec
from reports.tables.table import Paper
from sakip.forms.unit_choices import UnitFilterField
from sakip.models import Unit

PAPERS = [(paper.name, f"{paper.name} ({paper.value[0]} × {paper.value[1]} mm)") for paper in Paper]
ORIENTATIONS = [("", "Seperti aslinya"), ("portrait", "Tegak"), ("landscape", "Mendatar")]

LATEST = "Terbaru yang berisi"

# For each kind of subject: the choices that the report does not use.
UNASKED = {
    "evaluation": ["unit", "tahun"],
    "telaah-staf": ["unit", "tahun"],
    "year": ["evaluasi"],
    "unit": ["evaluasi", "tahun"],
    "": ["unit", "tahun"],
}


class ReportOptions(forms.Form):
    """Read from the query string. Only evaluations that the reader may see can be chosen."""

    evaluasi = EvaluationField(
        label="Evaluasi", queryset=Evaluation.objects.none(), required=False, empty_label="Terbaru"
    )
    unit = UnitFilterField(
        label="Perangkat daerah", queryset=Unit.objects.none(), required=False, empty_label="Semua"
    )
    tahun = forms.IntegerField(label="Tahun", min_value=2000, max_value=2100, required=False)
    kertas = forms.ChoiceField(label="Kertas", choices=PAPERS, required=False)
    orientasi = forms.ChoiceField(label="Arah kertas", choices=ORIENTATIONS, required=False)
    terverifikasi = forms.BooleanField(label="Hanya yang terverifikasi", required=False)

    def __init__(self, data, *, user, about, can_verify=False):
        super().__init__(data)
        self.fields["evaluasi"].queryset = Evaluation.objects.visible_to(user).select_related(
            "unit"
        )
        owners = Objective.objects.visible_to(user).values("unit")
        evaluated = Evaluation.objects.visible_to(user).values("unit")
        self.fields["unit"].queryset = Unit.objects.filter(Q(pk__in=owners) | Q(pk__in=evaluated))
        self.fields["evaluasi"].empty_label = LATEST if about == "evaluation" else "Semua"
        for name in UNASKED[about]:
            del self.fields[name]
        if not can_verify:
            del self.fields["terverifikasi"]

    def spec(self, name, format="") -> ExportSpec:
        """Returns the choices as a spec. The form must be valid."""
        chosen = self.cleaned_data
        evaluation, unit = chosen.get("evaluasi"), chosen.get("unit")
        options = {
            "paper": chosen.get("kertas"),
            "orientation": chosen.get("orientasi"),
            "verified": chosen.get("terverifikasi"),
        }
        return ExportSpec(
            name=name,
            format=format,
            evaluation_id=evaluation.pk if evaluation else None,
            year=chosen.get("tahun"),
            unit_id=unit.pk if unit else None,
            options={key: value for key, value in options.items() if value},
        )
