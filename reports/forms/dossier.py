"""The choices before the dossier is printed."""

from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from reports.documents.dossier.evidence import Mode
from reports.exports.catalogue import ExportSpec
from reports.forms.report_options import PAPERS
from sakip.converters import key_of
from sakip.forms.fields import IndonesianDateField
from sakip.models import Official
from sakip.services.officials import not_in_office
from sakip.text_fields import LineFormField

EVIDENCE = [
    (Mode.NONE, "Daftar lampiran saja"),
    (Mode.MERGED, "Gabungkan halamannya"),
    (Mode.ATTACHED, "Sematkan berkasnya"),
]
FORMATS = [("pdf", "PDF"), ("docx", "Word")]


class DossierOptions(forms.Form):
    """Read from the query string. The default is a PDF on F4 without evidence files.

    `format` is sent by the button that was pressed, so it is not shown.
    """

    format = forms.ChoiceField(label="Format", choices=FORMATS, required=False)
    kertas = forms.ChoiceField(label="Kertas", choices=PAPERS, required=False)
    bukti = forms.ChoiceField(label="Bukti dukung", choices=EVIDENCE, required=False)
    penanda = forms.ModelChoiceField(
        label="Penanda tangan",
        queryset=Official.objects.none(),
        required=False,
        empty_label="Tanpa tanda tangan",
    )
    tempat = LineFormField(label="Tempat", max_length=60, required=False)
    tanggal = IndonesianDateField(
        label="Tanggal",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "hari ini"}),
    )
    konsistensi = forms.BooleanField(label="Sertakan uji konsistensi", required=False)
    terverifikasi = forms.BooleanField(label="Hanya yang diverifikasi", required=False)

    def __init__(self, data=None, *, user):
        super().__init__(data)
        self.user = user
        self.fields["penanda"].queryset = self._signatories()

    def _signatories(self):
        """Returns who is in office on the typed day, and who was chosen, so that `clean` can say more."""
        day = None
        with suppress(ValidationError):
            day = self.fields["tanggal"].clean(self.data.get("tanggal"))
        seen = Official.objects.visible_to(self.user)
        offered = seen.active().in_office(day or timezone.localdate())
        return seen.filter(Q(pk__in=offered) | Q(pk=key_of(self.data.get("penanda")) or 0))

    def clean(self):
        data = super().clean()
        day = data.get("tanggal") or timezone.localdate()
        official = data.get("penanda") if "tanggal" in data else None
        if official and (reason := not_in_office(official, day, self.user)):
            self.add_error("penanda", reason)
        return data

    @property
    def signed(self) -> dict:
        """Returns the options of a spec that say who signs; empty when nobody does."""
        chosen = self.cleaned_data
        if chosen["penanda"] is None:
            return {}
        day = chosen["tanggal"]
        signed_on = {"signed_on": day.isoformat()} if day else {}
        return {"signatory": chosen["penanda"].pk, "place": chosen["tempat"]} | signed_on

    def spec(self, evaluation) -> ExportSpec:
        """Returns the choices as a spec. The form must be valid."""
        chosen = self.cleaned_data
        options = {
            "paper": chosen["kertas"],
            "with_evidence": chosen["bukti"],
            "with_consistency": chosen["konsistensi"],
            "verified": chosen["terverifikasi"],
        }
        options |= self.signed
        return ExportSpec(
            name="dossier",
            format=chosen["format"] or "pdf",
            evaluation_id=evaluation.pk,
            options={key: value for key, value in options.items() if value},
        )
