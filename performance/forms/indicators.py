"""The form of an indicator."""

from django import forms

from performance.models import Indicator
from performance.rules.typed_figures import PlannedTarget, plan_problems
from sakip.editing import VersionedForm
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unit_choices import UnitChoiceField, choosable_units


class IndicatorForm(VersionedForm):
    """The fields of one indicator. Needs an instance whose objective is set."""

    class Meta:
        model = Indicator
        fields = [
            "number",
            "code",
            "name",
            "measure",
            "owner_unit",
            "parent",
            "polarity",
            "accumulation",
            "decimals",
            "scale",
            "plan_year",
            "plan_target",
            "plan_text",
            "explain_above",
            "year_from",
            "year_to",
            "definition",
            "formula",
            "data_source",
            "period",
            "responsible",
        ]
        field_classes = {"owner_unit": UnitChoiceField}
        formfield_callback = indonesian_formfield
        widgets = {
            "definition": forms.Textarea(attrs={"rows": 3}),
            "formula": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "measure": "Misalnya: Persentase, Indeks, Skor, Opini.",
            "decimals": "Banyak angka di belakang koma saat dicetak.",
            "year_from": "Kosong berarti sejak awal.",
            "year_to": "Kosong berarti masih berlaku.",
            "code": "Misalnya IKU-1. Satu kode untuk satu indikator perangkat daerah pada tahun yang sama.",
            "plan_year": "Tahun terakhir Renstra, misalnya 2026.",
            "plan_target": "Angka yang hendak dicapai pada tahun itu.",
            "plan_text": "Untuk indikator berskala teks, misalnya WTP.",
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        indicator = self.instance
        self.fields["owner_unit"].queryset = choosable_units(user, indicator.owner_unit_id)
        totals = Indicator.objects.filter(objective=indicator.objective_id, parent=None)
        if indicator.pk and indicator.parts.exists():
            totals = (
                totals.none()
            )  # A total cannot be part of another one: reports print only two levels.
        self.fields["parent"].queryset = totals.exclude(pk=indicator.pk)
        self.fields["plan_text"].label = "Target akhir Renstra (nilai skala)"
        self.fields["parent"].empty_label = "Bukan bagian dari indikator lain"

    def clean_scale(self):
        values = [value.strip() for value in self.cleaned_data["scale"].split(">")]
        if values == [""]:
            return ""
        if len(values) < 2 or "" in values or len(set(values)) < len(values):
            raise forms.ValidationError(
                "Tulis sedikitnya dua nilai yang berbeda, dari yang terbaik, misalnya WTP > WDP > TW > TMP."
            )
        return " > ".join(values)

    def clean(self):
        cleaned = super().clean()
        for name, problem in plan_problems(
            cleaned.get("plan_year"),
            PlannedTarget(cleaned.get("plan_target"), None, cleaned.get("plan_text") or ""),
            [value.strip() for value in (cleaned.get("scale") or "").split(">") if value.strip()],
        ):
            if not self.errors.keys() & {name, "scale"}:
                self.add_error(name, problem)
        return cleaned
