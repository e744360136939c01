"""Forms of the settings pages. Choices end at the coordinator's reach and leave out what is switched off."""

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from sakip.editing import VersionedForm, add_errors
from sakip.forms.unit_choices import (
    UnitChoiceField,
    UnitMultipleChoiceField,
    choosable_bodies,
    choosable_units,
)
from sakip.models import Letterhead, Official, Unit, User
from sakip.roles import Role
from sakip.services.people import check_reach_given, random_password


class NipField(forms.CharField):
    """Printed NIP carry spaces (19710808 199103 2 007); they mean nothing."""

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(**kwargs)  # The model counts the digits once the spaces are gone.

    def to_python(self, value):
        return "".join(super().to_python(value).split())


class _RecordForm(VersionedForm):
    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user


class UnitForm(_RecordForm):
    class Meta:
        model = Unit
        fields = [
            "parent",
            "kind",
            "name",
            "short_name",
            "code",
            "head_title",
            "position",
            "is_active",
        ]
        field_classes = {"parent": UnitChoiceField}
        help_texts = {
            "head_title": "Dicetak di atas nama penanda tangan, misalnya: Kepala Biro Organisasi",
            "position": "Menentukan urutan dalam daftar; angka kecil lebih dulu.",
            "is_active": (
                "Unit yang dinonaktifkan tetap tersebut dalam data lama, tetapi tidak dapat dipilih lagi. "
                "Alihkan dulu rencana aksi yang belum selesai ke unit lain."
            ),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["position"].required = False
        parent = self.fields["parent"]
        parent.queryset = choosable_units(user, self.instance.parent_id)
        if self.instance.pk:
            parent.queryset = parent.queryset.exclude(tree_path__contains=self.instance.pk)
        # The top of one's own reach stays where it is.
        parent.disabled = bool(self.instance.pk) and self.instance.parent_id not in user.reach
        parent.required = not parent.disabled

    def clean_position(self):
        return self.cleaned_data["position"] or 0

    def clean_is_active(self):
        active = self.cleaned_data["is_active"]
        if not active and self.instance.pk:
            if self.instance.pk == self.user.unit_id:
                raise ValidationError("Unit tempat Anda sendiri tidak dapat dinonaktifkan.")
            if self.instance.children.filter(is_active=True).exists():
                raise ValidationError("Nonaktifkan dulu unit di bawahnya.")
        return active


class UserForm(_RecordForm):
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
        """Who evaluates no more has nothing left to evaluate."""
        data = super().clean()
        if data.get("role") != Role.EVALUATOR:
            data |= {"evaluates_all": False, "assigned_bodies": Unit.objects.none()}
        return data

    def _post_clean(self):
        """The service's judgement belongs beside the fields it speaks of."""
        super()._post_clean()
        if not self.errors:
            bodies = self.cleaned_data["assigned_bodies"]
            try:
                check_reach_given(actor=self.user, user=self.instance, assigned_bodies=bodies)
            except ValidationError as error:
                add_errors(self, error)


class PasswordForm(forms.Form):
    """A password to hand over; empty asks for a random one."""

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


class OfficialForm(_RecordForm):
    class Meta:
        model = Official
        fields = ["name", "nip", "rank", "position", "unit", "is_active"]
        field_classes = {"nip": NipField, "unit": UnitChoiceField}
        help_texts = {"nip": "18 angka; spasi boleh ditulis."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)


class LetterheadForm(_RecordForm):
    class Meta:
        model = Letterhead
        fields = ["unit", "government", "body", "address", "phone", "online", "logo"]
        field_classes = {"unit": UnitChoiceField}
        widgets = {"logo": forms.FileInput({"accept": ".png,.jpg,.jpeg"})}
        help_texts = {"logo": f"PNG atau JPG, paling besar {settings.LOGO_MAX_MEGABYTES} MB."}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)

    def clean_logo(self):
        received = self.files.get(self.add_prefix("logo"))
        if received and received.size > settings.LOGO_MAX_MEGABYTES * 2**20:
            raise ValidationError(
                f"Gambar terlalu besar. Unggah paling besar {settings.LOGO_MAX_MEGABYTES} MB."
            )
        return self.cleaned_data["logo"]
