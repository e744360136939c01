"""The form of a quarterly report."""

from django import forms

from recommendations.models import QuarterlyReport

TEXTS = [
    "supporting_factors",
    "hindering_factors",
    "problems",
    "solutions",
    "efforts",
    "budget_adjustment",
]


class QuarterlyReportForm(forms.ModelForm):
    class Meta:
        model = QuarterlyReport
        fields = ["progress", *TEXTS]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}
        help_texts = {"progress": "Angka bulat 0 sampai 100."}
