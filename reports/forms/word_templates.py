"""Uploading an office's own Word template."""

from django import forms

from sakip.editing import seen_field, version_field
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Unit
from sakip.text_fields import LineFormField


class TemplateForm(forms.Form):
    unit = UnitChoiceField(label="Perangkat daerah", queryset=Unit.objects.none())
    name = LineFormField(
        label="Nama templat", max_length=100, help_text="Misalnya “Telaah Staf Setda 2024”."
    )
    file = forms.FileField(
        label="Berkas Word",
        widget=forms.FileInput({"accept": ".docx"}),
        help_text="Berkas .docx paling besar 5 MB. Templat langsung diperiksa, tetapi belum dipakai.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = choosable_units(user).bodies()
        self.fields["unit"].queryset = units
        if len(units) == 1:
            self.initial["unit"] = units[0]


class ActivateForm(forms.Form):
    """`seen` identifies the template that was in use when the page was opened."""

    seen = seen_field()


class WordTemplateDeleteForm(forms.Form):
    version = version_field(required=False)
