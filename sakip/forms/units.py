"""The form of a unit. It offers only active parent units within the coordinator's reach."""

from django.core.exceptions import ValidationError

from sakip.editing import add_errors
from sakip.forms.fields import indonesian_formfield
from sakip.forms.records import RecordForm
from sakip.forms.unit_choices import UnitChoiceField, choosable_units, kinds_of_parts
from sakip.models import Unit
from sakip.services.authority import check_structure
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
        error_messages = {
            "code": {
                "unique": (
                    "Kode ini sudah dipakai unit lain. Tulis kode lain, misalnya diawali singkatan "
                    "perangkat daerahnya: dispar-sekretariat."
                )
            }
        }
        help_texts = {
            "code": "Pendek dan tidak sama dengan unit mana pun, misalnya dispar-sekretariat.",
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
        if not self.instance.pk:
            self.fields["name"].help_text = ""
        parent = self.fields["parent"]
        parent.queryset = choosable_units(user, self.instance.parent_id)
        if self.instance.pk:
            parent.queryset = parent.queryset.exclude(tree_path__contains=self.instance.pk)
        is_stored = bool(self.instance.pk)
        # A coordinator cannot move the highest unit of their own reach; only the province changes bodies.
        is_top = is_stored and self.instance.parent_id not in user.reach
        is_fixed = is_top or (is_stored and self.instance.kind in Unit.ABOVE_PARTS)
        parent.disabled = is_top or (is_fixed and not user.governs_province)
        parent.required = not parent.disabled
        self.fields["kind"].disabled = is_top or (is_fixed and not user.governs_province)
        if not (user.governs_province or is_fixed):
            kinds = kinds_of_parts(user, self.instance.kind)
            self.fields["kind"].choices = [("", "---------"), *kinds]

    def _post_clean(self):
        """Runs the check of the service here too, so that its errors are shown beside the fields."""
        super()._post_clean()
        unit = self.instance
        if not self.errors:
            before = (self.initial["kind"], self.initial["parent"]) if unit.pk else None
            after = (unit.kind, unit.parent_id)
            try:
                check_structure(actor=self.user, unit_id=unit.pk, before=before, after=after)
            except ValidationError as error:
                add_errors(self, error)

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def clean_is_active(self):
        active = self.cleaned_data["is_active"]
        leaves = self.instance.pk and self.instance.is_active and not active
        if leaves and (reason := why_not_switched_off(self.instance, self.user)):
            raise ValidationError(reason)
        return active
