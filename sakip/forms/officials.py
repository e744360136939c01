"""The form of an official who signs. It offers only active units within the coordinator's reach."""

from sakip.forms.records import NipField, RecordForm
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Official


class OfficialForm(RecordForm):
    class Meta:
        model = Official
        fields = ["name", "nip", "rank", "position", "unit", "is_active"]
        field_classes = {"nip": NipField, "unit": UnitChoiceField}
        help_texts = {"nip": "18 angka; spasi boleh ditulis."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)
