"""Forms of the Telaah Staf: what a coordinator writes, and the filter of the list."""

from contextlib import suppress
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from recommendations.forms.evaluation_choices import EvaluationField
from recommendations.models import Component, Evaluation
from recommendations.permissions import evaluation_policy
from reports.models import TelaahStaf, TelaahStafBlock, TelaahStafSection
from reports.services import telaah_staf as services
from sakip.converters import key_of
from sakip.editing import VersionedForm, seen_field, version_field
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unsaved import KeptForm
from sakip.models import Official
from sakip.richtext import plain_text
from sakip.services.officials import not_in_office
from sakip.text_fields import LineFormField, LinesFormField


class TelaahStafFilter(forms.Form):
    """Read from the query string. Invalid values do not filter."""

    STATES = {
        "draf": "drafts",
        "berlaku": "in_force",
        "digantikan": "superseded",
        "dicabut": "withdrawn",
    }

    evaluasi = EvaluationField(
        label="LHE", queryset=Evaluation.objects.none(), required=False, empty_label="Semua"
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Semua"),
            ("draf", "Draf"),
            ("berlaku", "Diterbitkan"),
            ("digantikan", "Digantikan"),
            ("dicabut", "Dicabut"),
        ],
    )

    def __init__(self, data, *, user):
        super().__init__(data)
        evaluations = Evaluation.objects.visible_to(user).select_related("unit")
        self.fields["evaluasi"].queryset = evaluations

    def narrowed(self, rows):
        self.is_valid()
        if evaluation := self.cleaned_data.get("evaluasi"):
            rows = rows.filter(evaluation=evaluation)
        if state := self.cleaned_data.get("status"):
            rows = getattr(rows, self.STATES[state])()
        return rows


class EvaluationChoiceForm(forms.Form):
    """Chooses the LHE of a new telaah staf. Read from the query string; the default is the newest LHE."""

    evaluasi = EvaluationField(
        label="LHE",
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label=None,
    )

    def __init__(self, data, *, user):
        rows = evaluation_policy.filter(Evaluation.objects, user, "edit").select_related("unit")
        self.newest = rows.order_by("-performance_year", "unit__name", "pk").first()
        super().__init__(data, initial={"evaluasi": self.newest})
        self.fields["evaluasi"].queryset = rows

    @property
    def chosen(self) -> Evaluation | None:
        return (self.is_valid() and self.cleaned_data["evaluasi"]) or self.newest


class SignedOnItsDay(KeptForm, forms.ModelForm):
    """A form with date and signatory: only who was in office on that day can sign. Needs `self.user`."""

    def _signatories(self):
        """Returns who holds a post on the day of the letter, and in any case who signs it already.

        The day is the typed one; without a day it is today. A person who was chosen for another day is
        kept, so that `clean` can say who was in office.
        """
        day = self.typed("date", self.instance.date)
        kept = [self.instance.signatory_id, key_of(self._raw("signatory"))]
        seen = Official.objects.visible_to(self.user)
        offered = seen.active().in_office(day or timezone.localdate())
        return seen.filter(Q(pk__in=offered) | Q(pk__in=[pk for pk in kept if pk]))

    def _raw(self, name):
        if self.is_bound:
            return self.data.get(self.add_prefix(name))
        return self.initial.get(name)

    def typed(self, name, default):
        """Returns what stands in the field; `default` when it cannot be read or the field is not there."""
        if name not in self.fields:
            return default
        if self._raw(name) in ("", None):
            return getattr(self.fields[name], "empty_value", None)
        with suppress(ValidationError):
            return self.fields[name].clean(self._raw(name))
        return default

    def clean(self):
        """Refuses a signatory whose term does not include the day of the letter, and says who was in office."""
        data = super().clean()
        signatory, day = data.get("signatory"), data.get("date")
        if signatory and day and (reason := not_in_office(signatory, day, self.user)):
            self.add_error("signatory", reason)
        return data


