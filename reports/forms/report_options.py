"""The choices before a report is printed."""

from urllib.parse import urlencode

from django import forms
from django.db.models import Q

from performance.models import Objective
from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Evaluation
from reports.exports.catalogue import EXPORTS, ExportSpec
from reports.selectors.report_choices import remembered
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
        label="LHE", queryset=Evaluation.objects.none(), required=False, empty_label="Terbaru"
    )
    unit = UnitFilterField(
        label="Perangkat daerah", queryset=Unit.objects.none(), required=False, empty_label="Semua"
    )
    tahun = forms.IntegerField(label="Tahun", min_value=2000, max_value=2100, required=False)
    kertas = forms.ChoiceField(label="Kertas", choices=PAPERS, required=False)
    orientasi = forms.ChoiceField(label="Arah kertas", choices=ORIENTATIONS, required=False)
    terverifikasi = forms.BooleanField(label="Hanya yang diverifikasi", required=False)
    semua = forms.BooleanField(
        label="Semua perangkat daerah",
        required=False,
        help_text="Di Excel satu lembar untuk setiap perangkat daerah.",
    )

    def __init__(self, data, *, user, about, can_verify=False, covers_all_bodies=False):
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
        if not covers_all_bodies or not user.has_several_bodies:
            del self.fields["semua"]

    @property
    def query(self) -> str:
        """Returns the valid choices as they stand in the address, without empty ones."""
        chosen = [(name, self.data.get(name, "")) for name in self.fields]
        return urlencode(
            [(name, value) for name, value in chosen if value and name not in self.errors]
        )

    def spec(self, name, format="") -> ExportSpec:
        """Returns the choices as a spec. The form must be valid."""
        chosen = self.cleaned_data
        evaluation, unit = chosen.get("evaluasi"), chosen.get("unit")
        options = {
            "paper": chosen.get("kertas"),
            "orientation": chosen.get("orientasi"),
            "verified": chosen.get("terverifikasi"),
            "all_bodies": chosen.get("semua"),
        }
        return ExportSpec(
            name=name,
            format=format,
            evaluation_id=evaluation.pk if evaluation else None,
            year=chosen.get("tahun"),
            unit_id=unit.pk if unit else None,
            options={key: value for key, value in options.items() if value},
        )


def options_for(name, data, user) -> ReportOptions:
    """Returns the form of an export for the choices in the address."""
    export = EXPORTS[name]
    return ReportOptions(
        data,
        user=user,
        about=export.needs,
        can_verify=export.can_verify,
        covers_all_bodies=export.covers_all_bodies,
    )


def opening_options(name, data, user) -> ReportOptions:
    """Returns the same form; for an address without choices, with those that the person made last.

    What is gone, out of reach or without data by now is left out, so that the report opens on its latest.
    """
    form = options_for(name, data, user)
    if any(field in data for field in form.fields):
        return form
    kept = remembered(user).get(name, {})
    if not kept:
        return form
    gone = set(options_for(name, kept, user).errors)
    years = EXPORTS[name].years
    if years and kept.get("tahun") and kept["tahun"] not in map(str, years(user)):
        gone.add("tahun")
    valid = {field: value for field, value in kept.items() if field not in gone}
    return options_for(name, valid, user)
