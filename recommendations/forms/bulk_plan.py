"""Forms of the coordinator's changes to many renaksi at once."""

from django import forms

from recommendations.models import Renaksi, SupportingUnit
from sakip.forms.fields import IndonesianDateField
from sakip.forms.people_choices import PersonField
from sakip.forms.unit_choices import UnitChoiceField, UnitMultipleChoiceField, choosable_units
from sakip.models import Unit, User

ABROAD = "Tidak termasuk perangkat daerah dari rencana aksi yang dipilih. Pilih yang lain."


class BulkForm(forms.Form):
    """An empty field changes nothing. The field names are the arguments of `bulk_plan.change_many`."""

    due_date = IndonesianDateField(
        label="Batas waktu", required=False, help_text="Misalnya 31 Desember 2026."
    )
    lead_unit = UnitChoiceField(
        None, label="Penanggung jawab", required=False, empty_label="Tidak diubah"
    )
    person = PersonField(None, label="Petugas", required=False, empty_label="Tidak diubah")
    add_units = UnitMultipleChoiceField(None, label="Tambahkan unit pendukung", required=False)
    remove_units = UnitMultipleChoiceField(None, label="Lepaskan unit pendukung", required=False)

    def __init__(self, *args, user, rows, **kwargs):
        """`rows` are the renaksi to be changed: only units of their bodies are offered."""
        super().__init__(*args, **kwargs)
        rows = rows.order_by()
        bodies = set(rows.values_list("recommendation__evaluation__unit", flat=True))
        units = choosable_units(user).filter(pk__in=Unit.objects.beneath(bodies))
        self.fields["lead_unit"].queryset = self.fields["add_units"].queryset = units
        self.fields["person"].within = user.reach
        self.fields["person"].queryset = User.objects.operators(units.values("pk"))
        supporting = SupportingUnit.objects.filter(renaksi__in=rows.values("pk"))
        self.fields["remove_units"].queryset = Unit.objects.filter(pk__in=supporting.values("unit"))
        for name in ("lead_unit", "add_units", "person"):
            self.fields[name].error_messages["invalid_choice"] = ABROAD

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Isi paling sedikit satu yang hendak diubah.")
        both = set(cleaned.get("add_units") or ()) & set(cleaned.get("remove_units") or ())
        for unit in both:
            self.add_error("remove_units", f"{unit} tidak dapat ditambahkan sekaligus dilepaskan.")
        return cleaned


class HandOverForm(forms.Form):
    """`dari` may be inactive: items are often handed over after a unit was closed."""

    dari = UnitChoiceField(None, label="Unit asal", empty_label="Pilih unit")
    ke = UnitChoiceField(None, label="Unit penerima", empty_label="Pilih unit")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dari"].queryset = Unit.objects.editable_by(user).with_tree_fields()
        self.fields["ke"].queryset = choosable_units(user)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("dari") and cleaned["dari"] == cleaned.get("ke"):
            self.add_error("ke", "Pilih unit yang lain daripada unit asal.")
        return cleaned

    @property
    def pair(self) -> dict:
        """The two choices under the argument names of the service. The form must be valid."""
        return {"from_unit": self.cleaned_data["dari"], "to_unit": self.cleaned_data["ke"]}

    @property
    def address(self) -> str:
        """The query string of a renaksi list that shows the items of the receiver."""
        return f"unit={self.cleaned_data['ke'].pk}"


class HandOverPersonForm(forms.Form):
    """`dari` may be inactive: items are often handed over after a person has left."""

    dari = PersonField(None, label="Petugas asal", empty_label="Pilih orang")
    ke = PersonField(None, label="Petugas penerima", empty_label="Pilih orang")

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        units = Unit.objects.editable_by(user)
        entrusted = Renaksi.objects.visible_to(user).order_by().values("person")
        people = User.objects.filter(pk__in=entrusted)
        self.fields["dari"].within = self.fields["ke"].within = user.reach
        self.fields["dari"].queryset = people.order_by("name")
        self.fields["ke"].queryset = User.objects.operators(units.values("pk"))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("dari") and cleaned["dari"] == cleaned.get("ke"):
            self.add_error("ke", "Pilih orang lain daripada orang asal.")
        return cleaned

    @property
    def pair(self) -> dict:
        return {"from_person": self.cleaned_data["dari"], "to_person": self.cleaned_data["ke"]}

    @property
    def address(self) -> str:
        return f"petugas={self.cleaned_data['ke'].pk}"
