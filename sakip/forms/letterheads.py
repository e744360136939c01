"""Letterheads. Choices end at the coordinator's reach and leave out what is switched off."""

from django import forms
from django.core.exceptions import ValidationError

from sakip.forms.records import RecordForm
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Letterhead

LOGO_MAX_BYTES = 2 * 1024 * 1024


class LetterheadForm(RecordForm):
    class Meta:
        model = Letterhead
        fields = ["unit", "government", "body", "address", "phone", "online", "logo"]
        field_classes = {"unit": UnitChoiceField}
        widgets = {"logo": forms.FileInput({"accept": ".png,.jpg,.jpeg"})}
        help_texts = {"logo": "PNG atau JPG, paling besar 2 MB."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)

    def clean_logo(self):
        received = self.files.get(self.add_prefix("logo"))
        if received and received.size > LOGO_MAX_BYTES:
            raise ValidationError("Gambar terlalu besar. Unggah paling besar 2 MB.")
        return self.cleaned_data["logo"]
