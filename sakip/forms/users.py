"""The form of an account. It offers only active units within the coordinator's reach."""

from django.core.exceptions import ValidationError

from sakip.editing import add_errors
from sakip.forms.records import NipField, RecordForm
from sakip.forms.unit_choices import (
    UnitChoiceField,
    UnitMultipleChoiceField,
    choosable_bodies,
    choosable_units,
)
from sakip.models import Unit, User
from sakip.roles import Role
from sakip.services.users import check_reach_given


class UserForm(RecordForm):
    class Meta:
        model = User
        fields = [
            "name",
            "username",
            "nip",
            "email",
            "role",
            "unit",
            "evaluates_all",
            "assigned_bodies",
            "is_active",
        ]
        field_classes = {
            "nip": NipField,
            "unit": UnitChoiceField,
            "assigned_bodies": UnitMultipleChoiceField,
        }
        labels = {"username": "Nama pengguna", "is_active": "Aktif"}
        error_messages = {
            "username": {
                "unique": (
                    "Seorang pengguna dengan nama pengguna tersebut sudah ada. Bila baru saja Anda "
                    "buat dan tautan undangannya tidak terlihat, undang lagi lewat akunnya."
                )
            }
        }
        help_texts = {
            "username": "Dipakai untuk masuk: huruf, angka, dan @ . + - _",
            "email": "Boleh kosong. Undangan dan kata sandi yang terlupa dikirim ke sini.",
            "nip": "18 angka; spasi boleh ditulis. Boleh kosong.",
            "is_active": (
                "Akun yang dinonaktifkan tidak dapat masuk; riwayatnya tetap ada. Alihkan dulu rencana "
                "aksi yang dikerjakannya kepada petugas lain."
            ),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["role"].required = self.fields["unit"].required = True
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)
        self.fields["assigned_bodies"].queryset = choosable_bodies(user, self.instance)
        if self.instance == user:
            for name in ("role", "unit", "is_active"):
                self.fields[name].disabled = True

    def clean(self):
        """Clears the evaluation fields when the role is not evaluator any more."""
        data = super().clean()
        if data.get("role") != Role.EVALUATOR:
            data |= {"evaluates_all": False, "assigned_bodies": Unit.objects.none()}
        return data

    def _post_clean(self):
        """Runs the check of the service here too, so that its errors are shown beside the fields."""
        super()._post_clean()
        if not self.errors:
            bodies = self.cleaned_data["assigned_bodies"]
            try:
                check_reach_given(actor=self.user, user=self.instance, assigned_bodies=bodies)
            except ValidationError as error:
                add_errors(self, error)
