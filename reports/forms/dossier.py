"""The choices before the dossier is printed."""

from django import forms

from reports.documents.dossier.evidence_files import Mode
from reports.exports.catalogue import ExportSpec
from reports.forms.report_options import PAPERS

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
    konsistensi = forms.BooleanField(label="Sertakan uji konsistensi", required=False)
    terverifikasi = forms.BooleanField(label="Hanya yang terverifikasi", required=False)

    def spec(self, evaluation) -> ExportSpec:
        """Returns the choices as a spec. The form must be valid."""
        options = {
            "paper": self.cleaned_data["kertas"],
            "with_evidence": self.cleaned_data["bukti"],
            "with_consistency": self.cleaned_data["konsistensi"],
            "verified": self.cleaned_data["terverifikasi"],
        }
        return ExportSpec(
            name="dossier",
            format=self.cleaned_data["format"] or "pdf",
            evaluation_id=evaluation.pk,
            options={key: value for key, value in options.items() if value},
        )
