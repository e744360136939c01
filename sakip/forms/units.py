"""The form of a unit. It offers only active parent units within the coordinator's reach."""

from django.core.exceptions import ValidationError

from sakip.forms.fields import indonesian_formfield
from sakip.forms.records import RecordForm
from sakip.forms.unit_choices import UnitChoiceField, choosable_units
from sakip.models import Unit
from sakip.services.units import why_not_switched_off


class UnitForm(RecordForm):
    class Meta:
        model = Unit
        fields = [
            "parent",
            "kind",
            "name",
            "short_name",
            "code",
            "head_title",
            "from_date",
            "position",
            "is_active",
        ]
        field_classes = {"parent": UnitChoiceField}
        formfield_callback = indonesian_formfield
        help_texts = {
            "name": (
                "Hanya untuk membetulkan ejaan. Ganti nama menurut peraturan lewat Reorganisasi, supaya "
                "kertas tahun lalu tetap memuat nama lamanya."
            ),
            "head_title": "Dicetak di atas nama penanda tangan, misalnya: Kepala Dinas Kesehatan",
            "from_date": "Hari pertama menurut peraturannya. Boleh kosong bila lebih tua daripada catatan ini.",
            "position": "Menentukan urutan dalam daftar; angka kecil lebih dulu.",
            "is_active": (
                "Unit yang dinonaktifkan tetap tersebut dalam data lama, tetapi tidak dapat dipilih lagi. "
                "Pekerjaannya dipindahkan dulu lewat Reorganisasi."
            ),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["position"].required = False
        parent = self.fields["parent"]
        parent.queryset = choosable_units(user, self.instance.parent_id)
        if self.instance.pk:
            parent.queryset = parent.queryset.exclude(tree_path__contains=self.instance.pk)
        # A coordinator cannot move the highest unit of their own reach.
        parent.disabled = bool(self.instance.pk) and self.instance.parent_id not in user.reach
        parent.required = not parent.disabled

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def clean_is_active(self):
        active = self.cleaned_data["is_active"]
        leaves = self.instance.pk and self.instance.is_active and not active
        if leaves and (reason := why_not_switched_off(self.instance, self.user)):
            raise ValidationError(reason)
        return active
