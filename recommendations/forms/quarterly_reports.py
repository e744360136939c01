"""The form of a quarterly report."""

from django import forms

from recommendations.models import QuarterlyReport
from recommendations.services.quarterly_reports import digest_of
from sakip.editing import seen_field
from sakip.forms.unsaved import KeptForm

TEXTS = [
    "supporting_factors",
    "hindering_factors",
    "problems",
    "solutions",
    "efforts",
    "budget_adjustment",
]


class QuarterlyReportForm(KeptForm, forms.ModelForm):
    seen = seen_field()

    class Meta:
        model = QuarterlyReport
        fields = ["progress", *TEXTS]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in TEXTS}
        help_texts = {"progress": "Angka bulat 0 sampai 100."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = digest_of(self.instance)
