"""The form of an account. It offers only active units within the coordinator's reach."""

from django.core.exceptions import ValidationError

from sakip.editing import add_errors
from sakip.forms.posts import leave_evaluators_out
from sakip.forms.records import NipField, RecordForm
from sakip.forms.unit_choices import (
    UnitChoiceField,
    UnitMultipleChoiceField,
    choosable_bodies,
    choosable_units,
)
from sakip.models import Unit, User
from sakip.roles import Role
from sakip.services.authority import is_appointer
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
        labels = {"is_active": "Aktif"}
        help_texts = {
            "email": "Boleh kosong. Undangan dan kata sandi yang terlupa dikirim ke sini.",
            "nip": "18 angka; spasi boleh ditulis. Boleh kosong.",
            "is_active": (
                "Akun yang dinonaktifkan tidak dapat masuk; riwayatnya tetap ada. Alihkan dulu rencana "
                "aksi yang dikerjakannya kepada petugas lain."
            ),
        }

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        self.has_several_posts = bool(self.instance.pk) and self.instance.other_posts.exists()
        if self.has_several_posts:  # they have a page of their own
            for name in ("role", "unit", "evaluates_all", "assigned_bodies"):
                del self.fields[name]
            self.fields["is_active"].disabled = self.instance == user
            return
        self.fields["role"].required = self.fields["unit"].required = True
        if not is_appointer(user):
            leave_evaluators_out(self)
        self.fields["unit"].queryset = choosable_units(user, self.instance.unit_id)
        if "assigned_bodies" in self.fields:
            self.fields["assigned_bodies"].queryset = choosable_bodies(user, self.instance)
        if self.instance == user:
            for name in ("role", "unit", "is_active"):
                self.fields[name].disabled = True

    def clean(self):
        """Clears the evaluation fields when the role is not evaluator any more."""
        data = super().clean()
        if "assigned_bodies" in self.fields and data.get("role") != Role.EVALUATOR:
            data |= {"evaluates_all": False, "assigned_bodies": Unit.objects.none()}
        return data

    def _post_clean(self):
        """Runs the check of the service here too, so that its errors are shown beside the fields."""
        super()._post_clean()
        if not self.errors:
            stored = self.instance.assigned_bodies.all() if self.instance.pk else ()
            bodies = self.cleaned_data.get("assigned_bodies", stored)
            try:
                check_reach_given(actor=self.user, user=self.instance, assigned_bodies=bodies)
            except ValidationError as error:
                add_errors(self, error)
