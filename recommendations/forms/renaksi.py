"""Forms of a renaksi: the coordinator's plan, the unit's follow-up, and the words a transition needs."""

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from recommendations.forms.rows import MOST_PARTS
from recommendations.models import Renaksi, ReviewDecision, Step
from recommendations.selectors import part_units
from recommendations.services.renaksi import digest_of_follow_up, digest_of_plan
from recommendations.transitions import NO_EVIDENCE
from recommendations.workflow import missing
from sakip.editing import VersionedForm, seen_field, version_field
from sakip.forms.fields import IndonesianDateField, indonesian_formfield
from sakip.forms.people_choices import PersonField
from sakip.forms.sent_rows import SentRowsFormSet
from sakip.forms.unit_choices import UnitField, UnitsField
from sakip.forms.unsaved import KeptForm
from sakip.history.entries import HistoryEntry
from sakip.models import Unit, User
from sakip.numbers import list_letter
from sakip.prepared import Prepared
from sakip.richtext import plain_text
from sakip.text_fields import LinesFormField


class PlanForm(KeptForm, forms.ModelForm):
    """Needs an instance with a recommendation."""

    seen = seen_field()

    class Meta:
        model = Renaksi
        fields = ["plan", "point", "lead_unit", "supporting_units", "person", "due_date"]
        formfield_callback = indonesian_formfield
        field_classes = {
            "lead_unit": UnitField,
            "supporting_units": UnitsField,
            "person": PersonField,
        }
        help_texts = {
            "person": "Operator yang mengerjakannya. Boleh kosong: seluruh unit mengerjakannya.",
            "due_date": "Misalnya 31 Desember 2026. Boleh kosong.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        recommendation = self.instance.recommendation
        if self.instance.pk:
            self.fields["seen"].initial = digest_of_plan(self.instance)
        else:
            del self.fields["seen"]
        self.fields["point"].queryset = recommendation.points.all()
        self.fields["point"].empty_label = "Seluruh rekomendasi"
        self.fields["point"].label_from_instance = _point_label
        ours = part_units.belonging(recommendation.evaluation.unit_id)
        units = self._units(ours)
        for name in ("lead_unit", "supporting_units"):
            self.fields[name].queryset = units
            self.fields[name].error_messages["invalid_choice"] = (
                "Unit ini tidak aktif atau bukan bagian dari perangkat daerah yang dievaluasi. "
                "Pilih unit lain."
            )

        people = User.objects.operators(units.values("pk"))
        self.fields["person"].within = ours
        self.fields["person"].queryset = people | User.objects.filter(pk=self.instance.person_id)
        self.fields["person"].empty_label = "Tidak ditunjuk"

    def _units(self, ours):
        """Returns the active units of the body and the units that the renaksi already has."""
        named = {self.instance.lead_unit_id} - {None}
        if self.instance.pk:
            named |= {unit.pk for unit in self.instance.supporting_units.all()}
        return Unit.objects.active().filter(pk__in=ours) | Unit.objects.filter(pk__in=named)


class EntrustForm(KeptForm, forms.ModelForm):
    """The person in charge of an item whose plan is locked."""

    seen = seen_field()

    class Meta:
        model = Renaksi
        fields = ["person"]
        field_classes = {"person": PersonField}
        help_texts = {"person": PlanForm.Meta.help_texts["person"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = digest_of_plan(self.instance)
        units = [self.instance.lead_unit, *self.instance.supporting_units.all()]
        people = User.objects.operators(units)
        person = self.fields["person"]
        person.within = {unit.pk for unit in units}
        person.queryset = people | User.objects.filter(pk=self.instance.person_id)
        person.empty_label = "Tidak ditunjuk"


def _point_label(point):
    words = plain_text(point.text)
    return f"{list_letter(point.position)}. {words[:80]}{'…' if len(words) > 80 else ''}"


class FollowUpForm(VersionedForm):
    seen = seen_field()

    class Meta:
        model = Renaksi
        fields = ["follow_up", "not_actionable_reason"]
        formfield_callback = indonesian_formfield
        labels = {"follow_up": "Uraian tindak lanjut"}
        help_texts = {
            "follow_up": "Tulis apa yang telah dilakukan, kapan, dan apa hasilnya.",
            "not_actionable_reason": (
                "Isi hanya bila rekomendasi ini tidak mungkin dilaksanakan. Bila diisi, yang dikirim "
                "kepada evaluator adalah pernyataan ini."
            ),
        }
        widgets = {"not_actionable_reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["seen"].initial = digest_of_follow_up(self.instance)


class StepForm(forms.Form):
    text = Step._meta.get_field("text").formfield(required=False, label="Langkah")
    done_on = IndonesianDateField(
        label="Selesai tanggal", required=False, help_text="Kosongkan bila belum selesai."
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("done_on") and not plain_text(cleaned.get("text", "")):
            self.add_error("text", "Tulis langkahnya, atau kosongkan tanggalnya.")
        return cleaned


class StepFormSet(
    forms.formset_factory(
        StepForm,
        formset=SentRowsFormSet,
        extra=2,
        can_delete=True,
        can_delete_extra=False,
        max_num=50,
        absolute_max=MOST_PARTS,
    )
):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None:
            form.fields["text"].label = f"Langkah ({index + 1})"

    @property
    def steps(self):
        """Returns pairs of text and date done (or None), in the order shown, without deleted rows."""
        rows = [form for form in self.forms if form not in self.deleted_forms]
        return [
            (form.cleaned_data["text"], form.cleaned_data.get("done_on"))
            for form in rows
            if form.cleaned_data.get("text")
        ]


class SeenForm(KeptForm, forms.Form):
    """A decision on a renaksi. Hidden fields hold what the page showed: `version`, which `perform`
    compares, and `since`, the key of the latest history entry. The person has not seen later entries."""

    version = version_field(required=False)
    last_entry = version_field(required=False, max_value=2**63 - 1)

    def __init__(self, *args, renaksi, **kwargs):
        super().__init__(*args, **kwargs)
        for name, value in seen_now(renaksi).items():
            self.fields[name].initial = value

    def clean(self):
        cleaned = super().clean()
        self.since = cleaned.pop("last_entry", None)
        return cleaned


def seen_now(renaksi) -> dict:
    """Returns the current values of the fields of SeenForm. One query."""
    last = LAST_ENTRY.first(ContentType.objects.get_for_model(Renaksi).pk, renaksi.pk)
    return {"version": renaksi.version, "last_entry": last[0] if last else 0}


LAST_ENTRY = Prepared(
    lambda kind, pk: (
        HistoryEntry.objects.filter(content_type=kind, object_id=pk)
        .order_by()
        .values("object_id")
        .annotate(last=Max("pk"))
        .values_list("last")
    )
)


class TransitionForm(SeenForm):
    """Has the fields that the transition needs; some transitions need none."""

    reason = forms.ChoiceField(
        label="Alasan", choices=ReviewDecision.Reason, widget=forms.RadioSelect, required=True
    )
    note = LinesFormField(
        label="Catatan",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Tulis apa yang harus diperbaiki. Catatan ini dibaca oleh unit.",
        max_length=2000,
    )
    without_evidence = forms.BooleanField(
        label="Terima walaupun tanpa bukti dukung",
        error_messages={"required": "Tidak ada bukti dukung. Centang bila tetap diterima."},
    )

    def __init__(self, transition, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not transition.needs_reason:
            del self.fields["reason"]
        if not transition.needs_note:
            del self.fields["note"]
        if transition.action != "accept" or NO_EVIDENCE not in missing(kwargs["renaksi"]):
            del self.fields["without_evidence"]

    def clean(self):
        cleaned = super().clean()
        cleaned.pop("without_evidence", None)
        return cleaned