class TelaahStafForm(SignedOnItsDay):
    """The head of a telaah staf. Needs an instance whose evaluation is set."""

    title = forms.ChoiceField(label="Judul")
    seen = seen_field()

    class Meta:
        model = TelaahStaf
        fields = ["components", *services.HEAD]
        widgets = {
            "copies_to": forms.Textarea(attrs={"rows": 3}),
            "subject": forms.Textarea(attrs={"rows": 3}),
            "components": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "components": "Tidak ada yang dipilih berarti semua komponen.",
            "date": "Boleh dikosongkan sampai diterbitkan.",
            "number": "Boleh dikosongkan sampai diterbitkan.",
            "signatory": "Yang menjabat pada tanggal surat; tanpa tanggal, yang menjabat hari ini.",
            "on_behalf": "Hanya untuk surat ini. Plt., Plh., dan a.n. seorang pejabat dicatat pada pejabatnya.",
            "attachment": "Misalnya: 1 (satu) berkas",
        }
        formfield_callback = indonesian_formfield

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["signatory"].queryset = self._signatories()
        weights = self.instance.evaluation.rubric.weights.order_by("position")
        of_rubric = Q(pk__in=weights.values("component"))
        if self.instance.pk:
            of_rubric |= Q(pk__in=self.instance.components.all())
            self.fields["seen"].initial = services.digest_of_head(self.instance)
        self.fields["components"].queryset = Component.objects.filter(of_rubric)
        titles = dict.fromkeys([*TelaahStaf.Title.values, self.instance.title])
        self.fields["title"].choices = [(title, title) for title in titles]
        self.fields["title"].initial = self.instance.title
        self.fields["on_behalf"].choices = [("", "Tidak"), *TelaahStaf.OnBehalf.choices]

    def clean_subject(self):
        """Returns the subject without line breaks, because paper prints it as one paragraph."""
        return " ".join(self.cleaned_data["subject"].split())


class NewTelaahStafForm(TelaahStafForm):
    seen = None
    from_data = forms.TypedChoiceField(
        label="Isi awal",
        choices=[
            ("data", "Draf dari data: kalimat dan tabel disusun dari catatan LHE ini"),
            ("", "Kosong: hanya judul bagian"),
        ],
        initial="data",
        required=False,
        coerce=bool,
        empty_value=False,
        widget=forms.RadioSelect,
    )
    two_endings = forms.TypedChoiceField(
        label="Penutup",
        choices=[("", "Satu bagian: Kesimpulan/Saran"), ("dua", "Dua bagian: Kesimpulan, Saran")],
        required=False,
        coerce=bool,
        empty_value=False,
        widget=forms.RadioSelect,
    )

    def clean(self):
        """A subject that nobody changed names the chosen components."""
        data = super().clean()
        evaluation, components = self.instance.evaluation, data.get("components")
        if components and data.get("subject") == services.subject_of(evaluation):
            data["subject"] = services.subject_of(evaluation, components)
        return data


class SectionForm(VersionedForm):
    class Meta:
        model = TelaahStafSection
        fields = ["heading"]


class TelaahStafBlockForm(VersionedForm):
    class Meta:
        model = TelaahStafBlock
        fields = ["text", "is_incomplete"]
        labels = {"is_incomplete": "Belum lengkap: Telaah Staf belum boleh diterbitkan"}

    def clean_text(self):
        """Refuses rich text that consists of empty paragraphs only."""
        if not plain_text(self.cleaned_data["text"]):
            raise ValidationError("Tulis isi teksnya.")
        return self.cleaned_data["text"]


class DraftAgainForm(forms.Form):
    """Asks for confirmation before texts that people wrote are replaced."""

    keep_written = forms.TypedChoiceField(
        label="Tulisan orang",
        choices=[
            ("ya", "Pertahankan bagian yang sudah ditulis atau diubah orang"),
            ("tidak", "Ganti semua bagian baku dengan draf baru"),
        ],
        initial="ya",
        coerce=lambda value: value == "ya",
        widget=forms.RadioSelect,
        error_messages={"required": "Pilih apakah tulisan orang dipertahankan atau diganti."},
    )
    version = version_field(required=False)


