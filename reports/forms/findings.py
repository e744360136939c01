"""Forms of the findings page: a filter, and the reason for dismissing a finding."""

from django import forms

from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Evaluation
from sakip.consistency.rules import RANKS, RULES, SEVERITIES
from sakip.editing import seen_field
from sakip.forms.selects import LongSelect
from sakip.forms.unsaved import KeptForm
from sakip.text_fields import LinesFormField


class FindingFilter(forms.Form):
    """Read from the query string. Invalid values do not filter. `NOTHING` is `about` of an empty one."""

    NOTHING = (None, "", "")

    evaluasi = EvaluationField(
        label="LHE",
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label="Semua",
        widget=LongSelect,
    )
    tingkat = forms.ChoiceField(
        label="Tingkat",
        choices=[("", "Semua"), *SEVERITIES.items()],
        required=False,
        widget=LongSelect,
    )
    aturan = forms.ChoiceField(label="Aturan", required=False, widget=LongSelect)

    def __init__(self, data, *, user):
        super().__init__(data)
        evaluations = Evaluation.objects.visible_to(user).select_related("unit")
        self.fields["evaluasi"].queryset = evaluations.order_by("-performance_year", "unit__name")
        rules = sorted(RULES.values(), key=lambda rule: (rule.rank, rule.title))
        choices = [(rule.code, rule.title) for rule in rules]
        self.fields["aturan"].choices = [("", "Semua"), *choices]
        self.full_clean()

    def narrowed(self, rows):
        """The kept findings that the filter lets through."""
        if severity := self.cleaned_data.get("tingkat"):
            rows = rows.filter(rank=RANKS[severity])
        if code := self.cleaned_data.get("aturan"):
            rows = rows.filter(rank=RULES[code].rank, code=code)  # as the index has them
        return rows

    @property
    def about(self) -> tuple:
        """What is chosen, as JSON."""
        chosen = self.cleaned_data
        key = self.evaluation and self.evaluation.pk
        return key, chosen.get("tingkat") or "", chosen.get("aturan") or ""

    @property
    def evaluation(self) -> Evaluation | None:
        return self.cleaned_data.get("evaluasi")


class HeedForm(KeptForm, forms.Form):
    """`seen` identifies the finding and its dismissal as they were when the page was opened."""

    seen = seen_field()


class DismissForm(HeedForm):
    reason = LinesFormField(
        label="Diabaikan karena",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Tulis mengapa temuan ini boleh diabaikan."},
    )


class DismissTogetherForm(KeptForm, forms.Form):
    """Several findings with one reason. Each of `temuan` is a digest and the key of a finding.

    The digest identifies the finding as it was when the page was opened.
    """

    temuan = forms.MultipleChoiceField(
        error_messages={"required": "Centang temuan yang hendak diabaikan."}
    )
    reason = DismissForm.base_fields["reason"]

    def __init__(self, data):
        super().__init__(data)
        self.fields["temuan"].choices = [(value, value) for value in data.getlist("temuan")]

    @property
    def chosen(self) -> list[str]:
        return self.data.getlist("temuan")

    @property
    def seen(self) -> dict[str, str]:
        """The digest of each chosen finding by its key."""
        pairs = (value.partition(" ") for value in self.chosen)
        return {key: digest for digest, _, key in pairs}
