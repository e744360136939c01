"""Forms of a rubric and its weights."""

from decimal import Decimal

from django import forms
from django.core.validators import MinValueValidator

from recommendations.forms.rows import FixedRowsFormSet
from recommendations.models import Component, Rubric, RubricWeight
from recommendations.services.rubrics import RUBRIC
from sakip.editing import VersionedForm
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unit_choices import UnitField
from sakip.models import Unit
from sakip.text_fields import LineFormField

ABOVE_ZERO = MinValueValidator(
    Decimal("0.01"), "Bobot harus lebih dari 0. Kosongkan bila tidak dinilai."
)


class OwnerField(UnitField):
    def label_from_instance(self, unit):
        return super().label_from_instance(unit).strip()


class _OwnedForm(VersionedForm):
    """Offers `actor` the bodies to which a new rubric may belong; the owner of a rubric never changes."""

    def __init__(self, *args, actor, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["unit"]
            return
        owner = self.fields["unit"]
        owner.queryset = Unit.objects.editable_by(actor).active().evaluated()
        owner.required = not actor.governs_province
        owner.empty_label = "-" if owner.required else "Provinsi (rubrik bersama)"
        bodies = list(owner.queryset[:2])
        if owner.required and len(bodies) == 1:
            owner.initial = bodies[0]


class RubricForm(_OwnedForm):
    class Meta:
        model = Rubric
        fields = ["unit", *RUBRIC]
        formfield_callback = indonesian_formfield
        field_classes = {"unit": OwnerField}
        help_texts = {
            "regulation": "Misalnya: PermenPANRB Nomor 88 Tahun 2021.",
            "unit": "Rubrik bersama dipakai semua perangkat daerah; rubrik sendiri hanya oleh pemiliknya.",
            "is_active": "Rubrik yang tidak aktif tidak ditawarkan untuk LHE baru.",
        }


class RubricCopyForm(_OwnedForm):
    """The owner and the name of a copy."""

    class Meta:
        model = Rubric
        fields = ["unit", "name"]
        formfield_callback = indonesian_formfield
        field_classes = {"unit": OwnerField}


class WeightForm(forms.Form):
    """The weight of one component; `row` is the component, or None for a new one."""

    name = LineFormField(label="Komponen lain", max_length=120, required=False)
    weight = indonesian_formfield(
        RubricWeight._meta.get_field("weight"), required=False, validators=[ABOVE_ZERO]
    )

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        if row:
            del self.fields["name"]
            self.fields["weight"].label = f"Bobot {row.name}"

    def clean(self):
        cleaned = super().clean()
        weight, name = cleaned.get("weight"), cleaned.get("name")
        if not self.row and not self.errors and bool(name) != (weight is not None):
            self.add_error("weight" if name else "name", "Tulis nama komponen beserta bobotnya.")
        return cleaned


class WeightFormSet(forms.formset_factory(WeightForm, formset=FixedRowsFormSet)):
    @classmethod
    def of(cls, rubric, data=None):
        """One row for each component, with its weight in `rubric` (None for a new rubric), and one empty row."""
        known = {row.component: row.weight for row in rubric.weights.all()} if rubric else {}
        rows = [*dict.fromkeys([*known, *Component.objects.all()]), None]
        return cls(data, rows=rows, initial=[{"weight": known.get(row)} for row in rows])

    def key_of(self, row):
        return str(row.pk) if row else "new"

    @property
    def weights(self):
        """Pairs of component (or the name of a new one) and weight, in the order shown."""
        rows = [(form.row or form.cleaned_data.get("name"), form) for form in self.forms]
        pairs = [(component, form.cleaned_data.get("weight")) for component, form in rows]
        return [(component, weight) for component, weight in pairs if weight is not None]
