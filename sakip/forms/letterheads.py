"""The form of a letterhead. It offers only active units within the coordinator's reach."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from sakip.forms.records import RecordForm
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Letterhead
from sakip.uploads import pictures
from sakip.uploads.names import safe_name


class LetterheadForm(RecordForm):
    class Meta:
        model = Letterhead
        fields = ["unit", "government", "body", "address", "phone", "online", "logo"]
        field_classes = {"unit": UnitChoiceField}
        widgets = {"logo": forms.FileInput({"accept": pictures.ACCEPT})}
        help_texts = {"logo": f"Sebaiknya PNG; paling besar {settings.LOGO_MAX_MEGABYTES} MB."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)

    def clean_logo(self):
        received = self.files.get(self.add_prefix("logo"))
        if received and received.size > settings.LOGO_MAX_MEGABYTES * 2**20:
            raise ValidationError(
                f"Berkas “{safe_name(received.name)}” terlalu besar. "
                f"Unggah gambar paling besar {settings.LOGO_MAX_MEGABYTES} MB."
            )
        return self.cleaned_data["logo"]
