"""Forms of the findings page: a filter, and the reason for dismissing a finding."""

from django import forms

from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Evaluation
from sakip.consistency.finding import SEVERITIES
from sakip.editing import seen_field


class FindingFilter(forms.Form):
    """Read from the query string. Invalid values do not filter."""

    evaluasi = EvaluationField(
        label="Evaluasi", queryset=Evaluation.objects.none(), required=False, empty_label="Semua"
    )
    tingkat = forms.ChoiceField(
        label="Tingkat", choices=[("", "Semua"), *SEVERITIES.items()], required=False
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        evaluations = Evaluation.objects.visible_to(user).select_related("unit")
        self.fields["evaluasi"].queryset = evaluations.order_by("-performance_year", "unit__name")
        self.full_clean()

    def keeps(self, finding) -> bool:
        wanted = self.cleaned_data.get("tingkat")
        return not wanted or finding.severity == wanted

    @property
    def evaluation(self) -> Evaluation | None:
        return self.cleaned_data.get("evaluasi")


class HeedForm(forms.Form):
    """`seen` identifies the finding and its dismissal as they were when the page was opened."""

    seen = seen_field()


class DismissForm(HeedForm):
    reason = forms.CharField(
        label="Diabaikan karena",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis mengapa temuan ini boleh diabaikan."},
    )
