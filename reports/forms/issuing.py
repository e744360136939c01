"""Forms to issue and withdraw a report, and the form of the public verification page."""

import uuid

from django import forms

from reports.exports.catalogue import EXPORTS
from reports.models import IssuedReport
from reports.services import issuing
from reports.verification import codes
from sakip.forms.fields import indonesian_formfield
from sakip.forms.unsaved import KeptForm
from sakip.text_fields import LineFormField, LinesFormField

CHANGED = (
    "Datanya berubah sejak halaman ini dibuka, atau orang lain menerbitkan laporan ini lebih dahulu. "
    "Periksa lagi isi dan perubahannya di bawah, lalu terbitkan."
)


class IssueForm(forms.ModelForm):
    """`seen` identifies the content that the page showed, `submission` this one form.

    `is_stale` is set by cleaning: True when the report has changed since the page was opened.
    """

    seen = LineFormField(widget=forms.HiddenInput, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = IssuedReport
        fields = ["number", "date"]
        formfield_callback = indonesian_formfield

    def __init__(self, data=None, *, prepared, user, today):
        super().__init__(data)
        self.prepared, self.user, self.today = prepared, user, today
        self.initial = {
            "number": getattr(prepared.data, "number", "")
            or issuing.propose_number(prepared.unit, today),
            "date": today,
            "seen": prepared.seen,
            "submission": uuid.uuid4(),
        }

    def clean_number(self):
        number = " ".join(self.cleaned_data["number"].split())
        used = IssuedReport.objects.filter(unit=self.prepared.unit, number=number)
        again = IssuedReport.objects.made_by(
            submission=self.data.get("submission") or uuid.uuid4(),
            scope=self.prepared.scope,
            person=self.user,
        )
        if used.exclude(pk__in=again).exists():
            raise forms.ValidationError(
                f"Nomor {number} sudah dipakai laporan lain. Tulis nomor yang lain, misalnya "
                f"{issuing.propose_number(self.prepared.unit, self.today)}."
            )
        return number

    def clean_date(self):
        if self.cleaned_data["date"] > self.today:
            raise forms.ValidationError("Tulis tanggal yang tidak melewati hari ini.")
        return self.cleaned_data["date"]

    def clean(self):
        cleaned = super().clean()
        self.is_stale = self.data.get("seen") != self.prepared.seen and not self._came_before()
        if self.is_stale:
            self.data = self.data.copy()
            self.data["seen"] = self.prepared.seen
            raise forms.ValidationError(CHANGED)
        return cleaned

    def _came_before(self):
        """Returns whether this form was already sent, for example by pressing the button twice."""
        return IssuedReport.objects.filter(submission=self.cleaned_data.get("submission")).exists()


class WithdrawForm(KeptForm, forms.Form):
    reason = LinesFormField(
        label="Alasan pencabutan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alasan ini tercatat dalam riwayat. Halaman verifikasi hanya menyebut bahwa laporan dicabut.",
    )


class IssuedFilter(forms.Form):
    """Read from the query string. An empty field filters nothing."""

    laporan = forms.ChoiceField(label="Jenis laporan", required=False)
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Semua"), *IssuedReport.Status.choices]
    )
    kata = LineFormField(label="Nomor, judul, atau kode", required=False, max_length=100)

    def __init__(self, data):
        super().__init__(data)
        kinds = ((name, export.title) for name, export in EXPORTS.items())
        self.fields["laporan"].choices = [("", "Semua"), *kinds]

    def narrow(self, issued):
        """Returns the filtered queryset. The form must be valid."""
        chosen = self.cleaned_data
        if chosen["laporan"]:
            issued = issued.filter(product=chosen["laporan"])
        if chosen["status"]:
            issued = issued.filter(status=chosen["status"])
        return issued.matching(chosen["kata"])


class CodeForm(forms.Form):
    kode = LineFormField(
        label="Kode verifikasi",
        max_length=60,
        help_text="16 huruf dan angka pada kaki halaman, misalnya 7K3M-X9QA-04TB-ZC5E.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_kode(self):
        code = codes.normalise(self.cleaned_data["kode"])
        if not code:
            raise forms.ValidationError("Tulis kode yang tercetak pada kaki halaman.")
        return code