class MoveForm(forms.Form):
    """Moves a part one place (`arah`), or to a place of its section or of another one.

    `seen` identifies the order that the page showed.
    """

    arah = forms.ChoiceField(choices=[("naik", "Naik"), ("turun", "Turun")], required=False)
    bagian = forms.ModelChoiceField(TelaahStafSection.objects.none(), required=False)
    nomor = forms.IntegerField(required=False, min_value=1, max_value=9999)
    seen = seen_field()

    def __init__(self, data, *, telaah_staf):
        super().__init__(data)
        self.fields["bagian"].queryset = telaah_staf.sections.all()

    def clean(self):
        data = super().clean()
        if not (data.get("arah") or data.get("nomor")):
            raise ValidationError("Tulis nomor tempatnya, misalnya 2.")
        return data

    @property
    def where(self) -> dict:
        """Returns the place in the words of the services."""
        chosen = {"seen": self.cleaned_data["seen"], "number": self.cleaned_data["nomor"]}
        return chosen | {"up": self.cleaned_data["arah"] == "naik"}


class RemovalForm(forms.Form):
    """Asks for confirmation before something is removed. `seen` identifies what the page showed."""

    seen = seen_field()


class TelaahStafDeleteForm(forms.Form):
    version = version_field(required=False)


class IssueTelaahStafForm(SignedOnItsDay):
    """What a draft is issued with. `seen` identifies what the telaah staf prints from other records.

    A client that has not read the page may leave number, date and signatory out; they stay as they are.
    With `issues` they must be filled in; otherwise the form only saves them. `contradiction_reason` is
    asked for when sentences contradict the records. The service refuses without it, and this form only
    carries it.
    """

    version = version_field(required=False)
    seen = seen_field()
    contradiction_reason = LinesFormField(
        label="Alasan tetap diterbitkan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tersimpan dalam riwayat dan tampil pada halaman Telaah Staf, tidak tercetak.",
    )

    class Meta:
        model = TelaahStaf
        fields = services.DETAILS
        error_messages = {
            "number": {"required": "Tulis nomor surat."},
            "date": {"required": "Tulis tanggal surat."},
            "signatory": {"required": "Pilih penanda tangan."},
        }
        formfield_callback = indonesian_formfield

    def __init__(self, data, *, user, telaah_staf, issues=False, **kwargs):
        super().__init__(data, instance=copy(telaah_staf), **kwargs)
        self.user, self.stored = user, telaah_staf
        for name in services.DETAILS:
            if self.is_bound and name not in self.data:
                del self.fields[name]
            else:
                self.fields[name].required = issues or name == "signatory"
        # An answer to an earlier change arrives while the next field is typed. It must not empty that one.
        for name in {"number", "date", "contradiction_reason"} & set(self.fields):
            self.fields[name].widget.attrs["hx-preserve"] = True
        if "signatory" in self.fields:
            self.fields["signatory"].queryset = self._signatories()

    @property
    def proposed(self) -> TelaahStaf:
        """Returns the telaah staf as it would be issued with what stands in the fields."""
        proposed = copy(self.stored)
        proposed.number = self.typed("number", self.stored.number)
        proposed.date = self.typed("date", self.stored.date)
        proposed.signatory = self.typed("signatory", None) or self.stored.signatory
        return proposed

    @property
    def details(self) -> dict:
        return {name: self.cleaned_data[name] for name in services.DETAILS if name in self.fields}


class RewordForm(forms.Form):
    """One sentence, as the page offered it. `seen` identifies the new words."""

    key = LineFormField(widget=forms.HiddenInput, max_length=300)
    version = version_field(required=False)
    seen = seen_field()
    replace_own = forms.BooleanField(widget=forms.HiddenInput, required=False)


class NewSentenceForm(forms.Form):
    key = LineFormField(widget=forms.HiddenInput, max_length=300)
    seen = seen_field()
