"""The form of an official who signs. It offers only active units within the coordinator's reach."""

from sakip.forms.fields import indonesian_formfield
from sakip.forms.records import NipField, RecordForm
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Official


class OfficialForm(RecordForm):
    class Meta:
        model = Official
        fields = [
            "name",
            "nip",
            "rank",
            "position",
            "unit",
            "acting",
            "on_behalf_of",
            "from_date",
            "to_date",
            "is_active",
        ]
        field_classes = {"nip": NipField, "unit": UnitChoiceField}
        help_texts = {
            "nip": "18 angka; spasi boleh ditulis.",
            "position": "Tanpa Plt., Plh., atau a.n., misalnya: Kepala Dinas Kesehatan",
            "on_behalf_of": (
                "Jabatan yang diwakili, misalnya: Gubernur Kalimantan Timur. Dicetak di atas jabatan. "
                "Kosongkan bila menandatangani atas jabatan sendiri."
            ),
            "from_date": "Misalnya 2 Januari 2026. Kosong berarti sejak awal catatan.",
            "to_date": "Kosong berarti masih menjabat. Pejabat lama tetap tercatat dan dapat dibaca.",
            "is_active": "Pejabat yang tidak aktif tidak ditawarkan sebagai penanda tangan.",
        }
        formfield_callback = indonesian_formfield

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)
        self.fields["acting"].choices = [("", "Pejabat definitif"), *Official.Acting.choices]
