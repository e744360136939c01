"""The forms of an account. They offer only active units within the coordinator's reach."""

from django import forms
from django.contrib.auth.password_validation import validate_password
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
from sakip.services.users import check_reach_given, random_password


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
                    "buat dan kata sandinya tidak terlihat, beri kata sandi baru lewat akunnya."
                )
            }
        }
        help_texts = {
            "username": "Dipakai untuk masuk: huruf, angka, dan @ . + - _",
            "email": "Boleh kosong. Dipakai untuk mengganti kata sandi yang terlupa.",
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


class PasswordForm(forms.Form):
    """A password that the coordinator gives to a person; an empty field makes a random one."""

    password = forms.CharField(
        label="Kata sandi pertama",
        required=False,
        strip=False,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        help_text="Kosongkan agar dibuatkan kata sandi acak, yang ditampilkan satu kali.",
    )

    def __init__(self, *args, person=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not password:
            return random_password()
        validate_password(password, self.person)
        return password
